import { useEffect, useRef, useState } from 'preact/hooks';
import { PLAIN_EDGES } from '../../edges/edges.js';
import type { OutputChoice, Selected } from '../../protocol.js';
import { Button, Checkbox } from '../components/controls.js';
import { OutputSelect } from '../components/output-select.js';
import { LayerNotes, Progress } from '../components/progress.js';
import type { Shell } from '../shell.js';
import { counted, duration, wordsOf } from '../words.js';
import { type Outcome, type RunProgress, runRemoval } from './run-removal.js';

type Phase =
  | { readonly name: 'idle' }
  | { readonly name: 'running'; readonly progress: RunProgress }
  | { readonly name: 'done'; readonly outcome: Outcome }
  | { readonly name: 'failed'; readonly words: string };

/** The window of “Remove background”: runs at once on what is selected, and says how it went. */
export function RemovePanel({ shell }: { shell: Shell }) {
  const { main, engine, settings } = shell;
  const [phase, setPhase] = useState<Phase>({ name: 'idle' });
  const [selected, setSelected] = useState<Selected>();
  const [output, setOutput] = useState<OutputChoice>(settings.output);
  const [decontaminate, setDecontaminate] = useState(settings.decontaminate);
  const running = useRef<AbortController | undefined>(undefined);

  const look = () => main.selected().then(setSelected);
  const run = async (chosen: Selected) => {
    if (running.current) return;
    const controller = new AbortController();
    running.current = controller;
    setPhase({ name: 'running', progress: { done: 0, total: 1, left: undefined } });
    shell.remember({ output, decontaminate });
    try {
      const outcome = await runRemoval({
        main,
        engine,
        selected: chosen,
        output,
        edges: { ...PLAIN_EDGES, decontaminate },
        signal: controller.signal,
        onProgress: (progress) => setPhase({ name: 'running', progress }),
        onTimings: shell.onTimings,
      });
      const isClean = outcome.problems.length === 0 && outcome.notes.length === 0;
      if (isClean && outcome.done > 0) await main.finish(`${counted(outcome.done, 'background')} removed.`);
      setPhase({ name: 'done', outcome });
    } catch (error) {
      if (controller.signal.aborted) setPhase({ name: 'idle' });
      else setPhase({ name: 'failed', words: wordsOf(error) });
    } finally {
      running.current = undefined;
    }
  };
  const cancel = () => running.current?.abort();

  useEffect(() => {
    shell.onSelection(() => void look());
    shell.onEscape(() => (running.current ? cancel() : void main.finish('')));
    void main.selected().then((first) => {
      setSelected(first);
      if (first.layers.length + first.problems.length > 0) void run(first);
    });
  }, []);

  const isEmpty = !selected || selected.layers.length + selected.problems.length === 0;
  return (
    <main class="panel">
      <h1 class="unseen">Remove background</h1>
      <div role="status" aria-live="polite">
        {phase.name === 'idle' && (
          <p>
            {isEmpty
              ? 'Select one or more layers: pictures, frames, groups, anything.'
              : `${counted(selected.layers.length, 'layer')} to cut.`}
          </p>
        )}
        {phase.name === 'running' && <Running progress={phase.progress} />}
        {phase.name === 'done' && <p>{counted(phase.outcome.done, 'layer')} cut out.</p>}
        {phase.name === 'failed' && <p class="error-text">{phase.words}</p>}
      </div>
      {phase.name === 'done' && (
        <>
          <LayerNotes title="Not cut" notes={phase.outcome.problems} kind="error" />
          <LayerNotes title="Worth a look" notes={phase.outcome.notes} kind="note" />
        </>
      )}
      {phase.name !== 'running' && (
        <>
          <OutputSelect value={output} onChange={setOutput} />
          <Checkbox label="Clean the edge’s colours" checked={decontaminate} onChange={setDecontaminate} />
        </>
      )}
      <footer>
        {phase.name === 'running' ? (
          <Button onClick={cancel}>Cancel</Button>
        ) : (
          <>
            <Button onClick={() => main.finish('')}>Close</Button>
            <Button primary disabled={isEmpty} onClick={() => selected && run(selected)}>
              Remove background
            </Button>
          </>
        )}
      </footer>
    </main>
  );
}

function Running({ progress: { done, total, left } }: { progress: RunProgress }) {
  const time = left === undefined ? '' : `, about ${duration(left)} left`;
  const label = total === 1 ? 'Cutting out…' : `Picture ${Math.min(done + 1, total)} of ${total}${time}`;
  return <Progress label={label} value={total === 1 ? undefined : done / total} />;
}
