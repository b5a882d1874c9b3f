import { readFileSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import {
  barePromptManifest,
  createPredictor,
  createPromptModel,
  createRaster,
  dropOutputs,
  findManifest,
  leanDecoder,
  type Manifest,
  type Prompt,
  type PromptModel,
} from '@cutkit/core';
import { openNode, openPromptModel } from '@cutkit/core/node';
import { describe, expect, it } from 'vitest';
import { useScratch } from '../e2e/support/scratch.js';

/**
 * Every family of Segment Anything exports over stand-ins with its inputs and outputs (generate/sam_stand_ins.py), whose
 * arithmetic shows a wrong axis, order, scale, pad or offset: a logit is the sum over points of x + 2 y + 5000 label, ten
 * times the candidate's number, the embedding's channel 0 and the mask fed in.
 */
const path = (name: string) => fileURLToPath(new URL(`./goldens/sam/${name}`, import.meta.url));
const read = (name: string) => new Uint8Array(readFileSync(path(`${name}.onnx`)));
const WIDTH = 200;
const HEIGHT = 100;

interface Family {
  readonly name: string;
  readonly contract: Manifest['contract'];
  readonly encoder: string;
  readonly decoder: string;
  readonly resize: 'letterbox' | 'stretch';
  /** What padding a click adds: 5000 times the label −1 where Cutkit must give it. */
  readonly pad: number;
  /** The first candidate that counts, and the one for a single answer. */
  readonly first: number;
  readonly single: number;
  /** Whether the encoder normalises for itself; the stand-in then only divides by 255. */
  readonly raw: boolean;
  readonly boxes: boolean;
  readonly masks: boolean;
  /** Answers to an ambiguous click; default 3. */
  readonly candidates?: number;
  /** What else the stand-in adds to every logit; default 0. */
  readonly raise?: number;
}

const FAMILIES: readonly Family[] = [
  {
    name: 'our batched decoder',
    contract: 'sam-batched',
    encoder: 'plain.encoder',
    decoder: 'batched.decoder',
    resize: 'letterbox',
    pad: -5000,
    first: 1,
    single: 0,
    raw: false,
    boxes: true,
    masks: true,
  },
  {
    name: 'our batched decoder with one mask for all',
    contract: 'sam-batched',
    encoder: 'plain.encoder',
    decoder: 'batched-shared.decoder',
    resize: 'letterbox',
    pad: -5000,
    first: 1,
    single: 0,
    raw: false,
    boxes: true,
    masks: true,
  },
  {
    name: 'the official decoder',
    contract: 'sam-official',
    encoder: 'plain.encoder',
    decoder: 'official.decoder',
    resize: 'letterbox',
    pad: -5000,
    first: 1,
    single: 0,
    raw: false,
    boxes: true,
    masks: true,
  },
  {
    name: 'samexporter',
    contract: 'sam-official',
    encoder: 'preprocessing.encoder',
    decoder: 'official.decoder',
    resize: 'letterbox',
    pad: -5000,
    first: 1,
    single: 0,
    raw: true,
    boxes: true,
    masks: true,
  },
  {
    name: 'optimum',
    contract: 'sam-optimum',
    encoder: 'optimum.encoder',
    decoder: 'optimum.decoder',
    resize: 'letterbox',
    pad: 0,
    first: 0,
    single: 2,
    raw: false,
    boxes: false,
    masks: false,
  },
  {
    name: 'SAM 2',
    contract: 'sam2',
    encoder: 'sam2.encoder',
    decoder: 'sam2.decoder',
    resize: 'stretch',
    pad: 0,
    first: 0,
    single: 2,
    raw: false,
    boxes: true,
    masks: true,
  },
  {
    name: 'SAM 2.1 by osam',
    contract: 'sam2-osam',
    encoder: 'sam2-osam.encoder',
    decoder: 'sam2-osam.decoder',
    resize: 'stretch',
    pad: 0,
    first: 0,
    single: 2,
    raw: false,
    boxes: true,
    masks: true,
  },
  {
    name: 'the official decoder with --return-single-mask',
    contract: 'sam-official',
    encoder: 'plain.encoder',
    decoder: 'official-single.decoder',
    resize: 'letterbox',
    pad: -5000,
    first: 0,
    single: 0,
    raw: false,
    boxes: true,
    masks: true,
    candidates: 1,
  },
  {
    name: 'the official decoder with --return-extra-metrics',
    contract: 'sam-official',
    encoder: 'plain.encoder',
    decoder: 'official-metrics.decoder',
    resize: 'letterbox',
    pad: -5000,
    first: 1,
    single: 0,
    raw: false,
    boxes: true,
    masks: true,
  },
  {
    name: 'HQ-SAM',
    contract: 'hq-sam',
    encoder: 'hq-sam.encoder',
    decoder: 'hq-sam.decoder',
    resize: 'letterbox',
    pad: -5000,
    first: 0,
    single: 0,
    raw: false,
    boxes: true,
    masks: true,
    candidates: 1,
    // 100 times the first channel of the first layer.
    raise: 300,
  },
  {
    name: 'SAM 2 by optimum',
    contract: 'sam2-optimum',
    encoder: 'sam2-optimum.encoder',
    decoder: 'sam2-optimum.decoder',
    resize: 'stretch',
    pad: 0,
    first: 0,
    single: 2,
    raw: false,
    boxes: true,
    masks: false,
  },
  {
    name: 'EdgeSAM',
    contract: 'edge-sam',
    encoder: 'plain.encoder',
    decoder: 'edge-sam.decoder',
    resize: 'letterbox',
    pad: -5000,
    first: 1,
    single: 0,
    raw: false,
    boxes: true,
    masks: false,
  },
];

async function open({
  contract,
  encoder,
  decoder,
  resize,
}: Pick<Family, 'contract' | 'encoder' | 'decoder' | 'resize'>): Promise<PromptModel> {
  // Families of exports, not that model: its habit of looking closely is not theirs.
  const { closeUp: _, ...tiny } = findManifest('sam-tiny');
  const manifest: Manifest = {
    ...tiny,
    contract,
    input: { ...tiny.input, width: 1024, height: 1024, resize },
  };
  const sessions = {
    encoder: await openNode(read(encoder), 'auto', { threads: 1 }),
    decoder: await openNode(read(decoder), 'auto', { threads: 1 }),
  };
  return createPromptModel(sessions, manifest);
}

/** Left half one colour, right half another. */
const COLOURS = [
  [51, 102, 204],
  [255, 0, 153],
] as const;

function photo() {
  const image = createRaster(WIDTH, HEIGHT, 3);
  for (let i = 0; i < WIDTH * HEIGHT; i++) image.data.set(COLOURS[i % WIDTH < WIDTH / 2 ? 0 : 1]!, i * 3);
  return image;
}

/** The embedding's channel 0 over a colour. */
function seen(colour: readonly number[], raw: boolean): number {
  const { mean, std } = findManifest('sam-tiny').input;
  const unit = colour.map((value, c) => (raw ? value / 255 : (value / 255 - mean[c]!) / std[c]!));
  return unit[0]! + 10 * unit[1]! + 100 * unit[2]!;
}

describe.each(FAMILIES)('$name', (family) => {
  const { pad, first, single, raw, resize, boxes, masks, candidates = 3, raise = 0 } = family;
  const [sx, sy] = [1024 / WIDTH, resize === 'stretch' ? 1024 / HEIGHT : 512 / HEIGHT];
  const click = (x: number, y: number, label: 0 | 1) => x * sx + 2 * y * sy + 5000 * label;

  /** Answers in the order of their candidates: the stand-in's scores grow with the number. */
  async function answer(prompts: Prompt[], multimask: boolean) {
    const predictor = createPredictor(await open(family));
    try {
      await predictor.setImage(photo());
      const answers = await predictor.predictMany(prompts, { multimask });
      return answers.map((one) => [...one].reverse());
    } finally {
      await predictor.dispose();
    }
  }

  it('places clicks, labels, candidates and the picture', async () => {
    const prompts: Prompt[] = [
      { points: [{ x: 50, y: 25, label: 1 }] },
      {
        points: [
          { x: 150, y: 80, label: 1 },
          { x: 20, y: 90, label: 0 },
        ],
      },
    ];
    const answers = await answer(prompts, true);
    const sums = [click(50, 25, 1) + pad + raise, click(150, 80, 1) + click(20, 90, 0) + pad + raise];
    // The batch gives every prompt as many points as the longest has; a missing one is a pad.
    if (family.contract === 'sam-batched' || family.contract === 'sam2') sums[0]! -= 5000;
    if (family.contract.endsWith('optimum')) sums[0]! -= 50_000;
    for (const [p, one] of answers.entries()) {
      expect(one).toHaveLength(candidates);
      for (const [c, { logits }] of one.entries()) {
        const base = sums[p]! + 10 * (first + c);
        expect(logits[0]! - base).toBeCloseTo(seen(COLOURS[0], raw), 1);
        expect(logits[200]! - base).toBeCloseTo(seen(COLOURS[1], raw), 1);
        const below = resize === 'stretch' ? seen(COLOURS[0], raw) : 0;
        expect(logits[200 * 256]! - base).toBeCloseTo(below, 1);
      }
    }
  });

  it('gives one mask by its own rule', async () => {
    const [[only, ...others] = []] = await answer([{ points: [{ x: 50, y: 25, label: 1 }] }], false);
    expect(others).toEqual([]);
    expect(only!.logits[0]! - click(50, 25, 1) - pad - raise - 10 * single).toBeCloseTo(
      seen(COLOURS[0], raw),
      1,
    );
  });

  const points = [{ x: 50, y: 25, label: 1 as const }];
  const box = [20, 10, 120, 60] as const;
  const mask = new Float32Array(256 * 256).fill(7);

  if (boxes)
    it('takes boxes after clicks, without a pad, and masks where its files do', async () => {
      const corners = 20 * sx + 2 * 10 * sy + 120 * sx + 2 * 60 * sy + 5000 * 5;
      const prompt = { points, box, ...(masks ? { mask } : {}) };
      const [[only] = []] = await answer([prompt], false);
      const base = corners + click(50, 25, 1) + (masks ? 7 : 0) + raise + 10 * single;
      expect(only!.logits[0]! - base).toBeCloseTo(seen(COLOURS[0], raw), 1);
      expect(only!.score).toBeCloseTo(0.1 * single + 0.003, 5);
    });

  if (!boxes || !masks)
    it('refuses what its files cannot take', async () => {
      if (!boxes)
        await expect(answer([{ points, box }], false)).rejects.toMatchObject({ code: 'BAD_OPTION' });
      if (!masks)
        await expect(answer([{ points, mask }], false)).rejects.toMatchObject({ code: 'BAD_OPTION' });
    });

  it('is recognised from its files alone, and answers the same without its full-size masks', async () => {
    const [encoder, decoder] = [read(family.encoder), read(family.decoder)];
    const manifest = barePromptManifest('bare', encoder, decoder);
    expect([manifest.contract, manifest.input.resize]).toEqual([family.contract, resize]);
    const sessions = {
      encoder: await openNode(encoder, 'auto', { threads: 1 }),
      decoder: await openNode(leanDecoder(decoder), 'auto', { threads: 1 }),
    };
    if (family.contract === 'sam-official' || family.contract === 'hq-sam')
      expect(sessions.decoder.outputs.map(({ name }) => name)).not.toContain('masks');
    const predictor = createPredictor(createPromptModel(sessions, manifest));
    await predictor.setImage(photo());
    const found = await predictor.predict({ points });
    const [expected = []] = await answer([{ points }], true);
    expect([...found].reverse().map(({ logits }) => logits[200])).toEqual(
      expected.map(({ logits }) => logits[200]),
    );
    await predictor.dispose();
  });
});

describe('EfficientSAM', () => {
  const family = {
    contract: 'efficient-sam',
    encoder: 'efficient-sam.encoder',
    decoder: 'efficient-sam.decoder',
    resize: 'stretch',
  } as const;

  it('scales points to its frame, and gives three candidates of a stretched plane', async () => {
    const predictor = createPredictor(await open(family));
    await predictor.setImage(photo());
    const answers = await predictor.predict({ points: [{ x: 50, y: 25, label: 1 }], box: [20, 10, 120, 60] });
    const [sx, sy] = [1024 / WIDTH, 1024 / HEIGHT];
    const sum = (50 + 20 + 120) * sx + 2 * (25 + 10 + 60) * sy + 5000 * 6;
    expect(answers).toHaveLength(3);
    for (const [c, { logits }] of [...answers].reverse().entries()) {
      expect(logits[0]! - sum - 10 * c).toBeCloseTo(seen(COLOURS[0], true), 1);
      expect(logits[255]! - sum - 10 * c).toBeCloseTo(seen(COLOURS[1], true), 1);
    }
    const refused = [
      predictor.predict({ points: [{ x: 5, y: 5, label: 0 }] }),
      predictor.predict({ points: Array.from({ length: 7 }, (_, x) => ({ x, y: 5, label: 1 as const })) }),
    ];
    for (const failure of refused) await expect(failure).rejects.toMatchObject({ code: 'BAD_OPTION' });
    await predictor.dispose();
  });
});

describe('files that do not belong together', () => {
  it.each([
    ['an encoder of SAM 2', 'sam2.encoder', 'batched.decoder', 'sam-batched'],
    ['a decoder as encoder and the reverse', 'batched.decoder', 'plain.encoder', 'sam-batched'],
  ] as const)('are named: %s', async (_, encoder, decoder, contract) => {
    const run = async () => {
      const model = await open({ encoder, decoder, contract, resize: 'letterbox' });
      await model.embed(photo());
    };
    await expect(run()).rejects.toMatchObject({ code: 'MODEL_INPUTS' });
  });
});

describe('a directory of one encoder and one decoder', () => {
  const folder = useScratch();

  it('needs no model.json, and may keep weights in a file beside, natively', async () => {
    await copyFile(path('official.decoder.onnx'), folder('my-decoder.onnx'));
    for (const name of ['encoder.onnx', 'encoder.onnx.data'])
      await copyFile(path(`external/${name}`), folder(name));
    const notices: string[] = [];
    const model = await openPromptModel({
      model: folder(),
      threads: 1,
      onNotice: (text) => notices.push(text),
    });
    expect(notices).toEqual([expect.stringContaining('"sam-official"')]);
    const predictor = createPredictor(model);
    await predictor.setImage(photo());
    const [answer] = await predictor.predict({ points: [{ x: 50, y: 25, label: 1 }] }, { multimask: false });
    const click = (50 + 2 * 25) * (1024 / WIDTH) + 5000 - 5000;
    expect(answer!.logits[0]! - click).toBeCloseTo(seen(COLOURS[0], false), 1);
    await predictor.dispose();
    const inWasm = openPromptModel({ model: folder(), backend: 'wasm' });
    await expect(inWasm).rejects.toMatchObject({ code: 'BACKEND_UNAVAILABLE' });
  });

  it('is refused when a file is missing, or stands twice', async () => {
    await copyFile(path('official.decoder.onnx'), folder('decoder.onnx'));
    const refused = { code: 'MODEL_UNKNOWN' };
    await expect(openPromptModel({ model: folder() })).rejects.toMatchObject({
      ...refused,
      message: expect.stringMatching(/no encoder/),
    });
    for (const name of ['a', 'b']) await copyFile(path('plain.encoder.onnx'), folder(`encoder-${name}.onnx`));
    await expect(openPromptModel({ model: folder() })).rejects.toMatchObject({
      message: expect.stringMatching(/more than one encoder/),
    });
  });
});

describe('dropOutputs', () => {
  it('leaves a model that gives the rest as before', async () => {
    const whole = read('official.decoder');
    const lean = dropOutputs(whole, (names) => names.filter((name) => name === 'masks'));
    expect(lean.length).toBeLessThan(whole.length);
    const session = await openNode(lean, 'auto', { threads: 1 });
    expect(session.outputs.map(({ name }) => name)).toEqual(['iou_predictions', 'low_res_masks']);
    await session.dispose();
    expect(dropOutputs(whole, () => [])).toBe(whole);
  });
});
