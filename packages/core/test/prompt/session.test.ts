import { describe, expect, it } from 'vitest';
import { type ClickPoint, createPromptSession, type Prompt } from '../../src/index.js';

const at = (x: number, label: 0 | 1 = 1): ClickPoint => ({ x, y: 0, label });

/** Answers name what was asked; each waits until it is let go, newest last. */
function fakeSource(immediate = true) {
  const asked: { prompt: Prompt; multimask: boolean }[] = [];
  const gates: (() => void)[] = [];
  const source = {
    async predict(prompt: Prompt, { multimask }: { multimask: boolean }) {
      asked.push({ prompt, multimask });
      if (!immediate) await new Promise<void>((open) => gates.push(open));
      const name = prompt.points?.map(({ x }) => x).join('+') ?? '';
      const count = multimask ? 3 : 1;
      return Array.from({ length: count }, (_, i) => ({
        name: `${name}#${i}`,
        score: 1 - i / 10,
        logits: Float32Array.of(asked.length, i),
      }));
    },
  };
  return { source, asked, gates };
}

describe('a prompt session', () => {
  it('asks for candidates at the first click, and then refines the chosen one', async () => {
    const { source, asked } = fakeSource();
    const session = createPromptSession(source);
    await session.addPoint(at(1));
    expect(session.answers.map(({ name }) => name)).toEqual(['1#0', '1#1', '1#2']);
    session.nextCandidate();
    expect(session.chosen?.name).toBe('1#1');
    await session.addPoint(at(2, 0));
    expect(asked[1]).toMatchObject({ multimask: false, prompt: { points: [at(1), at(2, 0)] } });
    expect([...asked[1]!.prompt.mask!]).toEqual([1, 1]);
  });

  it('goes back and forth without asking again, choice and all', async () => {
    const { source, asked } = fakeSource();
    const session = createPromptSession(source);
    await session.addPoint(at(1));
    session.nextCandidate();
    await session.addPoint(at(2));
    await session.undo();
    expect([session.chosen?.name, session.canUndo, session.canRedo]).toEqual(['1#1', true, true]);
    await session.redo();
    expect(session.chosen?.name).toBe('1+2#0');
    expect(asked).toHaveLength(2);
    await session.undo();
    await session.addPoint(at(3));
    expect([session.chosen?.name, session.canRedo]).toEqual(['1+3#0', false]);
  });

  it('removes points and boxes, and asks anew without the old answer', async () => {
    const { source, asked } = fakeSource();
    const session = createPromptSession(source);
    await session.addPoint(at(1));
    await session.addPoint(at(2));
    await session.removePoint(0);
    expect(session.state.points).toEqual([at(2)]);
    expect(asked.at(-1)).toMatchObject({ multimask: true, prompt: { mask: undefined } });
    await session.setBox([0, 0, 5, 5]);
    expect(asked.at(-1)).toMatchObject({ multimask: false, prompt: { box: [0, 0, 5, 5] } });
    await session.clear();
    expect([session.answers, session.chosen]).toEqual([[], undefined]);
    expect(asked).toHaveLength(4);
  });

  it('shows no answer that a later edit overtook, and keeps it for undo', async () => {
    const { source, gates } = fakeSource(false);
    const session = createPromptSession(source);
    const [first, second] = [session.addPoint(at(1)), session.addPoint(at(2))];
    gates[1]!();
    await second;
    expect(session.chosen?.name).toBe('1+2#0');
    gates[0]!();
    await first;
    expect(session.chosen?.name).toBe('1+2#0');
    await session.undo();
    expect(session.chosen?.name).toBe('1#0');
  });

  it('keeps only the newest hover that has to wait', async () => {
    const { source, asked, gates } = fakeSource(false);
    const session = createPromptSession(source);
    const hovers = [10, 11, 12].map((x) => session.preview(at(x)));
    gates[0]!();
    expect((await hovers[0])?.name).toBe('10#0');
    expect(await hovers[1]).toBeUndefined();
    gates[1]!();
    expect((await hovers[2])?.name).toBe('12#0');
    expect(asked).toHaveLength(2);
    expect(session.state.points).toEqual([]);
  });

  it('survives an error: the next edit works', async () => {
    const { source } = fakeSource();
    let fail = true;
    const session = createPromptSession({
      predict: (prompt: Prompt, options: { multimask: boolean }) =>
        fail ? Promise.reject(new Error('no')) : source.predict(prompt, options),
    });
    await expect(session.addPoint(at(1))).rejects.toThrow('no');
    fail = false;
    await session.addPoint(at(2));
    expect(session.chosen?.name).toBe('1+2#0');
  });

  it('softens the chosen answer once, and drops what a later edit overtook', async () => {
    const { source } = fakeSource();
    const softened: string[] = [];
    const gates: (() => void)[] = [];
    const session = createPromptSession({
      ...source,
      async soften({ name }: { name: string; score: number; logits: Float32Array }) {
        softened.push(name);
        await new Promise<void>((open) => gates.push(open));
        return { width: 1, height: 1, channels: 1 as const, data: Uint8Array.of(softened.length) };
      },
    });
    expect(await session.soft()).toBeUndefined();
    await session.addPoint(at(1));
    const [first, again] = [session.soft(), session.soft()];
    gates[0]!();
    expect([(await first)?.data[0], (await again)?.data[0]]).toEqual([1, 1]);
    session.nextCandidate();
    const late = session.soft();
    await session.addPoint(at(2));
    gates[1]!();
    expect(await late).toBeUndefined();
    expect(softened).toEqual(['1#0', '1#1']);
  });

  it('tells its listeners, and comes back from plain data', async () => {
    const { source } = fakeSource();
    const session = createPromptSession(source);
    let told = 0;
    const stop = session.subscribe(() => told++);
    await session.addPoint(at(1));
    expect(told).toBe(2);
    stop();
    await session.addPoint(at(2));
    await session.undo();
    expect(told).toBe(2);
    const again = createPromptSession(source, JSON.parse(JSON.stringify(session.save())));
    expect(again.state.points).toEqual([at(1)]);
    await again.redo();
    expect(again.chosen?.name).toBe('1+2#0');
  });
});
