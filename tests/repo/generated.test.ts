import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { pictures } from '../../scripts/readme-pictures.mjs';
import { withTable } from '../../scripts/readme-table.mjs';
import { promptPictures } from '../../scripts/segment-anything-pictures.mjs';

const ROOT = new URL('../../', import.meta.url);

describe('generated files (mend with `npm run generate`)', () => {
  it.each([
    ['the catalogue is what the manifests say', 'catalogue'],
    ['files that share a trunk are taken apart as they are', 'derived'],
  ])('%s', (_, name) => {
    const script = fileURLToPath(new URL(`scripts/generate-${name}.mjs`, ROOT));
    expect(() => execFileSync(process.execPath, [script, '--check'], { stdio: 'pipe' })).not.toThrow();
  });

  it("README's model table is what the manifests say", () => {
    const readme = readFileSync(new URL('README.md', ROOT), 'utf8');
    expect(withTable(readme)).toBe(readme);
  });

  it("README's pictures are what the pipeline makes", async () => {
    for (const [name, bytes] of Object.entries(await pictures())) await expectKept(name, bytes);
  });

  it("the guide's clicks and boxes are what the embedded network answers", async () => {
    for (const [name, { bytes }] of Object.entries<{ bytes: Uint8Array }>(await promptPictures()))
      await expectKept(`segment-anything/${name}.jpg`, bytes);
  }, 120_000);
});

async function expectKept(name: string, bytes: Uint8Array): Promise<void> {
  const kept = await sharp(readFileSync(new URL(`docs/images/${name}`, ROOT)))
    .raw()
    .toBuffer();
  const made = await sharp(bytes).raw().toBuffer();
  expect(made.length).toBe(kept.length);
  const difference = made.reduce((sum, value, i) => sum + Math.abs(value - (kept[i] ?? 0)), 0) / made.length;
  expect(difference).toBeLessThan(1);
}
