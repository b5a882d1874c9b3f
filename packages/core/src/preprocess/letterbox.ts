/** The part of a model manifest's `input` that decides the network's frame. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly resize: 'stretch' | 'letterbox' | 'short-side';
}

/** A size in pixels, both sides at least 1. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** MODNet halves its input five times. */
const SHORT_SIDE_MULTIPLE = 32;

/**
 * The size to which a `width × height` image is resized for a network.
 *
 * - `stretch`: the frame itself, whatever the aspect ratio.
 * - `letterbox`: the largest size of the same shape inside the frame, sides rounded; the frame's right and bottom are
 *   then padding. For a square frame this is `ResizeLongestSide` of Segment Anything, except that a side which rounds
 *   to 0 there is 1 here.
 * - `short-side`: as MODNet's reference code does, an image with both sides above, or both below, the frame's height
 *   is scaled until its short side equals that height; sides are then floored to multiples of 32.
 */
export function networkSize(frame: Frame, width: number, height: number): Size {
  switch (frame.resize) {
    case 'stretch':
      return { width: frame.width, height: frame.height };
    case 'letterbox': {
      const scale = Math.min(frame.width / width, frame.height / height);
      return { width: roundSide(width * scale), height: roundSide(height * scale) };
    }
    case 'short-side': {
      const size = shortSide(width, height, frame.height);
      return { width: floorSide(size.width), height: floorSide(size.height) };
    }
  }
}

function shortSide(width: number, height: number, reference: number): Size {
  const straddles = Math.max(width, height) >= reference && Math.min(width, height) <= reference;
  if (straddles) return { width, height };
  return width >= height
    ? { width: Math.trunc((width / height) * reference), height: reference }
    : { width: reference, height: Math.trunc((height / width) * reference) };
}

function roundSide(side: number): number {
  return Math.max(1, Math.floor(side + 0.5));
}

function floorSide(side: number): number {
  return Math.max(SHORT_SIDE_MULTIPLE, side - (side % SHORT_SIDE_MULTIPLE));
}
