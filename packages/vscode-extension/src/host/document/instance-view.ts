import { areaOfRle, type CocoRle, compressRle, type RunLengths } from '@cutkit/core';
import { type Instance, rleOf } from '@cutkit/datasets';
import type { InstanceView } from '../../protocol/editor.js';
import { words } from '../words.js';

/** What is computed of an instance. Instances never change, so it is computed once. */
const computed = new WeakMap<Instance, { mask: CocoRle; area: number }>();

/** How an editor shows an instance of a picture of this size. What cannot be drawn says why. */
export function instanceView(
  instance: Instance,
  { width, height }: { readonly width: number; readonly height: number },
): InstanceView {
  const { key, classIndex, shape, box, crowd, score } = instance;
  const common = {
    key,
    classIndex,
    kind: shape.kind,
    box,
    crowd,
    ...(score === undefined ? {} : { score }),
    ...(shape.kind === 'polygons' ? { parts: shape.parts } : {}),
  };
  if (shape.kind === 'invalid') return { ...common, area: 0, note: words(shape.reason) };
  if (shape.kind === 'none') return { ...common, area: 0, note: shape.what };
  if (shape.kind === 'box') return { ...common, area: box[2] * box[3] };
  return { ...common, ...maskOf(instance, width, height) };
}

function maskOf(instance: Instance, width: number, height: number): { mask: CocoRle; area: number } {
  const known = computed.get(instance);
  if (known?.mask.size[0] === height && known.mask.size[1] === width) return known;
  const rle: RunLengths = rleOf(instance, width, height);
  const made = { mask: compressRle(rle), area: areaOfRle(rle) };
  computed.set(instance, made);
  return made;
}
