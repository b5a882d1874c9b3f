import type { Instance } from '@cutkit/datasets';
import { describe, expect, it } from 'vitest';
import { type FileState, planSave } from '../src/host/document/plan-save.js';

const instance = (key: string, classIndex = 0): Instance => ({
  key,
  classIndex,
  shape: { kind: 'box' },
  box: [0, 0, 1, 1],
  crowd: false,
  extra: {},
});
const cat = { index: 0, id: 1, name: 'cat' };
const dog = { index: 1, id: 2, name: 'dog' };
const file = (instances: readonly Instance[], more: Partial<FileState> = {}): FileState => ({
  image: 3,
  classes: [cat, dog],
  instances,
  keys: new Map(),
  ...more,
});

describe('planSave', () => {
  it('does nothing where nothing changed', () => {
    const kept = [instance('a'), instance('b')];
    expect(planSave(file(kept), { classes: [cat, dog], instances: kept })).toEqual([]);
  });

  it('removes, changes and adds, in that order', () => {
    const [a, b] = [instance('a'), instance('b')];
    const edits = planSave(file([a, b]), {
      classes: [cat, dog],
      instances: [{ ...b, classIndex: 1 }, instance('c')],
    });
    expect(edits.map((edit) => edit.type)).toEqual(['remove', 'change', 'add']);
    expect(edits[1]).toEqual({ type: 'change', image: 3, key: 'b', change: { classIndex: 1 } });
  });

  it('names instances as the file does', () => {
    const a = instance('mine');
    const edits = planSave(file([a], { keys: new Map([['mine', 'theirs']]) }), {
      classes: [cat],
      instances: [],
    });
    expect(edits).toEqual([{ type: 'remove', image: 3, key: 'theirs' }]);
  });

  it('adds classes that the file lacks, only when they are used, and maps the others by name', () => {
    const bird = { index: 2, id: 'bird', name: 'bird' };
    const fish = { index: 3, id: 'fish', name: 'fish' };
    const swapped = file([], {
      classes: [
        { ...dog, index: 0 },
        { ...cat, index: 1 },
      ],
    });
    const edits = planSave(swapped, {
      classes: [cat, dog, bird, fish],
      instances: [instance('a', 0), instance('b', 2)],
    });
    expect(edits[0]).toEqual({ type: 'addClass', name: 'bird' });
    expect(edits.slice(1).map((edit) => edit.type === 'add' && edit.instance.classIndex)).toEqual([1, 2]);
  });
});
