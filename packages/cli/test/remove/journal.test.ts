import { appendFile, readFile, rm, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { commonDirectory, openJournal } from '../../src/remove/journal.js';
import { useScratch } from '../scratch.js';

const scratch = useScratch();
const job = () => ({ input: scratch.path('a.jpg'), cutout: scratch.path('out/a.png'), mask: undefined });
const open = (options: unknown = { model: 'm' }) => openJournal(scratch.path('out'), options);

/** A batch that finished its one job. */
async function finished(): Promise<void> {
  await scratch.fill('a.jpg', 'out/a.png');
  const journal = await open();
  await journal.begin(job());
  await journal.finish(job());
}

describe('a journal', () => {
  it('calls a job fresh when nothing is there, and foreign what someone else made', async () => {
    await scratch.fill('a.jpg');
    expect(await (await open()).state(job())).toBe('fresh');
    await scratch.fill('out/a.png');
    expect(await (await open()).state(job())).toBe('foreign');
  });

  it('remembers across runs what is done', async () => {
    await finished();
    expect(await (await open()).state(job())).toBe('done');
  });

  it('does again what a kill left half done', async () => {
    await scratch.fill('a.jpg', 'out/a.png');
    await (await open()).begin(job());
    expect(await (await open()).state(job())).toBe('ours');
  });

  it('does again when the input or an option changed, and when an output is gone', async () => {
    await finished();
    expect(await (await open({ model: 'other' })).state(job())).toBe('ours');
    await appendFile(job().input, 'more');
    expect(await (await open()).state(job())).toBe('ours');
    await rm(job().cutout);
    expect(await (await open()).state(job())).toBe('fresh');
  });

  it("leaves alone an output that was edited since: it is the user's now", async () => {
    await finished();
    await writeFile(job().cutout, 'retouched by hand');
    expect(await (await open()).state(job())).toBe('foreign');
    expect(await (await open({ model: 'other' })).state(job())).toBe('foreign');
  });

  it('survives a line that a kill cut short', async () => {
    await finished();
    const file = scratch.path('out/.cutkit-batch.jsonl');
    const text = await readFile(file, 'utf8');
    await writeFile(file, `${text}\n{"output":"b.p`);
    const journal = await open();
    expect(await journal.state(job())).toBe('done');
    const second = { ...job(), cutout: scratch.path('out/b.png') };
    await scratch.fill('out/b.png');
    await journal.begin(second);
    await journal.finish(second);
    expect(await (await open()).state(second)).toBe('done');
  });
});

describe('commonDirectory', () => {
  it('is the deepest that holds all', () => {
    expect(commonDirectory(['/a/b/c/x.png', '/a/b/d/y.png'])).toBe('/a/b');
    expect(commonDirectory(['/a/b/x.png'])).toBe('/a/b');
  });
});
