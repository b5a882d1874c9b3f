import { fit, pan, reveal, toImage, type ViewTransform, zoomAt } from '../shared/view-transform.js';
import { drawCrosshair } from './draw-crosshair.js';
import { drawOutlines } from './draw-outlines.js';
import { FillLayer } from './fill-layer.js';
import type { EditorStore } from './store.js';
import { colourOf, visibleMasks } from './store.js';
import type { Tool } from './tools/tool.js';

/** Arrow keys move the crosshair by one screen step of this many CSS pixels, with Shift by ten. */
const KEY_STEP = 8;
/** Pixels of a picture whose masks are always painted whole. */
const SMALL = 4e6;
/** Milliseconds a frame for outlines that are not traced yet; the first may take longer, since nothing is seen before. */
const BUDGET_MS = 8;
const FIRST_BUDGET_MS = 30;

/**
 * The picture with its layers: the image and the filled masks, both scaled by the compositor, and above them two canvases of
 * the stage's own size for lines, whose width does not scale: outlines, and what the tool marks. Pan, zoom and opacity repaint no
 * mask, and the pointer no outline.
 */
export class Stage {
  readonly element: HTMLElement;
  readonly #store: EditorStore;
  readonly #image = new Image();
  readonly #layers = document.createElement('div');
  readonly #outlines = document.createElement('canvas');
  readonly #marks = document.createElement('canvas');
  readonly #fill = new FillLayer();
  #transform: ViewTransform = { scale: 1, x: 0, y: 0 };
  #fitted = true;
  #frame = 0;
  /** Whether the next frame draws outlines too. */
  #outlinesChanged = false;
  /** What the user draws with now. */
  tool: Tool | undefined;
  /** Where the keyboard's crosshair stands, image pixels; absent until an arrow key is pressed. */
  crosshair: { x: number; y: number } | undefined;

