import { CutkitError } from '@cutkit/core';
import { boxOfShape } from '../geometry/instance-pixels.js';
import { scaleInstance } from '../geometry/scale.js';
import type { Edit, InstanceChange, NewInstance } from '../model/edit.js';
import type { ImageRecord, Instance } from '../model/record.js';

/**
 * The record as it will be after the edits that concern its image, in their order. Instances that no edit touches are
 * the same objects, so a drawing of them can be kept. Throws `BAD_OPTION` for an edit of an instance that is not there.
 */
export function applyEdits(record: ImageRecord, edits: readonly Edit[]): ImageRecord {
  return edits.reduce(
    (now, edit) => ('image' in edit && edit.image === record.index ? applied(now, edit) : now),
    record,
  );
}

function applied(record: ImageRecord, edit: Extract<Edit, { image: number }>): ImageRecord {
  const { instances } = record;
  switch (edit.type) {
    case 'add': {
      const { instance } = edit;
      if (instances.some(({ key }) => key === instance.key))
        throw misdirected(instance.key, 'is there already');
      return { ...record, instances: [...instances, instanceOf(instance)] };
    }
    case 'changeImage': {
      const { width = record.width, height = record.height } = edit.change;
      return { ...record, width, height };
    }
    case 'scaleImage': {
      const { width, height } = edit;
      const scaling = { from: record, to: { width, height } };
      return { ...record, width, height, instances: instances.map((one) => scaleInstance(one, scaling)) };
    }
    case 'removeImage':
      return { ...record, instances: [] };
    case 'renumberImage':
      return record;
    default: {
      const { key: wanted } = edit;
      if (!instances.some(({ key }) => key === wanted)) throw misdirected(wanted, 'is not there');
      if (edit.type === 'renumber') return record;
      if (edit.type === 'remove')
        return { ...record, instances: instances.filter(({ key }) => key !== wanted) };
      const { change } = edit;
      return {
        ...record,
        instances: instances.map((one) => (one.key === wanted ? changed(one, change) : one)),
      };
    }
  }
}

/** A new instance with everything that it left out. */
function instanceOf(added: NewInstance): Instance {
  return { box: boxOfShape(added.shape), crowd: false, extra: {}, ...added };
}

function changed(instance: Instance, change: InstanceChange): Instance {
  const next = { ...instance, ...change };
  const moved = change.shape !== undefined && change.box === undefined;
  return moved ? { ...next, box: boxOfShape(next.shape, instance.box) } : next;
}

function misdirected(key: string, problem: string): CutkitError {
  return new CutkitError(
    'BAD_OPTION',
    `An edit names instance ${key}, which ${problem}.`,
    'Apply edits to the record that they were made on, in their order.',
  );
}
