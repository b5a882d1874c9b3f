import PQueue from 'p-queue';
import { describe, expect, it } from 'vitest';
import { wholeSaves } from '../src/host/document/whole-saves.js';

/** A file that is written in two steps, and what is to be in it. */
function writing(write = async () => {}) {
  const file = { state: 'a', content: '', writes: 0 };
  const save = wholeSaves(
    new PQueue({ concurrency: 1 }),
    () => file.state,
    async () => {
      const { state } = file;
      file.writes++;
      await write();
      file.content = state;
    },
  );
  return { file, save };
}

describe('wholeSaves', () => {
  it('writes once where nothing happens meanwhile, also what was written before', async () => {
    const { file, save } = writing();
    await save();
    await save();
    expect(file).toEqual({ state: 'a', content: 'a', writes: 2 });
  });

  it('ends with what was done while it wrote', async () => {
    const steps = ['b', 'c'];
    const { file, save } = writing(async () => {
      file.state = steps.shift() ?? file.state;
    });
    await save();
    expect(file).toEqual({ state: 'c', content: 'c', writes: 3 });
  });

  it('begins the next save after the last, and after one that failed', async () => {
    let running = 0;
    let fails = true;
    const { file, save } = writing(async () => {
      expect(++running).toBe(1);
      await new Promise((turn) => setTimeout(turn, 1));
      running--;
      if (fails) throw new Error('full disk');
    });
    const first = save();
    const second = first.catch(() => {
      fails = false;
    });
    const third = save();
    await expect(first).rejects.toThrow('full disk');
    await Promise.all([second, third]);
    expect(file.content).toBe('a');
  });
});
