import { describe, expect, it } from 'vitest';
import { splitGrid } from '../../src/automask/coverage.js';
import { pointGrid } from '../../src/automask/grid.js';
import {
  type AutomaskOptions,
  automask,
  createRaster,
  createStandIn,
  type MaskRecord,
  type PromptModel,
  type Raster,
  type WorkOptions,
} from '../../src/index.js';

/** Squares of grey 8, 16, 24… on black, `cell` pixels apart. */
function squares(width: number, height: number, cell: number): Raster {
  const image = createRaster(width, height, 1);
  for (let i = 0; i < image.data.length; i++) {
    const [x, y] = [i % width, Math.floor(i / width)];
    const inside = x % cell > cell / 4 && y % cell > cell / 4;
    if (inside)
      image.data[i] =
        8 + (((Math.floor(x / cell) + Math.floor(y / cell) * Math.ceil(width / cell)) * 8) % 240);
  }
  return image;
}

/** The stand-in, counting the points that it is asked. */
function counted(): PromptModel & { asked: number } {
  const inner = createStandIn();
  const model = {
    ...inner,
    asked: 0,
    decode: (...args: Parameters<PromptModel['decode']>) => {
      model.asked += args[1].length;
      return inner.decode(...args);
    },
  };
  return model;
}

async function run(
  model: PromptModel,
  image: Raster,
  options: Partial<AutomaskOptions> = {},
  work: WorkOptions = {},
): Promise<MaskRecord[]> {
  const records: MaskRecord[] = [];
  for await (const record of automask(model, image, { outputMode: 'coco_rle', ...options }, work))
    records.push(record);
  return records;
}

const LOOSE = { predIouThresh: 0.5, stabilityScoreThresh: 0.5 };

describe('automask', () => {
  it('gives the same whatever the batch', async () => {
    const image = squares(200, 150, 50);
    const whole = await run(createStandIn(), image, { ...LOOSE, pointsPerSide: 9 });
    expect(whole.length).toBeGreaterThan(5);
    for (const pointsPerBatch of [1, 7, 1000]) {
      expect(await run(createStandIn(), image, { ...LOOSE, pointsPerSide: 9, pointsPerBatch })).toEqual(
        whole,
      );
    }
  });

  it('gives no records, and no crash, where nothing is found', async () => {
    expect(await run(createStandIn(), squares(90, 60, 30), { predIouThresh: 1, cropNLayers: 1 })).toEqual([]);
  });

  it('writes masks in the form asked for', async () => {
    const image = squares(100, 100, 50);
    const options = { ...LOOSE, pointsPerSide: 4 };
    const [rle] = await run(createStandIn(), image, { ...options, outputMode: 'uncompressed_rle' });
    const [binary] = await run(createStandIn(), image, { ...options, outputMode: 'binary_mask' });
    expect(rle?.segmentation).toMatchObject({ size: [100, 100], counts: expect.any(Array) });
    const { data } = binary!.segmentation as { data: Uint8Array };
    expect([data.length, data.reduce((sum, value) => sum + value, 0)]).toEqual([10_000, binary!.area]);
  });

  it.each(['crops', 'points'])(
    'stops within a batch when it is aborted at %s, with the reason',
    async (stage) => {
      const controller = new AbortController();
      const model = counted();
      const onProgress = (progress: { stage: string; done: number }) => {
        if (progress.stage === stage && (stage === 'crops' || progress.done >= 20))
          controller.abort(new Error('enough'));
      };
      const work = { signal: controller.signal, onProgress };
      await expect(
        run(model, squares(100, 100, 50), { pointsPerSide: 10, pointsPerBatch: 10 }, work),
      ).rejects.toThrow('enough');
      expect(model.asked).toBeLessThanOrEqual(30);
    },
  );

  it.each(['regions', 'records'])('stops at an abort in the phase of %s', async (phase) => {
    const controller = new AbortController();
    const onProgress = ({ stage, done }: { stage: string; done: number }) => {
      if (stage === phase && done === 1) controller.abort('enough');
    };
    const options = { ...LOOSE, pointsPerSide: 4, minMaskRegionArea: 3 };
    const work = { signal: controller.signal, onProgress };
    const drain = async () => {
      for await (const _ of automask(createStandIn(), squares(100, 100, 50), options, work))
        if (phase === 'records') controller.abort('enough');
    };
    await expect(drain()).rejects.toBe('enough');
  });

  it.each([
    [{ pointsPerSide: 4, pointGrids: [[[0.5, 0.5]]] }, /Exactly one of/],
    [{ pointsPerSide: null }, /Exactly one of/],
    [{ pointsPerSide: 0 }, /pointsPerSide is 0/],
    [{ pointsPerSide: 4.5 }, /pointsPerSide is 4.5/],
    [{ predIouThresh: 1.01 }, /predIouThresh is 1.01/],
    [{ stabilityScoreThresh: Number.NaN }, /stabilityScoreThresh is NaN/],
    [{ boxNmsThresh: -0.1 }, /boxNmsThresh is -0.1/],
    [{ minMaskRegionArea: -1 }, /minMaskRegionArea is -1/],
    [{ pointGrids: [[[0.5, 2]]] }, /not in 0–1/],
    [{ pointGrids: [[[0.5, 0.5]]], cropNLayers: 1 }, /there are 2 layers/],
    [{ outputMode: 'png' }, /outputMode is "png"/],
    [{ predIouThreshold: 0.9 }, /no option "predIouThreshold"/],
  ])('refuses %j before any work', async (options, message) => {
    const model = counted();
    const refused = { code: 'BAD_OPTION', message: expect.stringMatching(message) };
    await expect(run(model, squares(40, 40, 20), options as object)).rejects.toMatchObject(refused);
    expect(model.asked).toBe(0);
  });

  it('names the option that was meant', async () => {
    const failure = await run(createStandIn(), squares(40, 40, 20), { predIouTresh: 0.9 } as object).catch(
      (error: unknown) => error,
    );
    expect(failure).toMatchObject({ hint: 'Did you mean "predIouThresh"?' });
  });

  it('reports points and crops to their ends', async () => {
    const seen: string[] = [];
    const onProgress = ({ stage, done, total }: { stage: string; done: number; total: number }) => {
      if (done === total) seen.push(`${stage} ${total}`);
    };
    await run(createStandIn(), squares(80, 80, 40), { pointsPerSide: 2, cropNLayers: 1 }, { onProgress });
    expect(seen).toEqual([...Array(5).fill('points 4'), 'crops 5']);
  });

  it('finds in fast mode what a full run finds, with far fewer questions', async () => {
    const image = squares(400, 400, 100);
    const [full, fast] = [counted(), counted()];
    const options = { ...LOOSE, pointsPerSide: 32 };
    const all = await run(full, image, options);
    const some = await run(fast, image, { ...options, fast: true });
    const boxes = (records: MaskRecord[]) => new Set(records.map(({ bbox }) => bbox.join()));
    expect(boxes(some)).toEqual(boxes(all));
    expect(full.asked).toBe(1024);
    expect(fast.asked).toBeLessThan(0.6 * 1024);
  });
});

describe('splitGrid', () => {
  it('asks an even sixteenth first, and leaves other grids whole', () => {
    const { first, rest } = splitGrid(pointGrid(32));
    expect([first.length, rest.length]).toEqual([64, 960]);
    const own = [[0.1, 0.2]] as const;
    expect(splitGrid(own)).toEqual({ first: own, rest: [] });
  });
});
