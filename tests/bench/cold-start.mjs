import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CLI, median, spawn, time } from './support.mjs';

const SAMPLE = fileURLToPath(new URL('../../packages/cli/sample/photo.jpg', import.meta.url));

/** From starting the process to the finished file, with the embedded model. */
export async function coldStart() {
  const out = mkdtempSync(join(tmpdir(), 'cutkit-cold-'));
  const result = {};
  for (const backend of ['native', 'wasm']) {
    const runs = [];
    for (let i = 0; i < 5; i++) {
      const target = join(out, `${backend}-${i}.png`);
      runs.push(
        await time(() =>
          spawn(process.execPath, [CLI, 'remove', SAMPLE, '-o', target, '--backend', backend]),
        ),
      );
    }
    result[`${backend}_ms`] = Math.round(median(runs));
  }
  return { ...result, target_native_ms: 2500, target_wasm_ms: 5000 };
}
