import { useState } from 'preact/hooks';
import { Button, Checkbox, Select, Slider } from '../components/controls.js';
import type { Editor } from '../editor/editor.js';
import type { EditorState } from '../editor/editor-state.js';
import { HYPERPARAMETERS, type Hyperparameters, PRESETS } from './presets.js';

type PresetId = keyof typeof PRESETS;

/** Finds everything, by a preset or by its hyperparameters, and lists the masks to be picked. */
export function EverythingPanel({
  editor,
  state,
  onCancel,
}: {
  editor: Editor;
  state: EditorState;
  onCancel: () => void;
}) {
  const [preset, setPreset] = useState<PresetId>('balanced');
  const [values, setValues] = useState<Hyperparameters>(PRESETS.balanced.values);
  const { found, picked, phase, opened } = state;
  const total = opened ? opened.preview.width * opened.preview.height : 1;
  const isWorking = phase === 'working';
  return (
    <>
      <Select
        label="Preset"
        value={preset}
        options={(Object.keys(PRESETS) as PresetId[]).map((id) => ({ value: id, name: PRESETS[id].name }))}
        help={PRESETS[preset].help}
        onChange={(id) => {
          setPreset(id);
          setValues(PRESETS[id].values);
        }}
      />
      <details>
        <summary>Adjust</summary>
        {HYPERPARAMETERS.map(({ name, ...words }) => (
          <Slider
            key={name}
            {...words}
            value={values[name] ?? 0}
            onChange={(value) => setValues({ ...values, [name]: value })}
          />
        ))}
      </details>
      {isWorking ? (
        <Button onClick={onCancel}>Stop</Button>
      ) : (
        <Button primary={found.length === 0} disabled={!opened} onClick={() => editor.everything(values)}>
          {found.length === 0 ? 'Find everything' : 'Find again'}
        </Button>
      )}
      {found.length > 0 && (
        <fieldset class="found">
          <legend>
            {picked.size} of {found.length} picked
          </legend>
          <div class="row">
            <Button onClick={() => editor.pickAll(true)}>All</Button>
            <Button onClick={() => editor.pickAll(false)}>None</Button>
          </div>
          <div class="found-list">
            {found.map(({ area, score }, index) => (
              <Checkbox
                key={`${area}-${index}`}
                label={`Mask ${index + 1}: ${percent(area / total)} of the picture, quality ${percent(score)}`}
                checked={picked.has(index)}
                onChange={() => editor.pick(index)}
              />
            ))}
          </div>
        </fieldset>
      )}
    </>
  );
}

function percent(share: number): string {
  return share < 0.01 ? '< 1 %' : `${Math.round(share * 100)} %`;
}
