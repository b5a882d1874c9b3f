import { CutkitError } from '@cutkit/core';
import { boxOfShape } from '../geometry/instance-pixels.js';
import type { Edit, InstanceChange, NewInstance } from '../model/edit.js';
import type { ImageRecord, Instance } from '../model/record.js';

/**
 * The record as it will be after the edits that concern its image, in their order. Instances that no edit touches are
 * the same objects, so a drawing of them can be kept. Throws `BAD_OPTION` for an edit of an instance that is not there.
 */
export function applyEdits(record: ImageRecord, edits: readonly Edit[]): ImageRecord {
  let instances = [...record.instances];
  for (const edit of edits) {
    if (!('image' in edit) || edit.image !== record.index) continue;
    if (edit.type === 'add') {
      if (instances.some(({ key }) => key === edit.instance.key))
        throw misdirected(edit.instance.key, 'is there already');
      instances.push(instanceOf(edit.instance));
      continue;
    }
    if (!instances.some(({ key }) => key === edit.key)) throw misdirected(edit.key, 'is not there');
    instances =
      edit.type === 'remove'
        ? instances.filter(({ key }) => key !== edit.key)
        : instances.map((one) => (one.key === edit.key ? changed(one, edit.change) : one));
  }
  return { ...record, instances };
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
