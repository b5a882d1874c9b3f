import {
  type Alpha,
  automask,
  type CocoRle,
  cutout,
  encodeRle,
  estimateForeground,
  expandRle,
  type ImageEmbedding,
  multiplyAlpha,
  type PromptModel,
  planLogits,
  type Raster,
  type Remover,
  thresholdLogits,
  toFrame,
} from '@cutkit/core';
import { openPromptModel, openRemover } from '@cutkit/core/browser';
import { outlinePath } from '../outline/outline-path.js';
import { unpackFile } from '../packing/unpack.js';
import { unpackRuntime } from '../packing/unpack-runtime.js';
import { encodePng } from '../png/encode-png.js';
import { coverageOf } from './coverage.js';
import type { Answer, EngineApi, Found, Matte } from './engine-api.js';
import { openCoverage, openPicture, type Picture } from './picture.js';

/** A picture with what was found in it so far. */
interface Held extends Picture {
  matte?: Alpha;
  existing?: Alpha;
  /** The embedding that is being made, and once it is there. */
  embeds?: Promise<ImageEmbedding>;
  embedding?: ImageEmbedding;
}

/** How far the threshold moves to measure an answer's stability. */
const STABILITY_OFFSET = 1;

/** The engine, with nothing loaded yet. */
export function createEngine(): EngineApi {
  const pictures = new Map<string, Held>();
  let wasmBinary: Uint8Array | undefined;
  let remover: Remover | undefined;
  let prompter: PromptModel | undefined;
  let current = new AbortController();

  const runtimeOf = (packed: string) => {
    wasmBinary ??= unpackRuntime(packed);
    return { backend: 'wasm' as const, threads: 1, wasmBinary };
  };
  const held = (key: string): Held => {
    const picture = pictures.get(key);
    if (!picture) throw new Error('This picture is not open any more. Run the command again.');
    return picture;
  };
  const begin = (): AbortSignal => {
    current = new AbortController();
    return current.signal;
  };
  const embeddingOf = async (picture: Held): Promise<{ model: PromptModel; embedding: ImageEmbedding }> => {
    if (!prompter) throw new Error('The network for clicks is not loaded.');
    // A hover and a click may ask at once: the picture is embedded for both.
    picture.embeds ??= prompter.embed(picture.small);
    const embedding = await picture.embeds;
    picture.embedding = embedding;
    return { model: prompter, embedding };
  };
  /** A picture's own transparency stays. */
  const coverage = (picture: Held, edit: Parameters<EngineApi['finish']>[1], raster: Raster): Alpha =>
    multiplyAlpha(coverageOf(edit, picture, raster, picture.full), ownAlpha(raster));

  return {
    ping: () => 'pong',
    async loadCutout({ runtime, model }) {
      remover ??= await openRemover({ ...runtimeOf(runtime), bytes: await unpackFile(model) });
    },
    async loadPrompt({ runtime, encoder, decoder }) {
      if (prompter) return;
      const bytes = { encoder: await unpackFile(encoder), decoder: await unpackFile(decoder) };
      prompter = await openPromptModel({ ...runtimeOf(runtime), bytes });
    },
    async open(key, bytes) {
      const known = pictures.get(key);
      if (known) return known.opened;
      const picture = await openPicture(bytes);
      pictures.set(key, picture);
      return picture.opened;
    },
    async openExisting(key, bytes, kind) {
      const picture = held(key);
      const { width, height } = picture.full;
      picture.existing = { width, height, channels: 1, data: await openCoverage(bytes, kind, picture.full) };
    },
    close: (key) => void pictures.delete(key),
    async matte(key, report): Promise<Matte> {
      if (!remover) throw new Error('The network is not loaded.');
      const picture = held(key);
      const options = { decontaminate: false, signal: begin(), onProgress: report };
      const { alpha, assessment, timings } = await remover.remove(picture.full, options);
      picture.matte = alpha;
      const { resize, network, upsample } = timings;
      return { verdict: assessment.verdict, timings: { open: 0, resize, network, upsample } };
    },
    async predict(key, prompt, multimask): Promise<Answer[]> {
      const { model, embedding } = await embeddingOf(held(key));
      const { candidates, side, logits, scores } = await model.decode(
        embedding,
        [toFrame(prompt, embedding, model.logitSide)],
        multimask,
      );
      const plan = planLogits({ side, ...embedding });
      const answers = Array.from({ length: candidates }, (_, c): Answer => {
        const plane = logits.slice(c * side * side, (c + 1) * side * side);
        const { mask, stability } = thresholdLogits(plan, plane, 0, STABILITY_OFFSET);
        return { score: scores[c]!, stability, logits: plane, mask: encodeRle(mask) };
      });
      return answers.sort((a, b) => b.score - a.score);
    },
    async everything(key, options, report): Promise<Found[]> {
      const picture = held(key);
      if (!prompter) throw new Error('The network for clicks is not loaded.');
      const found: Found[] = [];
      const work = { signal: begin(), onProgress: report };
      for await (const record of automask(
        prompter,
        picture.small,
        { ...options, outputMode: 'coco_rle' },
        work,
      )) {
        const { segmentation, area, bbox, predicted_iou, stability_score } = record;
        found.push({
          mask: expandRle(segmentation as CocoRle),
          area,
          box: bbox,
          score: predicted_iou,
          stability: stability_score,
        });
      }
      return found.sort((a, b) => b.area - a.area);
    },
    async preview(key, edit) {
      const picture = held(key);
      const { small } = picture;
      const alpha = coverage(picture, edit, small);
      const cut = cutout(small, alpha);
      if (edit.edges.decontaminate) estimateForeground(small, alpha, cut);
      return { width: cut.width, height: cut.height, data: cut.data as Uint8Array };
    },
    async finish(key, edit, wanted) {
      const picture = held(key);
      const { full } = picture;
      const signal = begin();
      const alpha = coverage(picture, edit, full);
      const mask = wanted.mask ? { mask: await encodePng(alpha) } : {};
      signal.throwIfAborted();
      let colours = {};
      if (wanted.cutout) {
        const cut = cutout(full, alpha);
        if (edit.edges.decontaminate) estimateForeground(full, alpha, cut);
        colours = { cutout: await encodePng(cut) };
      }
      signal.throwIfAborted();
      return {
        ...mask,
        ...colours,
        outlines: (wanted.outlines ?? []).map((toLayer) => outlinePath(alpha, toLayer)),
      };
    },
    cancel: () => current.abort(new Error('Cancelled.')),
  };
}

function ownAlpha({ width, height, data }: Raster): Alpha {
  const alpha = new Uint8Array(width * height);
  for (let i = 0; i < alpha.length; i++) alpha[i] = data[i * 4 + 3]!;
  return { width, height, channels: 1, data: alpha };
}
