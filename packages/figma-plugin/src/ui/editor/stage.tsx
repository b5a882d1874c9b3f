import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { pickAt } from '../everything/pick-at.js';
import { type Marks, paintStage } from './paint-stage.js';
import type { PartProps } from './part-props.js';
import { fitted, toPicture, type Viewport, zoomed } from './viewport.js';

const ZOOM_STEP = 1.25;
/** Picture pixels that an arrow key moves the cross: as a share of the picture, and with shift one. */
const CURSOR_SHARE = 1 / 50;
/** A drag shorter than this many screen pixels is a click. */
const CLICK_SLOP = 4;

const KEYS_HELP =
  'Arrow keys move the cross, shift for single pixels. Enter clicks, Alt and Enter clicks to remove. Plus and minus zoom, 0 fits. Left and right bracket size the brush. C takes the next candidate.';

/** The picture: hovered, clicked, boxed, brushed, zoomed and moved by pointer or keys. */
export function Stage({ editor, state, isPicking }: PartProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  const [moved, setMoved] = useState<Viewport>();
  const [marks, setMarks] = useState<Marks>({
    drag: undefined,
    stroke: [],
    cursor: undefined,
    showCursor: false,
  });
  const press = useRef<{ x: number; y: number; view: Viewport } | undefined>(undefined);
  const { opened, tool } = state;
  const fit = opened && size.width > 0 ? fitted(opened, size) : { scale: 1, x: 0, y: 0 };
  const view = moved ?? fit;

  useLayoutEffect(() => {
    const element = canvas.current!;
    const observer = new ResizeObserver(() => {
      const { clientWidth: width, clientHeight: height } = element;
      element.width = width * devicePixelRatio;
      element.height = height * devicePixelRatio;
      setSize({ width, height });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  useEffect(() => setMoved(undefined), [opened]);
  useLayoutEffect(() => paintStage(canvas.current!.getContext('2d')!, state, view, marks));

  if (!opened) {
    return (
      <div class="stage">
        <canvas ref={canvas} />
      </div>
    );
  }
  const unit = opened.width / opened.preview.width;
  const clamp = (x: number, y: number): [number, number] => [
    Math.min(opened.width, Math.max(0, x)),
    Math.min(opened.height, Math.max(0, y)),
  ];
  const place = (event: PointerEvent | WheelEvent) => toPicture(view, event.offsetX, event.offsetY);
  const isInside = ([x, y]: readonly number[]) =>
    x! >= 0 && y! >= 0 && x! <= opened.width && y! <= opened.height;
  const click = ([x, y]: readonly [number, number], isAlt: boolean) => {
    if (!isInside([x, y])) return;
    if (isPicking) {
      const index = pickAt(state.found, x / unit, y / unit);
      if (index !== undefined) editor.pick(index);
      return;
    }
    const label = (tool === 'remove') !== isAlt ? 0 : 1;
    editor.click(x / unit, y / unit, label);
  };
  const zoom = (factor: number, at: readonly [number, number] = [size.width / 2, size.height / 2]) =>
    setMoved(zoomed(view, factor, at, fit));

  const onPointerDown = (event: PointerEvent) => {
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
    press.current = { x: event.offsetX, y: event.offsetY, view };
    if (tool === 'restore' || tool === 'erase') setMarks({ ...marks, stroke: [place(event)] });
  };
  const onPointerMove = (event: PointerEvent) => {
    const at = place(event);
    const from = press.current;
    if (!from) {
      setMarks({ ...marks, cursor: at, showCursor: false });
      const asks = (tool === 'keep' || tool === 'remove') && !isPicking && isInside(at);
      if (asks) editor.hover(at[0] / unit, at[1] / unit, (tool === 'remove') !== event.altKey ? 0 : 1);
      else editor.endHover();
      return;
    }
    if (tool === 'move' || event.buttons === 4) {
      setMoved({
        ...from.view,
        x: from.view.x + event.offsetX - from.x,
        y: from.view.y + event.offsetY - from.y,
      });
    } else if (tool === 'box') {
      const [x, y] = toPicture(view, from.x, from.y);
      const [ax, ay] = clamp(x, y);
      const [bx, by] = clamp(...at);
      setMarks({ ...marks, drag: [Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by)] });
    } else if (marks.stroke.length > 0) setMarks({ ...marks, cursor: at, stroke: [...marks.stroke, at] });
  };
  const onPointerUp = (event: PointerEvent) => {
    const from = press.current;
    press.current = undefined;
    if (!from) return;
    const isClick = Math.hypot(event.offsetX - from.x, event.offsetY - from.y) < CLICK_SLOP;
    const { drag, stroke } = marks;
    setMarks({ ...marks, drag: undefined, stroke: [] });
    if (stroke.length > 0)
      editor.stroke({ mode: tool === 'erase' ? 'erase' : 'restore', radius: state.brush, points: stroke });
    else if (drag && drag[2] - drag[0] > 2 && drag[3] - drag[1] > 2)
      editor.box([drag[0] / unit, drag[1] / unit, drag[2] / unit, drag[3] / unit]);
    else if (isClick && tool !== 'move' && tool !== 'box') click(place(event), event.altKey);
  };
  const onWheel = (event: WheelEvent) => {
    event.preventDefault();
    if (event.ctrlKey || event.metaKey)
      zoom(event.deltaY < 0 ? ZOOM_STEP : 1 / ZOOM_STEP, [event.offsetX, event.offsetY]);
    else setMoved({ ...view, x: view.x - event.deltaX, y: view.y - event.deltaY });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.shiftKey ? 1 : Math.max(1, Math.round(opened.width * CURSOR_SHARE));
    const [x, y] = marks.cursor ?? [opened.width / 2, opened.height / 2];
    const go = (dx: number, dy: number) =>
      setMarks({ ...marks, cursor: clamp(x + dx * step, y + dy * step), showCursor: true });
    const press_ = () => {
      setMarks({ ...marks, cursor: [x, y], showCursor: true });
      if (tool === 'restore' || tool === 'erase')
        editor.stroke({ mode: tool, radius: state.brush, points: [[x, y]] });
      else click([x, y], event.altKey);
    };
    const actions: Readonly<Record<string, () => void>> = {
      ArrowLeft: () => go(-1, 0),
      ArrowRight: () => go(1, 0),
      ArrowUp: () => go(0, -1),
      ArrowDown: () => go(0, 1),
      Enter: press_,
      ' ': press_,
      '+': () => zoom(ZOOM_STEP),
      '=': () => zoom(ZOOM_STEP),
      '-': () => zoom(1 / ZOOM_STEP),
      0: () => setMoved(undefined),
      '[': () => editor.setBrush(state.brush / ZOOM_STEP - 1),
      ']': () => editor.setBrush(state.brush * ZOOM_STEP + 1),
      c: () => editor.choose((state.chosen + 1) % Math.max(1, state.answers.length)),
    };
    const action = event.ctrlKey || event.metaKey ? undefined : actions[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  };

  return (
    <div
      class={`stage tool-${tool}`}
      role="application"
      tabIndex={0}
      aria-label={`Picture of ${state.layer?.name ?? 'the layer'}`}
      aria-description={KEYS_HELP}
      aria-busy={state.phase === 'opening'}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerLeave={() => editor.endHover()}
      onWheel={onWheel}
      onKeyDown={onKeyDown}
    >
      <canvas ref={canvas} />
    </div>
  );
}
