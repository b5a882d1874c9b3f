import { describe, expect, it } from 'vitest';
import { createRaster, createRemover, findManifest, type Progress, type Session } from '../src/index.js';

const MANIFEST = findManifest('u2netp');
const SIDE = MANIFEST.input.width;

/** A network that gives `predict(x, y)`, 0–1, whatever it sees; remembers the last thing it was fed. */
function fakeSession(predict: (x: number, y: number) => number) {
  const state = { disposed: 0, fed: undefined as Float32Array | undefined };
  const dims = [1, 1, SIDE, SIDE];
  const session: Session = {
    backend: 'wasm',
    inputs: [{ name: 'input', type: 'float32', dims: [1, 3, SIDE, SIDE] }],
    outputs: [{ name: 'alpha', type: 'float32', dims }],
    async run(feeds) {
      state.fed = feeds['input']?.data as Float32Array;
      const data = Float32Array.from({ length: SIDE * SIDE }, (_, i) =>
        predict(i % SIDE, Math.floor(i / SIDE)),
      );
      return { alpha: { type: 'float32', dims, data } };
    },
    async dispose() {
      state.disposed++;
    },
  };
  return { session, state };
}

const disc = (x: number, y: number) => (Math.hypot(x - SIDE / 2, y - SIDE / 2) < SIDE / 4 ? 0.95 : 0.05);

function photo(channels: 3 | 4 = 3) {
  const image = createRaster(120, 90, channels);
  image.data.fill(128);
  return image;
}

describe('a remover', () => {
  it('cuts at full size, with timings and a verdict', async () => {
    const { alpha, cutout, assessment, timings } = await createRemover(
      fakeSession(disc).session,
      MANIFEST,
    ).remove(photo());
    expect([alpha.width, alpha.height, cutout.width, cutout.height]).toEqual([120, 90, 120, 90]);
    expect([alpha.data[45 * 120 + 60], alpha.data[0]]).toEqual([255, 0]);
    expect(assessment.verdict).toBe('found');
    expect(Object.keys(timings)).toEqual(['resize', 'network', 'upsample', 'colour']);
  });

  it('does not stretch noise into a subject', async () => {
    const noise = (x: number, y: number) => ((x * 31 + y * 17) % 100) / 1000;
    const { alpha, assessment } = await createRemover(fakeSession(noise).session, MANIFEST).remove(photo());
    expect(assessment.verdict).toBe('empty');
    expect(Math.max(...alpha.data)).toBeLessThan(30);
  });

  it("multiplies the picture's own transparency in", async () => {
    const image = photo(4);
    image.data.fill(255);
    for (let y = 0; y < 45; y++) for (let x = 0; x < 120; x++) image.data[(y * 120 + x) * 4 + 3] = 0;
    const { alpha } = await createRemover(fakeSession(disc).session, MANIFEST).remove(image);
    expect([alpha.data[40 * 120 + 60], alpha.data[50 * 120 + 60]]).toEqual([0, 255]);
  });

  it('feeds the network what it is told to', async () => {
    const { session, state } = fakeSession(disc);
    const white = createRaster(120, 90, 3);
    white.data.fill(255);
    await createRemover(session, MANIFEST).remove(photo(), { network: white });
    const [r = 0, g = 0] = [state.fed?.[0], state.fed?.[SIDE * SIDE]];
    expect(r).toBeCloseTo((1 - 0.485) / 0.229, 5);
    expect(g).toBeCloseTo((1 - 0.456) / 0.224, 5);
  });

  it('takes the mean of the picture and its mirror image when asked to', async () => {
    // Whatever it sees, this network finds something at the left.
    const left = (x: number) => (x < SIDE / 4 ? 0.95 : 0.05);
    const { alpha } = await createRemover(fakeSession(left).session, MANIFEST).remove(photo(), {
      flip: true,
    });
    const row = [5, 60, 115].map((x) => alpha.data[45 * 120 + x]);
    expect(row).toEqual([255, 0, 255]);
  });

  it('lays a background, and leaves colours alone when asked to', async () => {
    const remover = createRemover(fakeSession(disc).session, MANIFEST);
    const { cutout } = await remover.remove(photo(), { background: [255, 0, 0, 255] });
    expect([cutout.channels, ...cutout.data.slice(0, 3)]).toEqual([3, 255, 0, 0]);
    const plain = await remover.remove(photo(), { decontaminate: false });
    expect([...plain.cutout.data.slice((45 * 120 + 60) * 4, (45 * 120 + 60) * 4 + 4)]).toEqual([
      128, 128, 128, 255,
    ]);
  });

  it('tells every stage in order', async () => {
    const seen: Progress[] = [];
    const onProgress = (progress: Progress) => seen.push(progress);
    await createRemover(fakeSession(disc).session, MANIFEST).remove(photo(), { onProgress });
    expect([...new Set(seen.map(({ stage }) => stage))]).toEqual(['resize', 'network', 'upsample', 'colour']);
    expect(seen.at(-1)).toEqual({ stage: 'colour', done: 1, total: 1 });
  });

  it.each(['resize', 'network', 'upsample', 'colour'])(
    'aborts at the stage %s with the reason given',
    async (stage) => {
      const controller = new AbortController();
      const onProgress = (progress: Progress) => {
        if (progress.stage === stage && progress.done === 0) controller.abort(new Error(`stop at ${stage}`));
      };
      const options = { signal: controller.signal, onProgress };
      const removal = createRemover(fakeSession(disc).session, MANIFEST).remove(photo(), options);
      // The last stage is one piece of work: an abort inside it is seen when it ends.
      await expect(removal).rejects.toThrow(`stop at ${stage}`);
    },
  );

  it('reduces a large picture first where its manifest allows, and a small one never', async () => {
    const seen = async (image: ReturnType<typeof photo>, reducingGap?: number) => {
      const { session, state } = fakeSession(disc);
      const input = {
        ...MANIFEST.input,
        filter: 'lanczos' as const,
        ...(reducingGap ? { reducingGap } : {}),
      };
      await createRemover(session, { ...MANIFEST, input }).remove(image, { decontaminate: false });
      return state.fed!;
    };
    const large = createRaster(2000, 1600, 3);
    for (let i = 0; i < large.data.length; i++)
      large.data[i] = Math.round(127 + 100 * Math.sin((Math.floor(i / 3) % 2000) / 40));
    const [exact, reduced] = [await seen(large), await seen(large, 2)];
    const worst = exact.reduce((most, value, i) => Math.max(most, Math.abs(value - reduced[i]!)), 0);
    expect(worst).toBeGreaterThan(0);
    expect(worst).toBeLessThan(0.1);
    expect(await seen(photo(), 2)).toEqual(await seen(photo()));
  });

  it('owns its session', async () => {
    const { session, state } = fakeSession(disc);
    await createRemover(session, MANIFEST).dispose();
    expect(state.disposed).toBe(1);
  });

  it('refuses a model whose inputs are not what its manifest promises', async () => {
    const { session } = fakeSession(disc);
    const wrong = { ...session, inputs: [{ name: 'x', type: 'float32', dims: [1, 3, 64, 64] }] };
    await expect(createRemover(wrong, MANIFEST).remove(photo())).rejects.toMatchObject({
      code: 'MODEL_INPUTS',
    });
  });
});
