import type { ImageRecord } from '@cutkit/datasets';
import { describe, expect, it } from 'vitest';
import { EditedRecord } from '../src/host/document/edited-record.js';

const shape = { kind: 'polygons', parts: [] } as const;
const add = (key: string) => ({
  label: `Add ${key}`,
  edits: [{ type: 'add' as const, image: 0, instance: { key, classIndex: 0, shape } }],
});
const BASE: ImageRecord = {
  index: 0,
  name: 'photo.jpg',
  width: 9,
  height: 9,
  instances: [],
  files: [],
  extra: {},
};
const keys = ({ now }: EditedRecord) => now.instances.map(({ key }) => key);

describe('EditedRecord', () => {
  it('is as its edits in force leave it', () => {
    const record = new EditedRecord(BASE);
    record.push(add('a'));
    record.push(add('b'));
    expect(keys(record)).toEqual(['a', 'b']);
    record.undo();
    expect(keys(record)).toEqual(['a']);
    record.redo();
    expect(keys(record)).toEqual(['a', 'b']);
    expect(record.base).toBe(BASE);
  });

  it('forgets what was undone once something new is done', () => {
    const record = new EditedRecord(BASE);
    record.push(add('a'));
    record.undo();
    record.push(add('b'));
    record.redo();
    expect(keys(record)).toEqual(['b']);
  });

  it('is the same after its log was replayed, undone steps included', () => {
    const record = new EditedRecord(BASE);
    record.push(add('a'));
    record.push({ label: 'Class', edits: [{ type: 'addClass', name: 'cat' }] });
    record.push(add('b'));
    record.undo();
    const copy = new EditedRecord(BASE);
    copy.replay(JSON.parse(JSON.stringify(record.save())));
    expect(keys(copy)).toEqual(['a']);
    expect(copy.addedClasses).toEqual(['cat']);
    copy.redo();
    expect(keys(copy)).toEqual(['a', 'b']);
  });
});
