import { compressRle, type RunLengths } from '@cutkit/core';
import { rleOf } from '../../geometry/instance-pixels.js';
import type { Instance } from '../../model/record.js';
import { cannotHold } from '../refuse.js';
import type { Id } from './coco-index.js';
import { areaOfShape } from './read-annotation.js';

/** What ties an annotation to its image and class. */
export interface AnnotationContext {
  readonly width: number;
  readonly height: number;
  readonly imageId: Id;
  categoryId(classIndex: number): Id;
}

/** The members of a new annotation. */
export function annotationMembers(
  instance: Instance,
  id: Id,
  context: AnnotationContext,
): Record<string, unknown> {
  const { score, extra } = instance;
  return {
    ...extra,
    id,
    image_id: context.imageId,
    category_id: context.categoryId(instance.classIndex),
    ...shapeMembers(instance, context, false),
    bbox: instance.box,
    iscrowd: instance.crowd ? 1 : 0,
    ...(score !== undefined && { score }),
  };
}

/** The members in which an annotation changed; `undefined` for those that go. */
export function changedMembers(
  before: Instance,
  after: Instance,
  raw: Readonly<Record<string, unknown>>,
  context: AnnotationContext,
): Record<string, unknown> {
  const set: Record<string, unknown> = {};
  if (after.classIndex !== before.classIndex) set['category_id'] = context.categoryId(after.classIndex);
  if (after.shape !== before.shape) Object.assign(set, shapeMembers(after, context, hasPlainCounts(raw)));
  else if (after.shape.kind === 'box' && after.box !== before.box) set['area'] = after.box[2] * after.box[3];
  if (after.box !== before.box) set['bbox'] = after.box;
  if (after.crowd !== before.crowd) set['iscrowd'] = after.crowd ? 1 : 0;
  if (after.score !== before.score) set['score'] = after.score;
  for (const key of new Set([...Object.keys(before.extra), ...Object.keys(after.extra)])) {
    // The id names the annotation to other files; edits leave it alone.
    if (key !== 'id' && after.extra[key] !== before.extra[key]) set[key] = after.extra[key];
  }
  return set;
}

function hasPlainCounts({ segmentation }: Readonly<Record<string, unknown>>): boolean {
  return (
    typeof segmentation === 'object' && Array.isArray((segmentation as { counts?: unknown } | null)?.counts)
  );
}

/**
 * Outlines stay outlines; with holes, which COCO's polygons cannot say, they become run lengths: as text, or as numbers
 * where the annotation had numbers.
 */
function shapeMembers(
  instance: Instance,
  context: AnnotationContext,
  plain: boolean,
): Record<string, unknown> {
  const { shape, box } = instance;
  const rle = () => rleOf(instance, context.width, context.height);
  if (shape.kind === 'none' || shape.kind === 'invalid')
    throw cannotHold('An annotation needs a shape or a box.');
  const area = areaOfShape(shape, box, rle);
  if (shape.kind === 'box') return { segmentation: [], area };
  if (shape.kind === 'polygons' && shape.parts.every(({ holes }) => holes.length === 0)) {
    return { segmentation: shape.parts.map(({ outline }) => outline), area };
  }
  return { segmentation: plain ? rle() : textOf(rle()), area };
}

function textOf(rle: RunLengths) {
  const { size, counts } = compressRle(rle);
  return { size, counts };
}
