import type { MaskReading } from '../../model/open-options.js';
import type { PngPlane } from '../../png/read-png.js';
import { type Sentence, say } from '../../sentences/sentence.js';
import type { NamesFile } from './class-names.js';

/** What a few masks of a folder show. */
export interface MaskSample {
  readonly plane: PngPlane;
  /** Values that occur, in order. */
  readonly values: readonly number[];
}

/** How masks are read, and why. */
export interface ReadingChoice {
  readonly reading: MaskReading;
  readonly why: Sentence;
}

/** The value that most data sets give to pixels that count for nothing. */
export const IGNORED = 255;

/** Chooses how to read a folder's masks from a few of them, its name, and the file that names classes, if there is one. */
export function chooseReading(
  samples: readonly MaskSample[],
  folder: string,
  names: NamesFile | undefined,
): ReadingChoice {
  const named = names !== undefined;
  const coloursNamed = names?.names.some(({ colour }) => colour !== undefined) ?? false;
  const seen = [...new Set(samples.flatMap(({ values }) => values))].sort((a, b) => a - b);
  const set = seen.filter((value) => value !== 0);
  const list = (values: readonly number[]) =>
    values.length > 6 ? `${values.slice(0, 6).join(', ')}, …` : values.join(', ');
  if (samples.some(({ plane }) => plane.channels >= 3 && (coloursNamed || !plane.grey))) {
    return { reading: 'rgb', why: say('reading-colours') };
  }
  if (set.length <= 1 && !(named && set[0] !== IGNORED)) {
    return {
      reading: 'binary',
      why: say('reading-two-values', { value: set[0] ?? IGNORED }),
    };
  }
  if (/inst|object/i.test(folder)) {
    return { reading: 'id', why: say('reading-instances') };
  }
  if (samples.some(({ plane }) => plane.depth === 16)) {
    return {
      reading: 'id',
      why: say('reading-16-bits'),
    };
  }
  if (named) return { reading: 'index', why: say('reading-named') };
  if (samples.some(({ plane }) => plane.palette)) {
    return { reading: 'index', why: say('reading-palette') };
  }
  if (samples.length > 2 && countsUp(samples)) {
    return {
      reading: 'id',
      why: say('reading-counts'),
    };
  }
  return { reading: 'index', why: say('reading-few', { values: list(seen) }) };
}

function countsUp(samples: readonly MaskSample[]): boolean {
  const tops = samples.map(({ values }) => values.filter((value) => value !== 0));
  return (
    tops.every((values) => values.every((value, i) => value === i + 1)) &&
    new Set(tops.map(({ length }) => length)).size > 1
  );
}
