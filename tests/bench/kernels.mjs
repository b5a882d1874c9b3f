import { encodeRle, maskOf, resize, simplifyRing, traceContours } from '@cutkit/core';
import { contours } from 'd3-contour';
import MathLib from 'pica/lib/mathlib.js';
import simplify from 'simplify-js';
import { versus } from './support.mjs';

const ROUNDS = 7;

/** A picture of grain. */
function grain(width, height, channels) {
  return Uint8Array.from({ length: width * height * channels }, (_, i) => (i * 2_654_435_761) >>> 24);
}

/** Blobs, as masks have them. */
function blobs(width, height) {
  return Uint8Array.from({ length: width * height }, (_, i) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    return Math.sin(x / 40) + Math.cos(y / 31) + Math.sin((x + y) / 57) > 0.3 ? 1 : 0;
  });
}

/** Our kernels against the npm packages that people use for the same, on one thread. */
export async function kernels() {
  const [width, height] = [4000, 3000];
  const photo = { width, height, channels: 4, data: grain(width, height, 4) };
  const pixels = blobs(width, height);
  const mask = maskOf(width, height, pixels);
  const [ring] = traceContours(mask).sort((a, b) => b.length - a.length);
  const points = Array.from({ length: ring.length / 2 }, (_, i) => ({ x: ring[i * 2], y: ring[i * 2 + 1] }));
  const ours = () => resize(photo, 1024, 768, 'lanczos');
  return {
    resize_12mp_to_1024_against_pica_js: await versus(ROUNDS, ours, await pica(photo, ['js'])),
    resize_12mp_to_1024_against_pica_wasm: await versus(ROUNDS, ours, await pica(photo, ['js', 'wasm'])),
    contours_12mp_against_d3_contour: await versus(
      ROUNDS,
      () => traceContours(mask),
      () => contours().size([width, height]).thresholds([0.5])(pixels),
    ),
    simplify_against_simplify_js: await versus(
      ROUNDS,
      () => simplifyRing(ring, 1),
      () => simplify(points, 1, true),
    ),
    rle_12mp_against_a_plain_loop: await versus(
      ROUNDS,
      () => encodeRle(mask),
      () => plainRle(pixels, width, height),
    ),
  };
}

/** pica's own kernels, without its canvases and workers. */
async function pica({ width, height, data }, features) {
  const math = new MathLib(features);
  await math.init();
  return () => math.resize({ src: data, width, height, toWidth: 1024, toHeight: 768, filter: 'lanczos3' });
}

/** COCO's run lengths as one writes them down: column by column over the whole picture. No package was found to compare with. */
function plainRle(pixels, width, height) {
  const counts = [];
  let [value, run] = [0, 0];
  for (let x = 0; x < width; x++) {
    for (let y = 0; y < height; y++) {
      const next = pixels[y * width + x];
      if (next === value) run++;
      else {
        counts.push(run);
        [value, run] = [next, 1];
      }
    }
  }
  return [...counts, run];
}
