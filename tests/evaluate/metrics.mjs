import { squaredDistances } from './distance.mjs';

const EPSILON = 1e-12;
const BOUNDARY_REACH = 0.0075;

/** Measures of one predicted alpha against the true one, both 0–255, as `cutkit_train.evaluate.cutout` takes them. */
export function measure(predicted, truth, width, height) {
  const [every, hits] = [new Float64Array(256), new Float64Array(256)];
  let [error, subject, both, either] = [0, 0, 0, 0];
  for (let i = 0; i < truth.length; i++) {
    const [p, t] = [predicted[i], truth[i]];
    const isSubject = t > 127;
    error += Math.abs(p - t);
    every[p]++;
    if (isSubject) {
      hits[p]++;
      subject++;
    }
    if (isSubject && p > 127) both++;
    if (isSubject || p > 127) either++;
  }
  const [precision, recall] = [new Float64Array(256), new Float64Array(256)];
  let [above, right] = [0, 0];
  for (let level = 255; level >= 0; level--) {
    above += every[level];
    right += hits[level];
    precision[255 - level] = right / Math.max(1, above);
    recall[255 - level] = right / Math.max(1, subject);
  }
  return {
    mae: error / truth.length / 255,
    precision,
    recall,
    iou: both / Math.max(1, either),
    smeasure: structure(predicted, truth, width, height),
    boundaryf: boundary(predicted, truth, width, height),
  };
}

/** Where a trimap (0–255) is neither black nor white: sum of absolute errors in thousands, mean squared error. */
export function unknownBand(predicted, truth, trimap) {
  let [absolute, squares, count] = [0, 0, 0];
  for (let i = 0; i < truth.length; i++) {
    if (trimap[i] === 0 || trimap[i] === 255) continue;
    const error = (predicted[i] - truth[i]) / 255;
    absolute += Math.abs(error);
    squares += error * error;
    count++;
  }
  return { sad: absolute / 1000, mse: squares / Math.max(1, count) };
}

/** S-measure (Fan et al. 2017): half of objects, half of regions. */
function structure(predicted, truth, width, height) {
  const [inside, outside] = [[], []];
  let [sumX, sumY] = [0, 0];
  for (let i = 0; i < truth.length; i++) {
    if (truth[i] <= 127) {
      outside.push(1 - predicted[i] / 255);
      continue;
    }
    inside.push(predicted[i] / 255);
    sumX += i % width;
    sumY += Math.floor(i / width);
  }
  if (inside.length === 0) return average(outside);
  if (outside.length === 0) return average(inside);
  const share = inside.length / truth.length;
  const objects = share * alike(inside) + (1 - share) * alike(outside);
  const [x, y] = [sumX, sumY].map((sum) => Math.floor(sum / inside.length + 0.5) + 1);
  let regions = 0;
  for (const [top, bottom] of [
    [0, y],
    [y, height],
  ]) {
    for (const [left, right] of [
      [0, x],
      [x, width],
    ]) {
      const [a, b] = [[], []];
      for (let row = top; row < bottom; row++) {
        for (let i = row * width + left; i < row * width + right; i++) {
          a.push(predicted[i] / 255);
          b.push(truth[i] > 127 ? 1 : 0);
        }
      }
      if (a.length > 0) regions += (a.length / truth.length) * similar(a, b);
    }
  }
  return Math.max(0, (objects + regions) / 2);
}

function average(values) {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

/** The sum of products of what two lists differ from their means, over the degrees of freedom. */
function covariance(a, b) {
  const [meanA, meanB] = [average(a), average(b)];
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] - meanA) * (b[i] - meanB);
  return sum / Math.max(1, a.length - 1);
}

function alike(values) {
  const mean = average(values);
  return (2 * mean) / (mean ** 2 + 1 + Math.sqrt(covariance(values, values)) + EPSILON);
}

function similar(a, b) {
  const [meanA, meanB] = [average(a), average(b)];
  const above = 4 * meanA * meanB * covariance(a, b);
  const below = (meanA ** 2 + meanB ** 2) * (covariance(a, a) + covariance(b, b));
  if (above !== 0) return above / (below + EPSILON);
  return below === 0 ? 1 : 0;
}

/** F-measure of the edges at one half that lie within a share of the diagonal of each other. */
function boundary(predicted, truth, width, height) {
  const reach = Math.max(1, BOUNDARY_REACH * Math.hypot(width, height)) ** 2;
  const [ours, theirs] = [edge(predicted, width, height), edge(truth, width, height)];
  if (!ours.includes(1) || !theirs.includes(1)) return ours.includes(1) === theirs.includes(1) ? 1 : 0;
  const within = (edges, others) => {
    const far = squaredDistances(
      others.map((value) => 1 - value),
      width,
      height,
    );
    let [near, count] = [0, 0];
    for (let i = 0; i < edges.length; i++) {
      count += edges[i];
      if (edges[i] && far[i] <= reach) near++;
    }
    return near / count;
  };
  const [precision, recall] = [within(ours, theirs), within(theirs, ours)];
  return (2 * precision * recall) / Math.max(EPSILON, precision + recall);
}

/** Pixels above one half beside one, left, right, above or below, that is not. */
function edge(plane, width, height) {
  const at = (x, y) =>
    plane[Math.min(height - 1, Math.max(0, y)) * width + Math.min(width - 1, Math.max(0, x))] > 127;
  return Uint8Array.from(plane, (value, i) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    return value > 127 && !(at(x - 1, y) && at(x + 1, y) && at(x, y - 1) && at(x, y + 1)) ? 1 : 0;
  });
}

/** Means of a set, and maxF (β² = 0.3) of its mean precision and recall. */
export function summarise(results) {
  const mean = (value) => results.reduce((sum, one) => sum + value(one), 0) / results.length;
  let maxf = 0;
  for (let level = 0; level < 256; level++) {
    const [p, r] = [mean((one) => one.precision[level]), mean((one) => one.recall[level])];
    maxf = Math.max(maxf, (1.3 * p * r) / (0.3 * p + r + 1e-9));
  }
  const names = Object.keys(results[0]).filter((name) => name !== 'precision' && name !== 'recall');
  return { maxf, ...Object.fromEntries(names.map((name) => [name, mean((one) => one[name])])) };
}
