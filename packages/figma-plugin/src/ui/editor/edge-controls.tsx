import type { Edges } from '../../edges/edges.js';
import { Checkbox, Slider } from '../components/controls.js';

/** The edge of the mask, live on the preview. */
export function EdgeControls({
  edges,
  onChange,
}: {
  edges: Edges;
  onChange: (change: Partial<Edges>) => void;
}) {
  const set = (name: keyof Edges) => (value: number | boolean) => onChange({ [name]: value });
  return (
    <details open>
      <summary>Edges</summary>
      <Slider
        label="Feather"
        unit=" px"
        min={0}
        max={20}
        step={0.5}
        value={edges.feather}
        onChange={set('feather')}
      />
      <Slider label="Shift" unit=" px" min={-20} max={20} value={edges.shift} onChange={set('shift')} />
      <Slider label="Smooth" unit=" px" min={0} max={20} value={edges.smooth} onChange={set('smooth')} />
      <Slider
        label="Fill holes"
        unit=" px²"
        min={0}
        max={10000}
        step={100}
        value={edges.fillHoles}
        onChange={set('fillHoles')}
      />
      <Slider
        label="Drop specks"
        unit=" px²"
        min={0}
        max={10000}
        step={100}
        value={edges.dropSpecks}
        onChange={set('dropSpecks')}
      />
      <Checkbox
        label="Clean the edge’s colours"
        checked={edges.decontaminate}
        onChange={set('decontaminate')}
      />
    </details>
  );
}
