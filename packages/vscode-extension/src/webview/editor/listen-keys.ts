import type { Controls } from './controls.js';
import { instancesAt } from './instances-at.js';
import { onKey } from './keyboard.js';
import type { Stage } from './stage.js';
import type { EditorStore } from './store.js';
import type { Suggestions } from './suggestions.js';
import { SegmentTool } from './tools/segment-tool.js';
import type { Tool } from './tools/tool.js';

/** What the keyboard works with. */
interface KeysContext {
  readonly store: EditorStore;
  readonly stage: Stage;
  readonly suggestions: Suggestions;
  readonly controls: Controls;
  tool(): Tool;
}

/** Gives the page's keys to the controls, and those of the picture to the tool, at the crosshair. */
export function listenKeys({ store, stage, suggestions, controls, tool }: KeysContext): void {
  let pressed = false;
  const at = (alt: boolean, shift = false) => {
    const { width, height } = stage.size;
    return { ...(stage.crosshair ?? { x: width / 2, y: height / 2 }), alt, shift };
  };
  const step = (dx: number, dy: number, fast: boolean) => {
    stage.stepCrosshair(dx, dy, fast);
    const point = at(false);
    if (pressed) tool().move?.(point);
    const { x, y } = point;
    store.set({ pointer: { x, y, over: instancesAt(store.state, x, y) } });
  };
  const press = (alt: boolean, shift: boolean) => {
    const point = at(alt, shift);
    if (suggestions.take(point)) return;
    // Clicks are pressed and released at once; what is dragged stays pressed until Space comes again.
    const drags = ['box', 'brush', 'erase'].includes(store.state.tool);
    if (!pressed) tool().down(point);
    if (pressed || !drags) tool().up?.(point);
    pressed = drags && !pressed;
  };
  const cancel = () => {
    pressed = false;
    if (!tool().cancel?.()) store.set({ selected: undefined });
  };
  const nextCandidate = () => {
    const current = tool();
    if (current instanceof SegmentTool) current.nextCandidate();
  };
  const keys = { step, press, cancel, nextCandidate, finish: () => tool().finish?.() };
  addEventListener('keydown', (event) => {
    if (!onKey(event, () => store.state, controls, keys)) return;
    event.preventDefault();
    event.stopPropagation();
    stage.draw();
  });
}
