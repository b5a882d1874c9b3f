import type { RunLengths } from '@cutkit/core';

/** The run lengths of each value of a plane (row-major), but for those left out, in the order of the values. */
export function masksOfPlane(
  values: ArrayLike<number>,
  width: number,
  height: number,
  leaveOut: ReadonlySet<number> = new Set([0]),
): Map<number, RunLengths> {
  const masks = new Map<number, { counts: number[]; end: number }>();
  let [value, start] = [-1, 0];
  const close = (end: number) => {
    if (value < 0 || end === start || leaveOut.has(value)) return;
    const mask = masks.get(value) ?? { counts: [], end: 0 };
    if (mask.end === 0) masks.set(value, mask);
    mask.counts.push(start - mask.end, end - start);
    mask.end = end;
  };
  for (let x = 0, at = 0; x < width; x++) {
    for (let y = 0, from = x; y < height; y++, from += width, at++) {
      if (values[from] === value) continue;
      close(at);
      value = values[from]!;
      start = at;
    }
  }
  close(width * height);
  return new Map(
    [...masks]
      .sort(([a], [b]) => a - b)
      .map(([one, { counts, end }]) => {
        if (end < width * height) counts.push(width * height - end);
        return [one, { size: [height, width], counts }];
      }),
  );
}

/** Sets the pixels of run lengths to a value, only where `where` allows it. */
export function paintMask(
  values: { [index: number]: number },
  { size: [height, width], counts }: RunLengths,
  value: number,
  where?: (old: number) => boolean,
): void {
  let at = 0;
  counts.forEach((count, i) => {
    const end = at + count;
    for (; i % 2 === 1 && at < end; at++) {
      const place = (at % height) * width + Math.floor(at / height);
      if (!where || where(values[place]!)) values[place] = value;
    }
    at = end;
  });
}
