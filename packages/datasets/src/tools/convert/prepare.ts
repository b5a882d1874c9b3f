import { decodeRle } from '@cutkit/core';
import { partsOfMask } from '../../geometry/parts.js';
import type { Format } from '../../model/dataset.js';
import type { ImageRecord, Instance } from '../../model/record.js';
import type { LossLog } from './loss-log.js';

/** Fields that tie an annotation to its own file and say nothing in another. */
const OWN_FIELDS = new Set([
  'id',
  'value',
  'group_id',
  'description',
  'flags',
  'other_data',
  'pose',
  'truncated',
  'difficult',
  'occluded',
]);

/**
 * A record as the target can hold it, with everything that it cannot told to the log. Instances without a class or an
 * area are left out; pixels become outlines when asked for.
 */
export function prepare(
  record: ImageRecord,
  target: Format,
  outlines: number | undefined,
  log: LossLog,
): ImageRecord {
  const say = (kind: Parameters<LossLog['add']>[0]) => log.add(kind, record.name);
  const instances = record.instances.flatMap((instance): Instance[] => {
    const { shape } = instance;
    if (instance.classIndex < 0) {
      say('class');
      return [];
    }
    if (shape.kind === 'none' || shape.kind === 'invalid') {
      say('no-area');
      return [];
    }
    if (target === 'masks' && shape.kind === 'box') {
      say('box-only');
      return [];
    }
    const kept = withoutLosses(instance, target, say);
    if (outlines === undefined || shape.kind !== 'pixels') return [kept];
    if (outlines > 0) say('outline');
    const parts = partsOfMask(decodeRle(shape.rle), outlines);
    return parts.length > 0 ? [{ ...kept, shape: { kind: 'polygons', parts } }] : [];
  });
  return { ...record, instances };
}

function withoutLosses(
  instance: Instance,
  target: Format,
  say: (kind: Parameters<LossLog['add']>[0]) => void,
): Instance {
  const { crowd, extra, score, ...rest } = instance;
  const holdsCrowds = target === 'coco';
  const holdsScores = target === 'coco' || target === 'labelme' || target === 'yolo';
  if (crowd && !holdsCrowds) say('crowd');
  if (score !== undefined && !holdsScores) say('score');
  if (extra['id'] !== undefined) say('id');
  const fields = Object.entries(extra).filter(([key, value]) => !OWN_FIELDS.has(key) && value !== null);
  const held = fields.filter(([, value]) => holdsField(target, value));
  if (held.length < fields.length) say('fields');
  return {
    ...rest,
    crowd: crowd && holdsCrowds,
    ...(score !== undefined && holdsScores && { score }),
    extra: Object.fromEntries(held),
  };
}

function holdsField(target: Format, value: unknown): boolean {
  if (target === 'voc') return typeof value !== 'object';
  return target === 'coco' || target === 'labelme';
}
