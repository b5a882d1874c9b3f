import type { InstanceView } from '../../protocol/editor.js';
import type { Stage } from './stage.js';
import type { EditorStore } from './store.js';
import type { Suggestions } from './suggestions.js';
import type { Tool, ToolPoint } from './tools/tool.js';

/** What the pointer works with. */
interface PointerContext {
  readonly store: EditorStore;
  readonly suggestions: Suggestions;
  tool(): Tool;
  instancesAt(x: number, y: number): InstanceView[];
}

const WHEEL_ZOOM = 1.0015;

/** Gives the pointer to the tools; the middle button moves the picture, the wheel zooms. */
export function trackPointer(stage: Stage, { store, suggestions, tool, instancesAt }: PointerContext): void {
  const { element } = stage;
  let panning: { x: number; y: number } | undefined;
  let drawing = false;

  const pointOf = (event: PointerEvent): ToolPoint => ({
    ...stage.at(event),
    alt: event.altKey || event.button === 2,
    shift: event.shiftKey,
  });

  element.addEventListener('pointerdown', (event) => {
    element.focus({ preventScroll: true });
    element.setPointerCapture(event.pointerId);
    event.preventDefault();
    if (!stage.isReady) return;
    if (event.button === 1) {
      panning = { x: event.clientX, y: event.clientY };
      return;
    }
    stage.crosshair = undefined;
    const point = pointOf(event);
    if (suggestions.take(point)) return;
    drawing = true;
    tool().down(point);
    stage.draw();
  });

  element.addEventListener('pointermove', (event) => {
    if (panning) {
      stage.pan(event.clientX - panning.x, event.clientY - panning.y);
      panning = { x: event.clientX, y: event.clientY };
      return;
    }
    // A fast stroke has more points than frames.
    const events = event.getCoalescedEvents();
    for (const one of events.length > 0 ? events : [event]) tool().move?.(pointOf(one));
    const { x, y } = stage.at(event);
    const { width, height } = stage.size;
    const inside = x >= 0 && y >= 0 && x < width && y < height;
    store.set({ pointer: inside ? { x, y, over: instancesAt(x, y) } : undefined });
    stage.draw();
  });

  element.addEventListener('pointerup', (event) => {
    if (drawing) tool().up?.(pointOf(event));
    panning = undefined;
    drawing = false;
    stage.draw();
  });

  // What lies under the pointer changes too when masks come and go.
  store.subscribe(({ masks, pointer }, before) => {
    if (!pointer || masks === before.masks) return;
    store.set({ pointer: { ...pointer, over: instancesAt(pointer.x, pointer.y) } });
  });

  element.addEventListener('dblclick', () => tool().finish?.());
  element.addEventListener('pointerleave', () => store.set({ pointer: undefined }));
  element.addEventListener('contextmenu', (event) => event.preventDefault());
  element.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault();
      if (event.shiftKey) stage.pan(-event.deltaY, 0);
      else stage.zoom(WHEEL_ZOOM ** -event.deltaY, event);
    },
    { passive: false },
  );
}
