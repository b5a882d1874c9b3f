import { readFileSync } from 'node:fs';
import {
  createPredictor,
  createPromptModel,
  createRaster,
  dropOutputs,
  findManifest,
  type Manifest,
  type Prompt,
  type PromptModel,
} from '@cutkit/core';
import { openNode } from '@cutkit/core/node';
import { describe, expect, it } from 'vitest';

/**
 * Every family of Segment Anything exports over stand-ins with its inputs and outputs (generate/sam_stand_ins.py), whose
 * arithmetic shows a wrong axis, order, scale, pad or offset: a logit is the sum over points of x + 2 y + 5000 label, ten
 * times the candidate's number, the embedding's channel 0 and the mask fed in.
 */
const read = (name: string) =>
  new Uint8Array(readFileSync(new URL(`./goldens/sam/${name}.onnx`, import.meta.url)));
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
  readonly clicksOnly: boolean;
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
    clicksOnly: false,
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
    clicksOnly: false,
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
    clicksOnly: false,
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
    clicksOnly: true,
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
    clicksOnly: false,
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
    clicksOnly: false,
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
    clicksOnly: true,
  },
];

async function open({
  contract,
  encoder,
  decoder,
  resize,
}: Pick<Family, 'contract' | 'encoder' | 'decoder' | 'resize'>): Promise<PromptModel> {
  const tiny = findManifest('sam-tiny');
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
  const { pad, first, single, raw, resize, clicksOnly } = family;
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
    const sums = [click(50, 25, 1) + pad, click(150, 80, 1) + click(20, 90, 0) + pad];
    // The batch gives every prompt as many points as the longest has; a missing one is a pad.
    if (family.contract === 'sam-batched' || family.contract === 'sam2') sums[0]! -= 5000;
    if (family.contract === 'sam-optimum') sums[0]! -= 50_000;
    for (const [p, one] of answers.entries()) {
      expect(one).toHaveLength(3);
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
    expect(only!.logits[0]! - click(50, 25, 1) - pad - 10 * single).toBeCloseTo(seen(COLOURS[0], raw), 1);
  });

  if (!clicksOnly)
    it('takes boxes after clicks, without a pad, and masks', async () => {
      const box = [20, 10, 120, 60] as const;
      const corners = 20 * sx + 2 * 10 * sy + 120 * sx + 2 * 60 * sy + 5000 * 5;
      const mask = new Float32Array(256 * 256).fill(7);
      const [[only] = []] = await answer([{ points: [{ x: 50, y: 25, label: 1 }], box, mask }], false);
      const base = corners + click(50, 25, 1) + 7 + 10 * single;
      expect(only!.logits[0]! - base).toBeCloseTo(seen(COLOURS[0], raw), 1);
      expect(only!.score).toBeCloseTo(0.1 * single + 0.003, 5);
    });

  if (clicksOnly)
    it('refuses what its files cannot take', async () => {
      const points = [{ x: 50, y: 25, label: 1 as const }];
      const mask = new Float32Array(256 * 256);
      await expect(answer([{ points, mask }], false)).rejects.toMatchObject({ code: 'BAD_OPTION' });
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
