import type { Shell } from './shell.js';

const SMALLEST = { panel: [300, 240], editor: [640, 480] } as const;
/** Pixels that an arrow key adds. */
const STEP = 20;

/** Puts a handle into the window's corner: dragged, or moved by arrow keys, it resizes the window, whose size is remembered. */
export function installResizer(shell: Shell, kind: 'panel' | 'editor'): void {
  const handle = document.createElement('button');
  handle.className = 'resizer';
  handle.type = 'button';
  handle.setAttribute('aria-label', 'Resize the window with the arrow keys');
  const resize = (width: number, height: number) => {
    const size = [
      Math.max(SMALLEST[kind][0], Math.round(width)),
      Math.max(SMALLEST[kind][1], Math.round(height)),
    ] as const;
    void shell.main.resize(...size);
    return size;
  };
  const keep = (size: readonly [number, number]) =>
    shell.remember({ sizes: { ...shell.settings.sizes, [kind]: size } });
  handle.addEventListener('pointerdown', (down) => {
    handle.setPointerCapture(down.pointerId);
    const [width, height] = [innerWidth - down.clientX, innerHeight - down.clientY];
    let size: readonly [number, number] = [innerWidth, innerHeight];
    const move = (event: PointerEvent) => {
      size = resize(event.clientX + width, event.clientY + height);
    };
    handle.addEventListener('pointermove', move);
    handle.addEventListener(
      'lostpointercapture',
      () => {
        handle.removeEventListener('pointermove', move);
        keep(size);
      },
      { once: true },
    );
  });
  handle.addEventListener('keydown', ({ key }) => {
    const steps: Readonly<Record<string, readonly [number, number]>> = {
      ArrowRight: [STEP, 0],
      ArrowLeft: [-STEP, 0],
      ArrowDown: [0, STEP],
      ArrowUp: [0, -STEP],
    };
    const change = steps[key];
    if (change) keep(resize(innerWidth + change[0], innerHeight + change[1]));
  });
  document.body.append(handle);
}
