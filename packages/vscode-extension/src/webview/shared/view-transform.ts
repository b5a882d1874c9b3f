/** How image pixels lie on the screen: `screen = image × scale + (x, y)`, in CSS pixels of the stage. */
export interface ViewTransform {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** A pixel of the image never grows beyond this many CSS pixels. */
const LARGEST = 64;
/** The image never shrinks below this share of what fits. */
const SMALLEST_SHARE = 0.25;
const MARGIN = 16;

/** The whole image in the middle of the stage, never enlarged beyond its own size. */
export function fit(image: Size, stage: Size): ViewTransform {
  const across = Math.max(1, stage.width - 2 * MARGIN) / image.width;
  const down = Math.max(1, stage.height - 2 * MARGIN) / image.height;
  return centred(Math.min(across, down, largestFit(image)), image, stage);
}

/** Small images are enlarged to be seen, whole times so that their pixels stay even. */
function largestFit({ width, height }: Size): number {
  return Math.max(1, Math.floor(512 / Math.max(width, height)));
}

/** The middle of the image in the middle of the stage. */
function centred(scale: number, image: Size, stage: Size): ViewTransform {
  return {
    scale,
    x: (stage.width - image.width * scale) / 2,
    y: (stage.height - image.height * scale) / 2,
  };
}

/** Zooms by `factor` with the screen point (`x`, `y`) staying over the same image point. */
export function zoomAt(
  view: ViewTransform,
  factor: number,
  x: number,
  y: number,
  image: Size,
  stage: Size,
): ViewTransform {
  const smallest = fit(image, stage).scale * SMALLEST_SHARE;
  const scale = Math.min(LARGEST, Math.max(smallest, view.scale * factor));
  const ratio = scale / view.scale;
  return held({ scale, x: x - (x - view.x) * ratio, y: y - (y - view.y) * ratio }, image, stage);
}

/** Moves by whole screen pixels. */
export function pan(view: ViewTransform, dx: number, dy: number, image: Size, stage: Size): ViewTransform {
  return held({ scale: view.scale, x: view.x + dx, y: view.y + dy }, image, stage);
}

/** The image point under a screen point. */
export function toImage(view: ViewTransform, x: number, y: number): { x: number; y: number } {
  return { x: (x - view.x) / view.scale, y: (y - view.y) / view.scale };
}

/** Pans so that an image point is at least a margin inside the stage. */
export function reveal(view: ViewTransform, x: number, y: number, image: Size, stage: Size): ViewTransform {
  const into = (at: number, length: number) =>
    Math.max(MARGIN * 2 - at, 0) + Math.min(length - MARGIN * 2 - at, 0);
  return pan(
    view,
    into(x * view.scale + view.x, stage.width),
    into(y * view.scale + view.y, stage.height),
    image,
    stage,
  );
}

/** Some of the image stays in the stage, whatever is done. */
function held(view: ViewTransform, image: Size, stage: Size): ViewTransform {
  const keep = 48;
  const within = (at: number, length: number, room: number) =>
    Math.min(room - keep, Math.max(keep - length, at));
  return {
    scale: view.scale,
    x: within(view.x, image.width * view.scale, stage.width),
    y: within(view.y, image.height * view.scale, stage.height),
  };
}
