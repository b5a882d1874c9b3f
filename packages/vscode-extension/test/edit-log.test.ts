import { describe, expect, it } from 'vitest';
import { EditLog } from '../src/host/document/edit-log.js';

const entry = (name: string) => ({ label: name, edits: [{ type: 'addClass' as const, name }] });
const names = (log: EditLog) => log.edits.map((edit) => (edit.type === 'addClass' ? edit.name : ''));

describe('EditLog', () => {
  it('takes back the last entry, and puts it in force again', () => {
    const log = new EditLog();
    log.push(entry('a'));
    log.push(entry('b'));
    expect(log.undo()?.label).toBe('b');
    expect(names(log)).toEqual(['a']);
    expect(log.redo()?.label).toBe('b');
    expect(names(log)).toEqual(['a', 'b']);
  });

  it('does nothing at its ends', () => {
    const log = new EditLog();
    expect(log.undo()).toBeUndefined();
    expect(log.redo()).toBeUndefined();
    expect(log.position).toBe(0);
  });

  it('forgets what was undone once something new is done', () => {
    const log = new EditLog();
    log.push(entry('a'));
    log.undo();
    log.push(entry('b'));
    expect(log.redo()).toBeUndefined();
    expect(names(log)).toEqual(['b']);
  });

  it('is the same after a round trip through JSON', () => {
    const log = new EditLog();
    log.push(entry('a'));
    log.push(entry('b'));
    log.undo();
    const copy = new EditLog(JSON.parse(JSON.stringify(log.save())));
    expect(names(copy)).toEqual(['a']);
    expect(copy.redo()?.label).toBe('b');
  });
});
