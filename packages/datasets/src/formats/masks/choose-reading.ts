import type { MaskReading } from '../../detect/detection.js';
import type { PngPlane } from '../../png/read-png.js';

/** What a few masks of a folder show. */
export interface MaskSample {
  readonly plane: PngPlane;
  /** Values that occur, in order. */
  readonly values: readonly number[];
}

/** How masks are read, and why, as a sentence. */
export interface ReadingChoice {
  readonly reading: MaskReading;
  readonly why: string;
}

/** The value that most data sets give to pixels that count for nothing. */
export const IGNORED = 255;

/** Chooses how to read a folder's masks from a few of them, its name, and whether a file names classes. */
export function chooseReading(samples: readonly MaskSample[], folder: string, named: boolean): ReadingChoice {
  const seen = [...new Set(samples.flatMap(({ values }) => values))].sort((a, b) => a - b);
  const set = seen.filter((value) => value !== 0);
  const list = (values: readonly number[]) =>
    values.length > 6 ? `${values.slice(0, 6).join(', ')}, …` : values.join(', ');
  if (samples.some(({ plane }) => plane.channels >= 3)) {
    return { reading: 'rgb', why: 'the PNGs hold colours, so each colour is a class' };
  }
  if (set.length <= 1 && !(named && set[0] !== IGNORED)) {
    return {
      reading: 'binary',
      why: `the only values are 0 and ${set[0] ?? IGNORED}, so what is not 0 is the object`,
    };
  }
  if (/inst|object/i.test(folder)) {
    return { reading: 'id', why: 'the folder is named after instances, so each value is one' };
  }
  if (samples.some(({ plane }) => plane.depth === 16)) {
    return {
      reading: 'id',
      why: 'the PNGs have 16 bits, more than classes need, so each value is one instance',
    };
  }
  if (named) return { reading: 'index', why: 'a file names the values, so each value is a class' };
  if (samples.some(({ plane }) => plane.palette)) {
    return { reading: 'index', why: 'the PNGs have a palette, so each value is a class' };
  }
  if (samples.length > 2 && countsUp(samples)) {
    return {
      reading: 'id',
      why: 'each PNG counts from 1 up, some further than others, so each value is one instance',
    };
  }
  return { reading: 'index', why: `the values are few (${list(seen)}), so each is a class` };
}

function countsUp(samples: readonly MaskSample[]): boolean {
  const tops = samples.map(({ values }) => values.filter((value) => value !== 0));
  return (
    tops.every((values) => values.every((value, i) => value === i + 1)) &&
    new Set(tops.map(({ length }) => length)).size > 1
  );
}
