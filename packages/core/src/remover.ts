import { composite } from './export/composite.js';
import { cutout } from './export/cutout.js';
import { withOwnAlpha } from './export/own-alpha.js';
import { resize } from './image/resize.js';
import type { Assessment } from './matting/assess.js';
import { estimateForeground } from './matting/foreground.js';
import { type MatteOptions, matte } from './matting/matte.js';
import type { Manifest } from './models/manifest.js';
import { resolve, step } from './options.js';
import { networkSize, type Size } from './preprocess/letterbox.js';
import type { Backend, Session } from './runtime/session.js';
import type { Alpha, Raster } from './types.js';

/** Red, green, blue, alpha, each 0–255. */
export type Rgba = readonly [number, number, number, number];

/** How one picture is cut. */
export interface RemoveOptions extends MatteOptions {
  /** The same picture in sRGB, for the network, when `image` is in another RGB space. Default: `image`. */
  readonly network?: Raster;
  /** Clean the background's colour out of soft edges. Default true. */
  readonly decontaminate?: boolean;
  /** What to lay under the subject: a colour, or a picture of the same size. Default: nothing, a transparent result. */
  readonly background?: Rgba | Raster;
  /**
   * Long side in pixels of what the network sees, for models that take any size; beyond 1024 it runs in tiles.
   * Default: the manifest's own size, where it was trained.
   */
  readonly detail?: number;
}

/** One picture, cut. */
export interface Removal {
  /** Full-resolution coverage of the subject; the image's own transparency is already multiplied in. */
  readonly alpha: Alpha;
  /** RGBA with straight alpha, or the subject over the background that was asked for. */
  readonly cutout: Raster;
  /** Whether anything was found, and how sure the network was. */
  readonly assessment: Assessment;
  /** Milliseconds by stage, in the order of the work. */
  readonly timings: Readonly<Record<'resize' | 'network' | 'upsample' | 'colour', number>>;
}

/** A model ready to cut pictures, one after another. */
export interface Remover {
  readonly manifest: Manifest;
  readonly backend: Backend;
  remove(image: Raster, options?: RemoveOptions): Promise<Removal>;
  dispose(): Promise<void>;
}

/** Composes the stages of background removal over an open session. The remover owns the session. */
export function createRemover(session: Session, manifest: Manifest): Remover {
  return {
    manifest,
    backend: session.backend,
    remove: (image, options = {}) => remove(session, manifest, image, options),
    dispose: () => session.dispose(),
  };
}

async function remove(
  session: Session,
  manifest: Manifest,
  image: Raster,
  options: RemoveOptions,
): Promise<Removal> {
  const { width, height } = image;
  const { decontaminate } = resolve({ decontaminate: true }, { decontaminate: options.decontaminate });
  const size = targetSize(manifest, width, height, options.detail);
  const small = await matte(session, manifest, options.network ?? image, options, size);
  const lap = stopwatch();

  step(options, 'upsample', 0, 1);
  const full = resize(small.alpha, width, height, manifest.output.filter) as Alpha;
  const alpha = withOwnAlpha(image, full);
  const upsample = lap();

  step(options, 'colour', 0, 1);
  const transparent = cutout(image, alpha);
  if (decontaminate) estimateForeground(image, alpha, transparent);
  const result = options.background ? composite(transparent, options.background) : transparent;
  const timings = { ...small.timings, upsample, colour: lap() };
  step(options, 'colour', 1, 1);
  return { alpha, cutout: result, assessment: small.assessment, timings };
}

function targetSize(manifest: Manifest, width: number, height: number, detail: number | undefined): Size {
  if (detail === undefined || !manifest.input.anySize) return networkSize(manifest.input, width, height);
  const scale = Math.min(1, detail / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** Each call gives the milliseconds since the one before. */
function stopwatch(): () => number {
  let last = performance.now();
  return () => {
    const now = performance.now();
    const lapMs = now - last;
    last = now;
    return lapMs;
  };
}
