import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { cutkit, PHOTO } from '../support/cutkit.js';
import { useScratch } from '../support/scratch.js';

const scratch = useScratch();
const MODEL = new URL('../../../models/unet-cutout/', import.meta.url);
const run = (...args: string[]) => cutkit(args, { cwd: scratch() });

/** Checks the shape that every failure has: exit code, stable code, its page. */
async function expectFailure(args: string[], exit: number, code: string): Promise<string> {
  const { code: actual, stderr } = await run(...args);
  expect([actual, stderr]).toEqual([exit, expect.stringContaining(`${code} `)]);
  expect(stderr).toContain(`docs/errors/${code}.md`);
  return stderr;
}

describe('a picture that is none', () => {
  it.each([
    ['text', async () => Buffer.from('hello'), 'NOT_AN_IMAGE'],
    ['no bytes', async () => Buffer.alloc(0), 'IMAGE_EMPTY'],
    ['half a photo', async () => (await readFile(PHOTO)).subarray(0, 9000), 'IMAGE_TRUNCATED'],
    ['a decompression bomb', async () => blank(20_000, 6_000), 'IMAGE_TOO_LARGE'],
  ])('%s: one sentence, a code, a cure', async (_, make, code) => {
    await writeFile(scratch('bad.jpg'), await make());
    await expectFailure(['remove', 'bad.jpg'], 1, code);
    expect(await readdir(scratch())).toEqual(['bad.jpg']);
  });

  it('cuts a large picture when the limit is raised', async () => {
    await writeFile(scratch('large.png'), await blank(4_000, 3_000));
    await expectFailure(['remove', 'large.png', '--max-megapixels', '10'], 1, 'IMAGE_TOO_LARGE');
    expect((await run('remove', 'large.png', '--max-megapixels', '12')).code).toBe(0);
  });

  it.each([
    [1, 1],
    [1, 20_000],
  ])('%i×%i is cut like any other', async (width, height) => {
    await writeFile(scratch('odd.png'), await blank(width, height));
    expect((await run('remove', 'odd.png')).code).toBe(0);
    const made = await sharp(scratch('odd.cutout.png')).metadata();
    expect([made.width, made.height]).toEqual([width, height]);
  });
});

describe('a path', () => {
  it('that does not exist, and a directory without pictures', async () => {
    await mkdir(scratch('empty'));
    expect(await expectFailure(['remove', 'none.jpg'], 1, 'INPUT_NOT_FOUND')).toContain('none.jpg');
    expect(await expectFailure(['remove', 'empty'], 1, 'NO_IMAGES')).toContain('empty');
  });

  it.runIf(process.platform === 'linux')('that cannot be read, not even by root', async () => {
    await expectFailure(['remove', '/proc/self/mem', '-o', 'cut.png'], 1, 'INPUT_UNREADABLE');
  });

  it('that is a directory named like a picture holds no pictures', async () => {
    await mkdir(scratch('dir.jpg'));
    await expectFailure(['remove', 'dir.jpg'], 1, 'NO_IMAGES');
  });

  it('that cannot be written', async () => {
    await writeFile(scratch('file'), '');
    await expectFailure(['remove', PHOTO, '-o', 'file/cut.png'], 1, 'OUTPUT_UNWRITABLE');
    await copyFile(PHOTO, scratch('a.jpg'));
    await expectFailure(['remove', PHOTO, 'a.jpg', '-o', 'file/'], 1, 'OUTPUT_UNWRITABLE');
  });

  it.runIf(process.platform === 'linux')('on a full disk', async () => {
    await expectFailure(['remove', PHOTO, '-o', '/dev/full'], 1, 'DISK_FULL');
  });
});

