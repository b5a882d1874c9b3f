import { flatten } from '../image/color.js';
import { flipRaster } from '../image/flip.js';
import { resize } from '../image/resize.js';
import type { Manifest } from '../models/manifest.js';
import { step } from '../options.js';
import { networkSize, type Size } from '../preprocess/letterbox.js';
import type { Session } from '../runtime/session.js';
import type { Alpha, Raster, WorkOptions } from '../types.js';
import { toAlpha } from './alpha.js';
import { type Assessment, assess } from './assess.js';
import { predict } from './predict.js';

/** What the network says of a picture, at the size that the network saw. */
export interface Matte {
  readonly alpha: Alpha;
  readonly assessment: Assessment;
  /** Milliseconds by stage. */
  readonly timings: Readonly<Record<'resize' | 'network', number>>;
}

/** How a network is asked. */
export interface MatteOptions extends WorkOptions {
  /**
   * Ask about the picture as a mirror shows it too, and take the mean of both answers: mostly better (`docs/segment-anything.md`), at
   * the price of a second run. Progress is of the first. Default false.
   */
  readonly flip?: boolean | undefined;
}

const WHITE = [255, 255, 255] as const;

/**
 * The subject's coverage at the network's own size: `image` (in sRGB, laid over white where it is transparent) is resized as the
 * manifest says, or to `size`. Scaling it to the picture is the caller's.
 */
export async function matte(
  session: Session,
  manifest: Manifest,
  image: Raster,
  options: MatteOptions = {},
  size: Size = networkSize(manifest.input, image.width, image.height),
): Promise<Matte> {
  const start = performance.now();
  step(options, 'resize', 0, 1);
  const flat = flatten(image, WHITE);
  const small = resize(reduce(flat, size, manifest), size.width, size.height, manifest.input.filter);
  const resized = performance.now();

  const coverage = await predict(session, manifest, small, options);
  if (options.flip) {
    // Its progress would begin anew.
    const { signal } = options;
    const mirrored = await predict(session, manifest, flipRaster(small), signal ? { signal } : {});
    addMirrored(coverage, mirrored, size.width);
  }
  const assessment = assess(coverage);
  // An empty prediction is noise: stretching it to full range would invent a subject.
  const { normalise, range } = manifest.output;
  const recipe = { normalise: assessment.verdict === 'empty' ? ('clamp' as const) : normalise, range };
  const alpha = toAlpha(coverage, size.width, size.height, recipe);
  return {
    alpha,
    assessment,
    timings: { resize: resized - start, network: performance.now() - resized },
  };
}

/** Makes `coverage` the mean of itself and of what a mirror shows of `mirrored`. */
function addMirrored(coverage: Float32Array, mirrored: Float32Array, width: number): void {
  for (let i = 0; i < coverage.length; i++) {
    const x = i % width;
    coverage[i] = (coverage[i]! + mirrored[i - x + width - 1 - x]!) / 2;
  }
}

/** The picture in whole-number steps smaller, where the manifest allows it and the picture is far larger than asked for. */
function reduce(image: Raster, target: Size, { input }: Manifest): Raster {
  const { reducingGap = Number.POSITIVE_INFINITY } = input;
  const factor = (from: number, to: number) => Math.max(1, Math.floor(from / (to * reducingGap)));
  const [fx, fy] = [factor(image.width, target.width), factor(image.height, target.height)];
  if (fx === 1 && fy === 1) return image;
  return resize(image, Math.ceil(image.width / fx), Math.ceil(image.height / fy), 'box');
}
