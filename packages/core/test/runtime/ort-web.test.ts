import * as ort from 'onnxruntime-web';
import { describe, expect, it } from 'vitest';
import { ortWeb } from '../../src/runtime/ort-web.js';
import type { Session } from '../../src/runtime/session.js';
import { addModel } from '../support/add-model.js';

const open = ortWeb(async () => ort, 'wasm');

/** What the network makes of `value`: twice as much. */
async function twice(session: Session, value: number): Promise<number> {
  const { y } = await session.run({ x: { type: 'float32', dims: [1], data: Float32Array.of(value) } });
  return Number(y!.data[0]);
}

describe('ortWeb', () => {
  it('answers runs that overlap, however many steps lie between their starts', async () => {
    const [first, second] = await Promise.all([open(addModel(), {}), open(addModel(), {})]);
    for (let steps = 0; steps < 16; steps++) {
      const early = twice(first, steps);
      for (let i = 0; i < steps; i++) await undefined;
      const late = [twice(first, 100), twice(second, 200)];
      expect(await Promise.all([early, ...late])).toEqual([2 * steps, 200, 400]);
    }
    await Promise.all([first.dispose(), second.dispose()]);
  });

  it('goes on after a run that fails', async () => {
    const session = await open(addModel(), {});
    const failing = session.run({ z: { type: 'float32', dims: [1], data: Float32Array.of(1) } });
    const next = twice(session, 4);
    await expect(failing).rejects.toThrow(/x/);
    expect(await next).toBe(8);
  });
});
