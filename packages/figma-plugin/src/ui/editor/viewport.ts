import type { Size } from '../../geometry/paint-geometry.js';

/** How the picture lies on the stage: stage = picture × scale + offset. */
export interface Viewport {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

const MOST = 16;
const MARGIN = 12;

/** The whole picture, in the middle. */
export function fitted(picture: Size, stage: Size): Viewport {
  const scale = Math.min(
    (stage.width - 2 * MARGIN) / picture.width,
    (stage.height - 2 * MARGIN) / picture.height,
  );
  return {
    scale,
    x: (stage.width - picture.width * scale) / 2,
    y: (stage.height - picture.height * scale) / 2,
  };
}

/** Closer or farther by `factor`, with the stage's point `at` fixed. Never smaller than half of the fit. */
export function zoomed(
  view: Viewport,
  factor: number,
  at: readonly [number, number],
  fit: Viewport,
): Viewport {
  const scale = Math.min(MOST, Math.max(fit.scale / 2, view.scale * factor));
  const ratio = scale / view.scale;
  return { scale, x: at[0] - (at[0] - view.x) * ratio, y: at[1] - (at[1] - view.y) * ratio };
}

/** From the stage to picture pixels. */
export function toPicture({ scale, x, y }: Viewport, stageX: number, stageY: number): [x: number, y: number] {
  return [(stageX - x) / scale, (stageY - y) / scale];
}
