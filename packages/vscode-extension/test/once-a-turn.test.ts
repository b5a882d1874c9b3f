import { expect, it } from 'vitest';
import { onceATurn } from '../src/webview/shared/once-a-turn.js';

it('does its work once for all calls of a turn, and again in the next, also where the work itself calls', async () => {
  let done = 0;
  const ask = onceATurn(() => {
    if (++done === 2) ask();
  });
  ask();
  ask();
  expect(done).toBe(0);
  await null;
  expect(done).toBe(1);
  ask();
  await null;
  await null;
  expect(done).toBe(3);
});
