import { expandRle } from '@cutkit/core';
import type { Edit, InstanceChange, Shape } from '@cutkit/datasets';
import type { ChangeStep, ShapeView } from '../../protocol/editor.js';

/** What an editor asks for, as edits of an image of the data set. */
export function toEdits(steps: readonly ChangeStep[], image: number): Edit[] {
  return steps.map((step) => toEdit(step, image));
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
