import { boxOfRings } from '../../geometry/instance-pixels.js';
import { boxOfRle } from '../../geometry/rle.js';
import { membersOfValue } from '../../model/members-of-value.js';
import type { Instance } from '../../model/record.js';
import { masksOfPlane } from '../../png/plane-masks.js';
import type { PngPlane } from '../../png/read-png.js';
import { say } from '../../sentences/sentence.js';
import { elementsUnder, type JsonDocument } from '../../text/json-document.js';
import { CITY_CLASSES, isThing } from './city-classes.js';

/** What was not labelled, by the ids 0 to 3. */
const UNLABELLED = ['unlabeled', 'ego vehicle', 'rectification border', 'out of roi'];

/** Instances of an `_instanceIds.png`, `1000 · class + number` for things and the class alone for the rest; or of `_labelIds`. */
export function readCityPng({ values, width, height }: PngPlane): Instance[] {
  return [...masksOfPlane(values, width, height, new Set(UNLABELLED.keys()))].map(([value, rle]) => {
    const id = value >= 1000 ? Math.floor(value / 1000) : value;
    return {
      key: String(value),
      classIndex: CITY_CLASSES.findIndex((one) => one.id === id),
      shape: { kind: 'pixels', rle },
      box: boxOfRle(rle),
      crowd: value < 1000 && isThing(id),
      extra: { value },
    };
  });
}

/** Instances of a `_polygons.json`; what is drawn later lies over what comes before. `cargroup` is a crowd of cars. */
export function readCityPolygons({ path, bytes, start, value }: JsonDocument): Instance[] {
  const { objects } = membersOfValue(value);
  const ranges = elementsUnder(bytes, start, 'objects');
  const list = Array.isArray(objects) ? objects.map(membersOfValue) : [];
  return list.flatMap(({ label, polygon, ...extra }, i): Instance[] => {
    const name = String(label);
    const known = CITY_CLASSES.findIndex((one) => one.name === name);
    const single = CITY_CLASSES.findIndex((one) => `${one.name}group` === name);
    const crowd = known < 0 && single >= 0;
    const classIndex = crowd ? single : known;
    if (UNLABELLED.includes(name)) return [];
    const common = {
      key: String(i),
      classIndex,
      crowd,
      extra: { ...extra, label: name },
      location: { path, ...ranges[i]! },
    };
    const outline = Array.isArray(polygon) ? polygon.flat() : [];
    if (outline.length < 6 || outline.length % 2 === 1 || !outline.every(Number.isFinite)) {
      const reason = say('no-polygon');
      return [{ ...common, shape: { kind: 'invalid', reason }, box: [0, 0, 0, 0] }];
    }
    return [
      { ...common, shape: { kind: 'polygons', parts: [{ outline, holes: [] }] }, box: boxOfRings([outline]) },
    ];
  });
}