  constructor(store: EditorStore) {
    this.#store = store;
    this.element = document.createElement('div');
    this.element.className = 'stage';
    this.element.tabIndex = 0;
    this.element.setAttribute('role', 'application');
    this.#layers.className = 'layers';
    this.#layers.hidden = true;
    this.#image.className = 'picture';
    this.#image.draggable = false;
    for (const canvas of [this.#outlines, this.#marks]) {
      canvas.className = 'lines';
      canvas.setAttribute('aria-hidden', 'true');
    }
    this.#layers.append(this.#image, this.#fill.element);
    this.element.append(this.#layers, this.#outlines, this.#marks);
    new ResizeObserver(() => this.#resized()).observe(this.element);
    store.subscribe((state, before) => {
      const repaint =
        state.masks !== before.masks ||
        state.hiddenClasses !== before.hiddenClasses ||
        state.masksShown !== before.masksShown ||
        state.suggestions !== before.suggestions ||
        state.view.classes !== before.view.classes;
      if (repaint) this.#paintFill();
      if (state.opacity !== before.opacity || state.style !== before.style) this.#applyStyle();
      if (repaint || state.selected !== before.selected || state.style !== before.style) this.#redraw();
    });
  }

  /** Whether the picture is in its place; before, no point of the stage means one of the picture. */
  get isReady(): boolean {
    return !this.#layers.hidden;
  }

  get size(): { width: number; height: number } {
    return { width: this.#image.naturalWidth || 1, height: this.#image.naturalHeight || 1 };
  }

  /** CSS pixels a pixel of the image takes. */
  get scale(): number {
    return this.#transform.scale;
  }

  /** Shows the picture and its masks, which are painted while it is being decoded. Rejects when it cannot be read. */
  async load(url: string, name: string): Promise<void> {
    this.#image.src = url;
    this.#image.alt = name;
    const decoded = this.#image.decode().then(() => performance.mark('cutkit:decoded'));
    await Promise.race([decoded, this.#sized()]);
    const { width, height } = this.size;
    this.#image.style.width = `${width}px`;
    this.#image.style.height = `${height}px`;
    this.#fitted = true;
    this.#resized();
    this.#fill.resize(this.size, this.#step);
    this.#applyStyle();
    this.#paintFill();
    this.#drawOutlines(FIRST_BUDGET_MS);
    await decoded;
    this.#layers.hidden = false;
    this.#redraw();
    await shown();
    performance.measure('cutkit:first-paint', 'cutkit:decoded');
  }

  /** Resolves when the picture's header is read, which says its size, or there is nothing to read. */
  async #sized(): Promise<void> {
    while (this.#image.naturalWidth === 0 && !this.#image.complete) await new Promise(requestAnimationFrame);
  }

  /** A pointer's place in image pixels. */
  at(event: { clientX: number; clientY: number }): { x: number; y: number } {
    const { left, top } = this.element.getBoundingClientRect();
    return toImage(this.#transform, event.clientX - left, event.clientY - top);
  }

  fit(): void {
    this.#fitted = true;
    this.#move(fit(this.size, this.#room));
  }

  /** Zooms around a screen point of the stage, by default its middle. */
  zoom(factor: number, event?: { clientX: number; clientY: number }): void {
    const { left, top } = this.element.getBoundingClientRect();
    const { width, height } = this.#room;
    const [x, y] = event ? [event.clientX - left, event.clientY - top] : [width / 2, height / 2];
    this.#fitted = false;
    this.#move(zoomAt(this.#transform, factor, x, y, this.size, this.#room));
  }

  /** One image pixel to one CSS pixel. */
  actualSize(): void {
    this.zoom(1 / this.#transform.scale);
  }

  pan(dx: number, dy: number): void {
    this.#fitted = false;
    this.#move(pan(this.#transform, dx, dy, this.size, this.#room));
  }

  /** Moves the keyboard's crosshair by steps of the screen, and the view after it. */
  stepCrosshair(dx: number, dy: number, fast: boolean): void {
    const { width, height } = this.size;
    const step = (KEY_STEP * (fast ? 10 : 1)) / this.#transform.scale;
    const from = this.crosshair ?? { x: width / 2, y: height / 2 };
    const x = Math.min(width - 0.5, Math.max(0.5, from.x + dx * step));
    const y = Math.min(height - 0.5, Math.max(0.5, from.y + dy * step));
    this.crosshair = { x, y };
    this.#move(reveal(this.#transform, x, y, this.size, this.#room));
  }

  /** Redraws in the next frame what the tool marks. */
  draw(): void {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      if (this.#outlinesChanged) this.#drawOutlines(BUDGET_MS);
      this.#drawMarks();
    });
  }

  /** Redraws all lines in the next frame. */
  #redraw(): void {
    this.#outlinesChanged = true;
    this.draw();
  }

  get #room(): { width: number; height: number } {
    return { width: this.element.clientWidth, height: this.element.clientHeight };
  }

  #move(view: ViewTransform): void {
    this.#transform = view;
    this.#layers.style.transform = `translate(${view.x}px, ${view.y}px) scale(${view.scale})`;
    this.#layers.classList.toggle('enlarged', view.scale >= 2);
    if (this.isReady) this.#fill.refine(this.#step);
    if (this.#store.state.zoom !== view.scale) this.#store.set({ zoom: view.scale });
    this.#redraw();
  }

  /** How many times smaller than a large picture its masks may be painted: they lose nothing at this zoom. */
  get #step(): number {
    const { width, height } = this.size;
    if (width * height <= SMALL) return 1;
    return 2 ** Math.max(0, Math.floor(-Math.log2(this.#transform.scale * devicePixelRatio)));
  }

  #resized(): void {
    const { width, height } = this.#room;
    const ratio = devicePixelRatio;
    for (const canvas of [this.#outlines, this.#marks]) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
    }
    if (this.#fitted) this.fit();
    else this.#redraw();
  }

  #paintFill(): void {
    const { state } = this.#store;
    const masks = [...visibleMasks(state), ...state.suggestions];
    this.#fill.paint(masks.map((mask) => ({ mask, colour: colourOf(state.view, mask.view) })));
  }

  #applyStyle(): void {
    const { opacity, style } = this.#store.state;
    this.#fill.element.style.opacity = style === 'outline' ? '0' : String(opacity);
  }

  #drawOutlines(budget: number): void {
    const context = this.#cleared(this.#outlines);
    if (!context) return;
    const { width, height } = this.#room;
    const corners = [toImage(this.#transform, 0, 0), toImage(this.#transform, width, height)] as const;
    const window = { x0: corners[0].x, y0: corners[0].y, x1: corners[1].x, y1: corners[1].y };
    const view = { scale: this.#transform.scale, step: this.#step, window, budget };
    this.#outlinesChanged = false;
    if (!drawOutlines(context, this.#store.state, view)) this.#redraw();
  }

  #drawMarks(): void {
    const context = this.#cleared(this.#marks);
    if (!context) return;
    const { scale } = this.#transform;
    if (this.crosshair) drawCrosshair(context, this.crosshair, scale);
    this.tool?.draw?.(context, scale);
  }

  /** An empty canvas to be drawn on in image coordinates. */
  #cleared(canvas: HTMLCanvasElement): CanvasRenderingContext2D | null {
    const context = canvas.getContext('2d');
    const ratio = devicePixelRatio;
    const { scale, x, y } = this.#transform;
    context?.setTransform(1, 0, 0, 1, 0, 0);
    context?.clearRect(0, 0, canvas.width, canvas.height);
    context?.setTransform(scale * ratio, 0, 0, scale * ratio, x * ratio, y * ratio);
    return context;
  }
}

/** Resolves once what was drawn until now is on the screen: with the second frame from now on. */
async function shown(): Promise<void> {
  for (let i = 0; i < 2; i++) await new Promise(requestAnimationFrame);
}
