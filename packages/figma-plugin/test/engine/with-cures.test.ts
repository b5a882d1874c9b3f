import { CutkitError } from '@cutkit/core';
import { describe, expect, it } from 'vitest';
import type { EngineApi } from '../../src/engine/engine-api.js';
import { withCures } from '../../src/engine/with-cures.js';

describe('withCures', () => {
  const stopped = new Error('Cancelled.');
  const engine = withCures({
    ping: () => 'pong',
    open: async () => {
      throw new CutkitError('IMAGE_EMPTY', 'The file holds no bytes.', 'Choose another copy.');
    },
    matte: async () => {
      throw stopped;
    },
  } as unknown as EngineApi);

  it('says the cure with the cause', async () => {
    await expect(engine.open('a', new Uint8Array())).rejects.toThrow(
      'The file holds no bytes. Choose another copy.',
    );
  });

  it('lets all else through', async () => {
    expect(await engine.ping()).toBe('pong');
    await expect(engine.matte('a', () => {})).rejects.toBe(stopped);
  });
});
