import { describe, expect, it } from 'vitest';
import { RequestQueue } from '../src/webview/gallery/request-queue.js';

/** Work that ends when it is told to. */
function gate() {
  let end = () => {};
  const promise = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { work: () => promise, end };
}

describe('RequestQueue', () => {
  it('never has more than eight under way', async () => {
    const queue = new RequestQueue();
    let most = 0;
    const done = Array.from(
      { length: 100 },
      (_, key) =>
        new Promise<void>((resolve) =>
          queue.add(key, async () => {
            most = Math.max(most, queue.running);
            await Promise.resolve();
            resolve();
          }),
        ),
    );
    await Promise.all(done);
    expect(most).toBe(8);
  });

  it('starts nothing for what was scrolled away, and the newest first', async () => {
    const queue = new RequestQueue();
    const gates = Array.from({ length: 8 }, gate);
    for (const [key, { work }] of gates.entries()) queue.add(key, work);
    const started: number[] = [];
    for (const key of [20, 21, 22]) queue.add(key, async () => void started.push(key));
    queue.keep((key) => key !== 21);
    for (const { end } of gates) end();
    await expect.poll(() => started).toEqual([22, 20]);
  });

  it('begins fewer while it is restricted, and the rest afterwards', async () => {
    const queue = new RequestQueue();
    queue.restrict(2);
    const gates = Array.from({ length: 5 }, gate);
    for (const [key, { work }] of gates.entries()) queue.add(key, work);
    expect(queue.running).toBe(2);
    queue.restrict();
    expect(queue.running).toBe(5);
  });

  it('asks once for what waits or runs', () => {
    const queue = new RequestQueue();
    queue.add(1, gate().work);
    queue.add(1, () => Promise.reject(new Error('asked twice')));
    expect(queue.running).toBe(1);
  });
});
