import { networkSize } from '../preprocess/letterbox.js';
import type { Raster } from '../types.js';
import type { DecodedMasks, FramePrompt, ImageEmbedding, PromptModel } from './prompt-model.js';

const FRAME = 256;
const SIDE = 64;
const PADDING = -1;
/** Logits inside and outside of a map, before the blur. */
const LEVEL = 48;

/**
 * A closed-form "network" over pictures whose grey value is a region's number: its answers depend on nothing but
 * arithmetic, so a run with it tests all that surrounds a network. Three candidates a point: the region, the four
 * regions of one quarter of the numbers, and the region less its rim. It refines nothing and knows no boxes.
 */
export function createStandIn(): PromptModel {
  return {
    id: 'stand-in',
    logitSide: SIDE,
    async embed(image) {
      const { width, height } = image;
      const content = networkSize({ width: FRAME, height: FRAME, resize: 'letterbox' }, width, height);
      const labels = new Float32Array(SIDE * SIDE);
      for (let i = 0; i < SIDE; i++) {
        for (let j = 0; j < SIDE; j++) labels[i * SIDE + j] = labelAt(image, content, i, j);
      }
      const grey = Float32Array.from({ length: width * height }, (_, i) => image.data[i * image.channels]!);
      return {
        width,
        height,
        frame: FRAME,
        content,
        tensors: {
          labels: { type: 'float32', dims: [SIDE, SIDE], data: labels },
          grey: { type: 'float32', dims: [height, width], data: grey },
        },
        bytes: (labels.length + grey.length) * 4,
      };
    },
    async decode(embedding, prompts) {
      const logits = new Float32Array(prompts.length * 3 * SIDE * SIDE);
      const scores = new Float32Array(prompts.length * 3);
      for (const [p, prompt] of prompts.entries()) answer(embedding, prompt, p, logits, scores);
      return { prompts: prompts.length, candidates: 3, side: SIDE, logits, scores } satisfies DecodedMasks;
    },
    async dispose() {},
  };
}

function labelAt(
  { width, height, channels, data }: Raster,
  content: ImageEmbedding['content'],
  i: number,
  j: number,
): number {
  const step = FRAME / SIDE;
  const [cy, cx] = [(i + 0.5) * step, (j + 0.5) * step];
  if (cy >= content.height || cx >= content.width) return PADDING;
  const y = Math.min(height - 1, Math.floor((cy * height) / content.height));
  const x = Math.min(width - 1, Math.floor((cx * width) / content.width));
  return data[(y * width + x) * channels]!;
}

function answer(
  { width, height, content, tensors }: ImageEmbedding,
  { points }: FramePrompt,
  index: number,
  logits: Float32Array,
  scores: Float32Array,
): void {
  const labels = tensors['labels']?.data as Float32Array;
  const grey = tensors['grey']?.data as Float32Array;
  const [px, py] = points[0] ?? [0, 0];
  const row = Math.min(height - 1, Math.floor((py * height) / content.height));
  const column = Math.min(width - 1, Math.floor((px * width) / content.width));
  const label = grey[row * width + column]!;
  const region = labels.map((value) => (value === label ? 1 : 0));
  const quarter = labels.map((value) =>
    value >= 0 && Math.floor(value / 4) === Math.floor(label / 4) ? 1 : 0,
  );
  const steepness = Math.fround(0.5 + ((37 * label) % 11) / 20);
  for (const [k, map] of [region, quarter, shrink(region)].entries()) {
    const at = (index * 3 + k) * SIDE * SIDE;
    blur(map, logits.subarray(at, at + SIDE * SIDE), steepness);
  }
  scores.set(
    [0.7 + 0.03 * ((7 * label) % 11), 0.65 + 0.03 * ((5 * label) % 12), 0.6 + 0.025 * ((3 * label) % 14)],
    index * 3,
  );
}

/** Cells whose whole 3×3 neighbourhood is set; outside counts as not. */
function shrink(map: Float32Array): Float32Array {
  return map.map((_, at) => {
    const [y, x] = [Math.floor(at / SIDE), at % SIDE];
    if (y === 0 || x === 0 || y === SIDE - 1 || x === SIDE - 1) return 0;
    let all = 1;
    for (let dy = -1; dy <= 1; dy++) for (let dx = -1; dx <= 1; dx++) all *= map[at + dy * SIDE + dx]!;
    return all;
  });
}

/** ±LEVEL, box-blurred 3×3 with replicated edges, times `steepness`, in single precision. */
function blur(map: Float32Array, out: Float32Array, steepness: number): void {
  const clamp = (value: number) => Math.min(SIDE - 1, Math.max(0, value));
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      let sum = 0;
      for (let dy = -1; dy <= 1; dy++) {
        for (let dx = -1; dx <= 1; dx++) sum += map[clamp(y + dy) * SIDE + clamp(x + dx)]! ? LEVEL : -LEVEL;
      }
      out[y * SIDE + x] = Math.fround(sum / 9) * steepness;
    }
  }
}
