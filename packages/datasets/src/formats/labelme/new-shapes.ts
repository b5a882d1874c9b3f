import { CutkitError } from '@cutkit/core';
import type { Instance } from '../../model/record.js';
import { type ShapeMembers, writeShapes } from './write-shapes.js';

/** New LabelMe shapes of an instance, tied together by `group` where there is more than one. */
export function newShapes(
  instance: Instance,
  names: readonly string[],
  width: number,
  height: number,
  group: number,
): Record<string, unknown>[] {
  const shapes = writeShapes(instance, width, height);
  return shapes.map((shape) => newShape(instance, names, shape, shapes.length > 1 ? group : null));
}

/** One new shape. */
export function newShape(
  instance: Instance,
  names: readonly string[],
  { points, shape_type, mask }: ShapeMembers,
  group: unknown,
): Record<string, unknown> {
  const { score, extra } = instance;
  return {
    label: labelOf(instance, names),
    description: '',
    flags: {},
    ...extra,
    ...(score !== undefined && { score }),
    points,
    shape_type,
    ...(mask !== undefined && { mask }),
    group_id: group,
  };
}

/** The label of an instance. Throws `BAD_OPTION` for a class that is not there. */
export function labelOf({ classIndex }: Instance, names: readonly string[]): string {
  const name = names[classIndex];
  if (name !== undefined) return name;
  throw new CutkitError('BAD_OPTION', `There is no class ${classIndex}.`, 'Add the class first.');
}
