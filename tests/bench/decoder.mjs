import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createPredictor, createPromptModel, findManifest, leanDecoder } from '@cutkit/core';
import { openNode } from '@cutkit/core/node';
import { median, spawn, time } from './support.mjs';

const SCRIPT = fileURLToPath(new URL('decoders.py', import.meta.url));
const EXPORT = fileURLToPath(new URL('../../models/export', import.meta.url));
const [CELLS, CHANNELS, FRAME, SIDE] = [64, 256, 1024, 256];
const BIG = { width: 4000, height: 3000 };
const SINGLES = 8;
/** Enough for the median to be of compiled code, as in a session of hovers and clicks. */
const CLICKS = 40;

/** A folder with decoders of MobileSAM's size, made with PyTorch, or undefined. `CUTKIT_DECODERS` names one that is there. */
function decoders() {
  const given = process.env.CUTKIT_DECODERS;
  if (given && existsSync(given)) return given;
  const python = process.env.CUTKIT_PYTHON;
  if (!python) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'cutkit-decoders-'));
  const PYTHONPATH = [EXPORT, process.env.PYTHONPATH ?? ''].join(delimiter);
  spawn(python, ['-W', 'ignore', SCRIPT, folder], { env: { ...process.env, PYTHONPATH } });
  return folder;
}

function noise(length) {
  return Float32Array.from({ length }, (_, i) => Math.sin(i * 12.9898) * 2);
}

const float = (dims, data) => ({ type: 'float32', dims, data });
const EMBEDDING = float([1, CHANNELS, CELLS, CELLS], noise(CHANNELS * CELLS * CELLS));

/** Feeds of `count` clicks, each with its pad, and one "no mask" for all of them, or for each as the official export wants. */
function clicks(count, masks = 1) {
  const coords = Float32Array.from({ length: count * 4 }, (_, i) => (i % 4 < 2 ? (i * 37) % FRAME : 0));
  const labels = Float32Array.from({ length: count * 2 }, (_, i) => (i % 2 === 0 ? 1 : -1));
  return {
    image_embeddings: EMBEDDING,
    point_coords: float([count, 2, 2], coords),
    point_labels: float([count, 2], labels),
    mask_input: float([masks, 1, SIDE, SIDE], new Float32Array(masks * SIDE * SIDE)),
    has_mask_input: float([masks], new Float32Array(masks)),
  };
}

/** The model around an open decoder whose encoder costs nothing. */
function modelOf(decoder) {
  const encoder = {
    inputs: [{ name: 'image', type: 'float32', dims: [1, 3, FRAME, FRAME] }],
    outputs: [{ name: 'image_embeddings', type: 'float32', dims: EMBEDDING.dims }],
    run: async () => ({ image_embeddings: EMBEDDING }),
    dispose: async () => {},
  };
  const tiny = findManifest('sam-tiny');
  // Which contract a decoder has is seen from its inputs.
  const manifest = { ...tiny, contract: undefined, input: { ...tiny.input, width: FRAME, height: FRAME } };
  return createPromptModel({ encoder, decoder }, manifest);
}

/** The decoder, whose noise (its weights are random) is replaced by what a trained one gives: a disc over an eighth of the picture. */
function answering(decoder) {
  const disc = Float32Array.from({ length: 4 * SIDE * SIDE }, (_, i) => {
    const [x, y] = [i % SIDE, Math.floor(i / SIDE) % SIDE];
    return Math.max(-20, Math.min(20, 44 - Math.hypot(x - 128, y - 96)));
  });
  const run = async (feeds) => ({
    ...(await decoder.run(feeds)),
    low_res_masks: float([1, 4, SIDE, SIDE], disc),
  });
  return { ...decoder, run };
}

/** One click at 12 megapixels, everything after `setImage`, against the bare run of the decoder on `one`. */
async function clickRatio(decoder, one) {
  const predictor = createPredictor(modelOf(answering(decoder)));
  const { width, height } = BIG;
  await predictor.setImage({ width, height, channels: 3, data: new Uint8Array(width * height * 3) });
  const [bare, whole] = [[], []];
  for (let i = 0; i < CLICKS; i++) {
    bare.push(await time(() => decoder.run(one)));
    whole.push(
      await time(() => predictor.predict({ points: [{ x: 500, y: 375, label: 1 }] }, { multimask: false })),
    );
  }
  return {
    bare_ms: Math.round(median(bare)),
    click_ms: Math.round(median(whole)),
    ratio: share(median(whole), median(bare)),
  };
}

/** A prompt in a batch of `size` against a prompt alone. */
async function batchRatio(decoder, size) {
  const [one, many] = [clicks(1), clicks(size)];
  const [single, batched] = [[], []];
  for (let round = 0; round < 3; round++) {
    for (let i = 0; i < SINGLES; i++) single.push(await time(() => decoder.run(one)));
    batched.push((await time(() => decoder.run(many))) / size);
  }
  return share(median(batched), median(single));
}

/** The official decoder: without its full-size masks against with them, and a click through it; all at 12 megapixels. */
async function officialRatios(bytes, backend) {
  const one = { ...clicks(1), orig_im_size: float([2], Float32Array.of(BIG.height, BIG.width)) };
  const [whole, lean] = [
    await openNode(bytes, backend, { threads: 2 }),
    await openNode(leanDecoder(bytes), backend, { threads: 2 }),
  ];
  const [with_, without] = [[], []];
  for (let i = 0; i < 4; i++) {
    with_.push(await time(() => whole.run(one)));
    without.push(await time(() => lean.run(one)));
  }
  const result = {
    with_masks_ms: Math.round(median(with_)),
    without_ms: Math.round(median(without)),
    ratio: share(median(without), median(with_)),
    click_12mp: await clickRatio(lean, one),
  };
  await Promise.all([whole.dispose(), lean.dispose()]);
  return result;
}

function share(a, b) {
  return Number((a / b).toFixed(2));
}

/** What a decoder of MobileSAM's size costs alone, in a click and in batches: in our own export, and in the official one. */
export async function decoderBenchmark() {
  const folder = decoders();
  if (!folder) return { skipped: 'set CUTKIT_PYTHON, with segment_anything on PYTHONPATH' };
  const [bytes, official] = ['decoder.onnx', 'official.onnx'].map(
    (name) => new Uint8Array(readFileSync(join(folder, name))),
  );
  const result = { target_click: 1.1, target_batch: 0.8 };
  for (const backend of ['native', 'wasm']) {
    const decoder = await openNode(bytes, backend, { threads: 2 });
    await decoder.run(clicks(1));
    const batches = {};
    for (const size of [4, 16, 64]) batches[size] = await batchRatio(decoder, size);
    result[backend] = { click_12mp: await clickRatio(decoder, clicks(1)), batch_against_single: batches };
    await decoder.dispose();
    result[backend].official = await officialRatios(official, backend);
    const { bare_ms } = result[backend].click_12mp;
    result[backend].own_against_official = share(bare_ms, result[backend].official.without_ms);
  }
  return result;
}
