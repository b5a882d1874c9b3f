import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FileChange, Splice } from '../../src/model/change.js';
import { invertChange } from '../../src/text/invert-change.js';
import { memoryFiles } from '../support/memory-files.js';

const PATH = '/d/a.bin';

/** Carries a change out and takes it back. */
async function thereAndBack(content: Uint8Array | undefined, change: (base: object) => FileChange) {
  const fs = memoryFiles(content ? { [PATH]: content } : {});
  const made = change((await fs.stat(PATH))!);
  const inversion = await invertChange(fs, made);
  fs.apply([made]);
  const between = fs.files.get(PATH);
  fs.apply([inversion(await fs.stat(PATH))]);
  return { between, after: fs.files.get(PATH) };
}

/** Ranges in order that do not touch, from any numbers. */
function splicesOf(cuts: readonly number[], size: number, bytes: Uint8Array): Splice[] {
  const sorted = [...new Set(cuts.map((cut) => cut % (size + 1)))].sort((a, b) => a - b);
  const splices: Splice[] = [];
  for (let i = 0; i + 1 < sorted.length; i += 2)
    splices.push({ start: sorted[i]!, end: sorted[i + 1]!, bytes: bytes.subarray(0, i) });
  return splices;
}

describe('a change that is taken back', () => {
  it('leaves no byte behind', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 60 }),
        fc.array(fc.nat(100), { maxLength: 10 }),
        fc.uint8Array({ minLength: 10, maxLength: 10 }),
        async (content, cuts, bytes) => {
          const splices = splicesOf(cuts, content.length, bytes);
          const change = (base: object) => ({ type: 'splice', path: PATH, base, splices }) as FileChange;
          expect((await thereAndBack(content, change)).after).toEqual(content);
        },
      ),
    );
  });

  it('brings a file back that went, or was written anew, and takes a new one away', async () => {
    const content = Uint8Array.of(1, 2, 3);
    const gone = await thereAndBack(content, (base) => ({ type: 'delete', path: PATH, base }) as FileChange);
    expect(gone).toEqual({ between: undefined, after: content });
    const bytes = Uint8Array.of(9);
    const rewritten = await thereAndBack(
      content,
      (base) => ({ type: 'write', path: PATH, base, bytes }) as FileChange,
    );
    expect(rewritten).toEqual({ between: bytes, after: content });
    expect(
      (await thereAndBack(undefined, () => ({ type: 'write', path: PATH, bytes }))).after,
    ).toBeUndefined();
  });
});
