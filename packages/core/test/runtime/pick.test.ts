import { describe, expect, it } from 'vitest';
import { CutkitError } from '../../src/errors.js';
import { type Candidate, pick } from '../../src/runtime/pick.js';
import type { Session } from '../../src/runtime/session.js';

const MODEL = new Uint8Array([1]);

function works(backend: Session['backend']): Candidate {
  const session: Session = {
    backend,
    inputs: [],
    outputs: [],
    run: async () => ({}),
    dispose: async () => {},
  };
  return { backend, open: async () => session };
}

function fails(backend: Session['backend'], error: Error): Candidate {
  return { backend, open: () => Promise.reject(error) };
}

describe('pick', () => {
  it('opens the first backend that starts and stays silent', async () => {
    const notices: string[] = [];
    const session = await pick([works('native'), works('wasm')], MODEL, {}, (text) => notices.push(text));
    expect(session.backend).toBe('native');
    expect(notices).toEqual([]);
  });

  it('falls back with one notice that says why', async () => {
    const notices: string[] = [];
    const broken = fails('native', new Error("Cannot find package 'onnxruntime-node'\nstack"));
    const session = await pick([broken, works('wasm')], MODEL, {}, (text) => notices.push(text));
    expect(session.backend).toBe('wasm');
    expect(notices).toEqual([
      "native backend did not start (Cannot find package 'onnxruntime-node'); using wasm instead.",
    ]);
  });

  it('lists every failure when none starts', async () => {
    const attempt = pick(
      [fails('native', new Error('no library')), fails('wasm', new Error('no memory'))],
      MODEL,
      {},
    );
    await expect(attempt).rejects.toMatchObject({
      code: 'BACKEND_UNAVAILABLE',
      message: expect.stringMatching(/native.*no library.*wasm.*no memory/),
    });
  });

  it('does not try a damaged model twice', async () => {
    const damaged = new CutkitError('MODEL_CORRUPT', 'Damaged.', 'Pull it again.');
    await expect(pick([fails('native', damaged), works('wasm')], MODEL, {})).rejects.toBe(damaged);
  });
});
