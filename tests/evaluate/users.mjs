/** Simulated users, as `cutkit_train.evaluate.users` has them, to the last click. Regions are byte planes, 0 or 1. */
import { labelRegions } from '@cutkit/core';
import { squaredDistances } from './distance.mjs';

const MOST_PER_PICTURE = 4;
const LEAST = 0.002;
const CLICK_ERROR = 0.03;
const BOX_ERROR = 0.05;

/** Normal errors: the generator of Numerical Recipes and the Box–Muller transform. */
export function noiseOf(seed) {
  let state = seed >>> 0;
  const uniform = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state + 0.5) / 2 ** 32;
  };
  return (spread) => {
    const radius = Math.sqrt(-2 * Math.log(uniform()));
    return spread * radius * Math.cos(2 * Math.PI * uniform());
  };
}

/** Up to four ids of a label map, spread evenly over those that are large enough. */
export function things({ data }, voidLabel) {
  const sizes = new Map();
  for (const id of data) sizes.set(id, (sizes.get(id) ?? 0) + 1);
  const fit = [...sizes]
    .filter(([id, size]) => id > 0 && id < voidLabel && size > LEAST * data.length)
    .map(([id]) => id)
    .sort((a, b) => a - b);
  if (fit.length <= MOST_PER_PICTURE) return fit;
  return Array.from(
    { length: MOST_PER_PICTURE },
    (_, i) => fit[Math.floor((i * fit.length) / MOST_PER_PICTURE)],
  );
}

/** The click on the middle of the largest error: x, y and label; moved by an error where there is `noise`. */
export function nextClick({ truth, unknown, width, height }, found, noise) {
  const [missed, extra] = [new Uint8Array(truth.length), new Uint8Array(truth.length)];
  for (let i = 0; i < truth.length; i++) {
    if (unknown[i]) continue;
    if (truth[i] && !found[i]) missed[i] = 1;
    if (found[i] && !truth[i]) extra[i] = 1;
  }
  const [more, less] = [largest(missed, width, height), largest(extra, width, height)];
  const subject = count(more) >= count(less);
  const [x, y] = middle(subject ? more : less, width, height);
  if (!noise) return { x, y, label: subject ? 1 : 0 };
  const spread = CLICK_ERROR * Math.sqrt(count(truth));
  const moved = (value, limit) => Math.min(limit - 1, Math.max(0, Math.floor(value + noise(spread) + 0.5)));
  const [x2, y2] = [moved(x, width), moved(y, height)];
  return { x: x2, y: y2, label: truth[y2 * width + x2] };
}

/** Around a thing, each side moved by an error. */
export function drawnBox({ truth, width, height }, noise) {
  let [x0, y0, x1, y1] = [width, height, 0, 0];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (!truth[y * width + x]) continue;
      [x0, y0, x1, y1] = [Math.min(x0, x), Math.min(y0, y), Math.max(x1, x + 1), Math.max(y1, y + 1)];
    }
  }
  const error = (size) => noise(BOX_ERROR * size);
  const [w, h] = [x1 - x0, y1 - y0];
  const within = (value, most) => Math.min(Math.max(value, 0), most);
  return [
    within(x0 + error(w), width),
    within(y0 + error(h), height),
    within(x1 + error(w), width),
    within(y1 + error(h), height),
  ];
}

/** Overlap of a found region with a thing, without what is unknown. */
export function iouOf({ truth, unknown }, found) {
  let [both, either] = [0, 0];
  for (let i = 0; i < truth.length; i++) {
    if (unknown[i]) continue;
    if (truth[i] && found[i]) both++;
    if (truth[i] || found[i]) either++;
  }
  return both / Math.max(1, either);
}

function count(region) {
  let sum = 0;
  for (const value of region) sum += value;
  return sum;
}

/** The largest 8-connected part of a region, the first of equals. */
function largest(region, width, height) {
  const { labels, areas } = labelRegions(region, width, height, 1);
  if (areas.length <= 2) return region;
  const label = areas.indexOf(Math.max(...areas.slice(1)), 1);
  return Uint8Array.from(labels, (value) => (value === label ? 1 : 0));
}

/** The pixel that is farthest from the region's border, the first of equals. Outside of the picture is border. */
function middle(region, width, height) {
  const [w, h] = [width + 2, height + 2];
  const padded = new Uint8Array(w * h);
  for (let y = 0; y < height; y++) padded.set(region.subarray(y * width, (y + 1) * width), (y + 1) * w + 1);
  const squares = squaredDistances(padded, w, h);
  let best = 0;
  for (let i = 0; i < squares.length; i++) if (squares[i] > squares[best]) best = i;
  return [(best % w) - 1, Math.floor(best / w) - 1];
}