describe('a model', () => {
  it('that is unknown, with the nearest name', async () => {
    const stderr = await expectFailure(['remove', PHOTO, '--model', 'unet-cutuot'], 1, 'MODEL_UNKNOWN');
    expect(stderr).toContain('Did you mean "unet-cutout"?');
  });

  it.each([
    ['a web page', async () => Buffer.from('<!doctype html><title>Not found</title>'), 'MODEL_CORRUPT'],
    ['cut in half', async () => half(await readFile(new URL('model.onnx', MODEL))), 'MODEL_CORRUPT'],
    [
      'of other inputs',
      async () => otherInputs(await readFile(new URL('model.onnx', MODEL))),
      'MODEL_INPUTS',
    ],
  ])('that is %s', async (_, make, code) => {
    await writeFile(scratch('m.onnx'), await make());
    await expectFailure(['remove', PHOTO, '--model', 'm.onnx'], 1, code);
  });

  it('whose manifest is wrong, with the field at fault', async () => {
    const manifest = JSON.parse(await readFile(new URL('model.json', MODEL), 'utf8'));
    manifest.input.width = 'wide';
    await writeFile(scratch('model.json'), JSON.stringify(manifest));
    const stderr = await expectFailure(['remove', PHOTO, '--model', '.'], 1, 'MODEL_MANIFEST');
    expect(stderr).toContain('input.width');
  });

  it('that is not local while fetching is off', async () => {
    const args = ['remove', PHOTO, '--model', 'u2net', '--offline', '--models-dir', 'models'];
    await expectFailure(args, 1, 'MODEL_NOT_LOCAL');
  });

  it('whose bytes are not what was published: both hashes, and nothing is kept', async () => {
    const server = createServer((_, response) => response.end('something else')).listen(0, '127.0.0.1');
    await new Promise((listening) => server.once('listening', listening));
    const { port } = server.address() as AddressInfo;
    await writeManifest([`http://127.0.0.1:${port}/m.onnx`]);
    const stderr = await expectFailure(
      ['remove', PHOTO, '--model', '.', '--models-dir', 'm'],
      1,
      'HASH_MISMATCH',
    );
    server.close();
    expect(stderr.match(/\b[0-9a-f]{64}\b/g)).toHaveLength(2);
    expect(await readdir(scratch('m/mine'))).toEqual([]);
  });

  it('that nobody serves', async () => {
    await writeManifest(['http://127.0.0.1:9/m.onnx']);
    const stderr = await expectFailure(['remove', PHOTO, '--model', '.', '--models-dir', 'm'], 1, 'NETWORK');
    expect(stderr).toContain('127.0.0.1:9');
  });

  it('that was damaged on this machine is told by verify', async () => {
    await mkdir(scratch('models/u2netp'), { recursive: true });
    await writeFile(scratch('models/u2netp/u2netp.onnx'), 'damaged');
    await expectFailure(['models', 'verify', 'u2netp', '--models-dir', 'models'], 1, 'HASH_MISMATCH');
    await expectFailure(['models', 'verify', 'silueta', '--models-dir', 'models'], 1, 'MODEL_NOT_LOCAL');
  });
});

describe('usage', () => {
  it.each([
    [['remove', 'p.jpg', '--modle', 'x'], 'Did you mean --model?'],
    [['remvoe', 'p.jpg'], 'Did you mean remove?'],
    [['remove', 'p.jpg', '--format', 'jpeg'], 'Allowed choices are png, webp'],
    [['remove', 'p.jpg', '--jobs', '0'], 'whole number of at least 1'],
    [['remove'], 'missing required argument'],
    [['remove', PHOTO, '--bg', 'rde'], 'BAD_OPTION'],
    [['remove', PHOTO, '-o', '-', '--json'], 'BAD_OPTION'],
    [['remove', '-', PHOTO], 'BAD_OPTION'],
  ])('%j is wrong, code 2, and told how', async (args, hint) => {
    const { code, stdout, stderr } = await run(...args);
    expect([code, stdout.length, stderr]).toEqual([2, 0, expect.stringContaining(hint)]);
  });
});

/** A model of the user's own that is fetched from `url`. */
async function writeManifest(url: string[]): Promise<void> {
  const manifest = JSON.parse(await readFile(new URL('model.json', MODEL), 'utf8'));
  const files = { model: { url, sha256: '0'.repeat(64) } };
  await writeFile(scratch('model.json'), JSON.stringify({ ...manifest, id: 'mine', files }));
}

function blank(width: number, height: number): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background: '#777' }, limitInputPixels: false })
    .png()
    .toBuffer();
}

function half(bytes: Buffer): Buffer {
  return bytes.subarray(0, bytes.length / 2);
}

/** The model with two channels where it took three, in its declaration only. */
function otherInputs(bytes: Buffer): Buffer {
  const edited = Buffer.from(bytes);
  const dims = Buffer.of(0x0a, 0x02, 0x08, 0x03);
  // The input stands behind the weights.
  edited[edited.lastIndexOf(dims) + 3] = 2;
  return edited;
}
