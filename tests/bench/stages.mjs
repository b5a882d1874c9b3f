import { readFileSync } from 'node:fs';
import { createRemover, findManifest } from '@cutkit/core';
import { decodeImage } from '@cutkit/core/node';
import { bigPhoto, median } from './support.mjs';

/** A network that costs nothing and answers with a soft disc: 5 % of the picture is edge. */
function freeSession() {
  let output;
  return {
    backend: 'wasm',
    inputs: [{ name: 'input', type: 'float32', dims: [1, 3, -1, -1] }],
    outputs: [{ name: 'logits', type: 'float32', dims: [1, 1, -1, -1] }],
    async run({ input }) {
      const [, , height, width] = input.dims;
      output ??= { type: 'float32', dims: [1, 1, height, width], data: disc(width, height) };
      return { logits: output };
    },
    async dispose() {},
  };
}

function disc(width, height) {
  const logits = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const radius = Math.hypot((x + 0.5) / width - 0.5, (y + 0.5) / height - 0.5);
      logits[y * width + x] = (0.3 - radius) * 600;
    }
  }
  return logits;
}

/** Everything but the network and the codec on 12 megapixels, on the one thread that JavaScript has. */
export async function stages() {
  const { raster } = await decodeImage(readFileSync(await bigPhoto()));
  const remover = createRemover(freeSession(), findManifest('unet-cutout'));
  const runs = [];
  for (let i = 0; i < 7; i++) {
    const { timings, alpha } = await remover.remove(raster);
    const soft =
      alpha.data.reduce((sum, value) => sum + (value > 0 && value < 255 ? 1 : 0), 0) / alpha.data.length;
    runs.push({ ...timings, soft });
  }
  const warm = runs.slice(1);
  const stage = (name) => Math.round(median(warm.map((run) => run[name])));
  const result = {
    resize_and_flatten_ms: stage('resize'),
    normalise_ms: stage('network'),
    upsample_ms: stage('upsample'),
    colour_ms: stage('colour'),
  };
  const total = Math.round(median(warm.map((r) => r.resize + r.network + r.upsample + r.colour)));
  return { ...result, total_ms: total, target_ms: 350, soft_fraction: Number(warm[0].soft.toFixed(3)) };
}
