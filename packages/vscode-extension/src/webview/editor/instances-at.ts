import type { InstanceView } from '../../protocol/editor.js';
import { type EditorState, visibleMasks } from './store.js';

/** What lies at a point of the picture, the smallest first; boxes only where nothing with pixels does. */
export function instancesAt(state: EditorState, x: number, y: number): InstanceView[] {
  const [px, py] = [Math.floor(x), Math.floor(y)];
  const drawn = visibleMasks(state).reverse();
  const covered = drawn.filter((mask) => mask.covers(px, py));
  if (covered.length > 0) return covered.map(({ view }) => view);
  return drawn.filter(({ view }) => !view.mask && isInside(view.box, x, y)).map(({ view }) => view);
}

function isInside([left, top, width, height]: InstanceView['box'], x: number, y: number): boolean {
  return x >= left && y >= top && x < left + width && y < top + height;
}
