import { expandRle } from '@cutkit/core';
import type { Edit, InstanceChange, Shape } from '@cutkit/datasets';
import type { ChangeStep, ShapeView } from '../../protocol/editor.js';

/** What an editor asks for, as edits of an image of the data set. */
export function toEdits(steps: readonly ChangeStep[], image: number): Edit[] {
  return steps.map((step): Edit => {
    switch (step.type) {
      case 'add': {
        const { key, classIndex } = step;
        return { type: 'add', image, instance: { key, classIndex, shape: toShape(step.shape) } };
      }
      case 'remove':
        return { type: 'remove', image, key: step.key };
      case 'change':
        return { type: 'change', image, key: step.key, change: toChange(step) };
      case 'addClass':
        return { type: 'addClass', name: step.name };
    }
  });
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
