const FAR = 1e9;

/** The squared distance of each pixel of `plane` (`width × height`) to the nearest pixel that is 0. Exact. */
export function squaredDistances(plane, width, height) {
  const squares = Float64Array.from(plane, (value) => (value ? FAR : 0));
  for (let x = 0; x < width; x++) alongLine(squares, x, width, height);
  for (let y = 0; y < height; y++) alongLine(squares, y * width, 1, width);
  return squares;
}

/** One line of the transform (Felzenszwalb & Huttenlocher 2012): the lower envelope of parabolas. */
function alongLine(squares, start, step, length) {
  const line = Float64Array.from({ length }, (_, i) => squares[start + i * step]);
  const [roots, from] = [[0], [Number.NEGATIVE_INFINITY]];
  const meet = (a, b) => (line[b] + b * b - line[a] - a * a) / (2 * (b - a));
  for (let q = 1; q < length; q++) {
    let s = meet(roots.at(-1), q);
    while (s <= from.at(-1)) {
      roots.pop();
      from.pop();
      s = meet(roots.at(-1), q);
    }
    roots.push(q);
    from.push(s);
  }
  for (let q = 0, k = 0; q < length; q++) {
    while (k + 1 < from.length && from[k + 1] < q) k++;
    squares[start + q * step] = (q - roots[k]) ** 2 + line[roots[k]];
  }
}
