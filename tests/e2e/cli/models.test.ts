import { mkdir, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { cutkit } from '../support/cutkit.js';
import { useScratch } from '../support/scratch.js';

const scratch = useScratch();

describe('cutkit models', () => {
  it('lists every model with its licence and whether it is here', async () => {
    await mkdir(scratch('models'));
    await writeFile(scratch('models/silueta.onnx'), 'any');
    const { code, stdout } = await cutkit(['models', 'list'], {
      env: { CUTKIT_MODELS_DIR: scratch('models') },
    });
    expect(code).toBe(0);
    const rows = stdout.toString().trim().split('\n');
    expect(rows[0]).toMatch(/^id +size +licence +here$/);
    expect(rows.find((row) => row.startsWith('unet-cutout'))).toMatch(/MB +Apache-2\.0 +embedded$/);
    expect(rows.find((row) => row.startsWith('silueta '))).toMatch(/yes$/);
    expect(rows.find((row) => row.startsWith('bria-rmbg'))).toMatch(/CC-BY-NC-4\.0 +-$/);
    expect(rows.length).toBeGreaterThan(17);
  });

  it('tells what a model is, in words and in JSON', async () => {
    const { stdout } = await cutkit(['models', 'info', 'u2netp']);
    expect(stdout.toString()).toMatch(/^licence .*Apache-2\.0/m);
    const json = await cutkit(['models', 'info', 'u2netp', '--json']);
    expect(JSON.parse(json.stdout.toString())).toMatchObject({ id: 'u2netp', input: { width: 320 } });
  });

  it('needs no pull for the embedded model, and verifies it', async () => {
    const pulled = await cutkit(['models', 'pull', 'unet-cutout']);
    expect([pulled.code, pulled.stdout.toString()]).toEqual([0, expect.stringMatching(/model\.onnx\n$/)]);
    const verified = await cutkit(['models', 'verify', 'unet-cutout']);
    expect([verified.code, verified.stdout.toString()]).toEqual([0, 'unet-cutout: as published\n']);
  });
});
