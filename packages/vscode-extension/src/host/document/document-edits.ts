import { expandRle } from '@cutkit/core';
import type { Edit, ImageRecord, Instance, InstanceChange, Shape } from '@cutkit/datasets';
import type { ChangeStep, ShapeView } from '../../protocol/editor.js';

/** What an editor asks for, as edits of an image of the data set. */
export function toEdits(steps: readonly ChangeStep[], image: number): Edit[] {
  return steps.map((step) => toEdit(step, image));
}

/** The edits that put `instances`, as new ones, in the place of all that a record has. */
export function replacing({ index, instances: old }: ImageRecord, instances: readonly Instance[]): Edit[] {
  const remove = old.map(({ key }): Edit => ({ type: 'remove', image: index, key }));
  const add = instances.map(
    (instance): Edit => ({ type: 'add', image: index, instance: { ...instance, key: crypto.randomUUID() } }),
  );
  return [...remove, ...add];
}

function toEdit(step: ChangeStep, image: number): Edit {
  if (step.type === 'addClass') return step;
  if (step.type === 'remove') return { type: 'remove', image, key: step.key };
  if (step.type === 'change') return { type: 'change', image, key: step.key, change: toChange(step) };
  const { key, classIndex, shape } = step;
  return { type: 'add', image, instance: { key, classIndex, shape: toShape(shape) } };
}

function toChange({ classIndex, shape }: Extract<ChangeStep, { type: 'change' }>): InstanceChange {
  return {
    ...(classIndex === undefined ? {} : { classIndex }),
    ...(shape ? { shape: toShape(shape) } : {}),
  };
}

function toShape(shape: ShapeView): Shape {
  return shape.kind === 'pixels' ? { kind: 'pixels', rle: expandRle(shape.mask) } : shape;
}
