import type { FigmaHost } from '../host.js';
import type { Renderer } from '../render/renderer.js';
import { apply, type Matrix } from '../scene/transform.js';

/** The editor's canvas: draws the page, shows and takes the selection. */
export interface EditorView {
  redraw(): Promise<void>;
}

/** The page's units that a canvas shows, from 0, 0. */
export const PAGE_VIEW = { width: 1480, height: 760 } as const;

/** Puts the view onto a canvas element. Clicks select the topmost layer below; with shift they add. */
export function createEditorView(
  element: HTMLCanvasElement,
  host: FigmaHost,
  renderer: Renderer,
): EditorView {
  let isDrawing = false;
  let isStale = false;
  const draw = async () => {
    const scale = devicePixelRatio;
    const canvas = new OffscreenCanvas(PAGE_VIEW.width * scale, PAGE_VIEW.height * scale);
    const view: Matrix = [
      [scale, 0, 0],
      [0, scale, 0],
    ];
    const children = host.scene.childrenOf(host.scene.page);
    await renderer.draw(canvas, children, view);
    [element.width, element.height] = [canvas.width, canvas.height];
    const context = element.getContext('2d')!;
    context.drawImage(canvas, 0, 0);
    context.setTransform(scale, 0, 0, scale, 0, 0);
    context.strokeStyle = '#0d99ff';
    context.lineWidth = 2;
    for (const id of host.selection) outline(context, host, id);
  };
  element.addEventListener('click', (event) => {
    const scale = PAGE_VIEW.width / element.clientWidth;
    const hit = topmostAt(host, event.offsetX * scale, event.offsetY * scale);
    const others = event.shiftKey ? host.selection.filter((id) => id !== hit) : [];
    host.selection = hit ? [...others, hit] : others;
  });
  return {
    async redraw() {
      isStale = true;
      if (isDrawing) return;
      isDrawing = true;
      while (isStale) {
        isStale = false;
        await draw();
      }
      isDrawing = false;
    },
  };
}

function topmostAt(host: FigmaHost, x: number, y: number): string | undefined {
  return host.scene.childrenOf(host.scene.page).findLast((id) => {
    const box = host.scene.absoluteBounds(id);
    return x >= box.x && y >= box.y && x <= box.x + box.width && y <= box.y + box.height;
  });
}

function outline(context: CanvasRenderingContext2D, host: FigmaHost, id: string): void {
  const { width, height } = host.scene.get(id);
  const matrix = host.scene.absoluteTransform(id);
  context.beginPath();
  for (const [x, y] of [
    [0, 0],
    [width, 0],
    [width, height],
    [0, height],
  ] as const) {
    context.lineTo(...apply(matrix, x, y));
  }
  context.closePath();
  context.stroke();
}
