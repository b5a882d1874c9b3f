import type { RunLengths } from '@cutkit/core';
import { boxOfRle } from '../../geometry/rle.js';
import type { Instance, Location } from '../../model/record.js';
import { masksOfPlane } from '../../png/plane-masks.js';
import type { PngPlane } from '../../png/read-png.js';
import { say } from '../../sentences/sentence.js';
import type { VocFile } from './voc-xml.js';

/** Border pixels that belong to nothing. */
export const VOID = 255;

/** What there is of one image. */
export interface VocParts {
  readonly path: string;
  readonly file: VocFile | undefined;
  readonly objects: PngPlane | undefined;
  readonly classes: PngPlane | undefined;
  classOfName(name: string): number;
  classOfValue(value: number): number;
}

/**
 * The instances of an image. Value `i` of the object mask is the `i`-th object of the XML file. Keys: `o0`, `o1`, … for
 * objects of the XML file, `v7` for an object value without one, `c7` for a class value where there are no objects.
 */
export function readVoc({ path, file, objects, classes, classOfName, classOfValue }: VocParts): Instance[] {
  const masks = objects
    ? masksOfPlane(objects.values, objects.width, objects.height, new Set([0, VOID]))
    : new Map<number, RunLengths>();
  const instances = (file?.objects ?? []).map((object, i): Instance => {
    const rle = masks.get(i + 1);
    masks.delete(i + 1);
    const classIndex = classOfName(object.name);
    const extra = classIndex < 0 ? { ...object.extra, name: object.name } : object.extra;
    const location: Location = {
      path,
      start: file!.bytesBefore(object.start),
      end: file!.bytesBefore(object.end),
    };
    const common = { key: `o${i}`, classIndex, crowd: false, extra, location };
    if (rle) return { ...common, shape: { kind: 'pixels', rle }, box: object.box ?? boxOfRle(rle) };
    if (object.box) return { ...common, shape: { kind: 'box' }, box: object.box };
    return {
      ...common,
      shape: { kind: 'invalid', reason: say('box-broken') },
      box: [0, 0, 0, 0],
    };
  });
  for (const [value, rle] of masks) {
    instances.push(
      ofPixels(`v${value}`, rle, classes ? classOfValue(mostCommon(classes.values, rle)) : -1, value),
    );
  }
  if (!objects && classes) {
    const regions = masksOfPlane(classes.values, classes.width, classes.height, new Set([0, VOID]));
    for (const [value, rle] of regions)
      instances.push(ofPixels(`c${value}`, rle, classOfValue(value), value));
  }
  return instances;
}

function ofPixels(key: string, rle: RunLengths, classIndex: number, value: number): Instance {
  return {
    key,
    classIndex,
    shape: { kind: 'pixels', rle },
    box: boxOfRle(rle),
    crowd: false,
    extra: { value },
  };
}

/** The value that most pixels of a mask have. */
function mostCommon(values: ArrayLike<number>, { size: [height, width], counts }: RunLengths): number {
  const seen = new Map<number, number>();
  let at = 0;
  counts.forEach((count, i) => {
    for (const end = at + count; at < end; at++) {
      if (i % 2 === 0) continue;
      const value = values[(at % height) * width + Math.floor(at / height)]!;
      if (value !== 0 && value !== VOID) seen.set(value, (seen.get(value) ?? 0) + 1);
    }
  });
  return [...seen].reduce((best, one) => (one[1] > best[1] ? one : best), [0, 0])[0];
}
