import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findManifest, loadModel, type Manifest, type Progress, pull } from '../../src/index.js';
import { nodeModelStore } from '../../src/platform/node/model-store.js';
import { type FaultServer, serveFaults } from '../support/fault-server.js';

const CONTENT = Uint8Array.from({ length: 300_000 }, (_, i) => (i * 31 + (i >> 8)) & 255);
const SHA256 = createHash('sha256').update(CONTENT).digest('hex');
const FAST = { retryDelay: 1 };

let directory: string;
let server: FaultServer;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'cutkit-models-'));
  server = await serveFaults(CONTENT);
});

afterEach(async () => {
  await server.close();
  await rm(directory, { recursive: true });
});

function manifestOf(url: string, facts: object = { bytes: CONTENT.length, sha256: SHA256 }): Manifest {
  return { ...findManifest('u2netp'), id: 'toy', files: { model: { url: [url], ...facts } } };
}

const file = () => join(directory, 'toy', 'model.onnx');

async function expectComplete(): Promise<void> {
  expect(Buffer.compare(await readFile(file()), CONTENT)).toBe(0);
  expect(await readdir(join(directory, 'toy'))).toEqual(['model.onnx']);
}

describe('a pull', () => {
  it('streams a file under its final name and reports every byte', async () => {
    const seen: Progress[] = [];
    await pull(manifestOf(server.url), nodeModelStore(directory), {
      onProgress: (progress) => seen.push(progress),
    });
    await expectComplete();
    expect(seen.at(-1)).toEqual({ stage: 'download', done: CONTENT.length, total: CONTENT.length });
  });

  it('goes on where a dropped connection stopped', async () => {
    server.faults.push({ kind: 'drop', after: 100_000 });
    await pull(manifestOf(server.url), nodeModelStore(directory), FAST);
    await expectComplete();
    expect(server.ranges[1]).toMatch(/^bytes=[1-9]\d*-$/);
  });

  it('goes on in a later run where an earlier one gave up', async () => {
    server.faults.push({ kind: 'drop', after: 100_000 });
    const store = nodeModelStore(directory);
    await expect(pull(manifestOf(server.url), store, { ...FAST, retries: 0 })).rejects.toMatchObject({
      code: 'NETWORK',
    });
    expect(existsSync(file())).toBe(false);
    await pull(manifestOf(server.url), store, FAST);
    await expectComplete();
    expect(server.ranges[1]).toMatch(/^bytes=[1-9]\d*-$/);
  });

  it('starts anew where ranges are not supported', async () => {
    await server.close();
    server = await serveFaults(CONTENT, { ranges: false });
    server.faults.push({ kind: 'drop', after: 100_000 });
    await pull(manifestOf(server.url), nodeModelStore(directory), FAST);
    await expectComplete();
  });

  it('notices an answer that ends early, and asks for the rest', async () => {
    server.faults.push({ kind: 'short', length: 1000 });
    await pull(manifestOf(server.url), nodeModelStore(directory), FAST);
    await expectComplete();
    expect(server.ranges).toEqual(['', 'bytes=1000-']);
  });

  it('asks again after 500 and 429', async () => {
    server.faults.push({ kind: 'status', status: 500 }, { kind: 'status', status: 429 });
    await pull(manifestOf(server.url), nodeModelStore(directory), FAST);
    await expectComplete();
    expect(server.ranges).toHaveLength(3);
  });

  it('does not insist on 404, and names the address and the status', async () => {
    server.faults.push({ kind: 'status', status: 404 });
    await expect(pull(manifestOf(server.url), nodeModelStore(directory), FAST)).rejects.toMatchObject({
      code: 'NETWORK',
      message: expect.stringContaining(`${server.url}: status 404`),
    });
    expect(server.ranges).toHaveLength(1);
  });

  it('remembers no failure: the next call fetches', async () => {
    server.faults.push({ kind: 'status', status: 404 });
    const store = nodeModelStore(directory);
    await expect(loadModel(manifestOf(server.url), store, FAST)).rejects.toMatchObject({ code: 'NETWORK' });
    expect(await loadModel(manifestOf(server.url), store, FAST)).toHaveLength(CONTENT.length);
  });

  it.each([
    ['SHA-256', { bytes: CONTENT.length, sha256: '0'.repeat(64) }, SHA256],
    ['MD5', { md5: '0'.repeat(32) }, createHash('md5').update(CONTENT).digest('hex')],
  ])('refuses a wrong %s with both hashes, and keeps nothing', async (_, facts, actual) => {
    const failure = pull(manifestOf(server.url, facts), nodeModelStore(directory), FAST);
    await expect(failure).rejects.toMatchObject({ code: 'HASH_MISMATCH' });
    await expect(failure).rejects.toThrow(actual);
    await expect(failure).rejects.toThrow('000000');
    expect(await readdir(join(directory, 'toy'))).toEqual([]);
  });

  it('asks the mirror first, then the publisher', async () => {
    const mirror = await serveFaults(CONTENT);
    mirror.faults.push({ kind: 'status', status: 404 });
    const baseUrl = mirror.url.replace('/model.onnx', '/');
    await pull(manifestOf(server.url), nodeModelStore(directory), { ...FAST, baseUrl });
    await expectComplete();
    expect([mirror.ranges.length, server.ranges.length]).toEqual([1, 1]);
    await mirror.close();
  });

  it('stops at once when it is aborted, even while the server says nothing', async () => {
    server.faults.push({ kind: 'stall' });
    const signal = AbortSignal.timeout(50);
    await expect(
      pull(manifestOf(server.url), nodeModelStore(directory), { ...FAST, signal }),
    ).rejects.toThrow(/timeout/i);
  });

  it('takes over the lock of a process that died', async () => {
    await mkdir(`${file()}.lock`, { recursive: true });
    await utimes(`${file()}.lock`, 0, 0);
    await pull(manifestOf(server.url), nodeModelStore(directory), FAST);
    await expectComplete();
  });

  it('lets two processes pull the same file without harm', async () => {
    const store = nodeModelStore(directory);
    await Promise.all([
      loadModel(manifestOf(server.url), store, FAST),
      loadModel(manifestOf(server.url), store, FAST),
    ]);
    await expectComplete();
  });
});

describe('without a network', () => {
  it('reads what is there, also a flat folder of <id>.onnx', async () => {
    await writeFile(join(directory, 'toy.onnx'), CONTENT);
    const store = nodeModelStore(directory);
    expect(await loadModel(manifestOf(server.url), store, { offline: true })).toHaveLength(CONTENT.length);
  });

  it('says how to get what is not there', async () => {
    const load = loadModel(manifestOf(server.url), nodeModelStore(directory), { offline: true });
    await expect(load).rejects.toMatchObject({ code: 'MODEL_NOT_LOCAL' });
    expect(server.ranges).toEqual([]);
  });

  it('says NETWORK when nobody answers', async () => {
    await server.close();
    const load = loadModel(manifestOf(server.url), nodeModelStore(directory), { retries: 0 });
    await expect(load).rejects.toMatchObject({ code: 'NETWORK' });
    server = await serveFaults(CONTENT);
  });
});
