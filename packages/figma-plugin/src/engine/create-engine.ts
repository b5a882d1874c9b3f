import {
  type Alpha,
  automask,
  type CocoRle,
  cutout,
  encodeRle,
  estimateForeground,
  expandRle,
  findManifest,
  type ImageEmbedding,
  matte,
  multiplyAlpha,
  type PromptModel,
  planLogits,
  type Raster,
  type Session,
  thresholdLogits,
  toFrame,
} from '@cutkit/core';
import { openPromptModel, openWeb } from '@cutkit/core/browser';
import { outlinePath } from '../outline/outline-path.js';
import { unpackFile } from '../packing/unpack.js';
import { unpackRuntime } from '../packing/unpack-runtime.js';
import { encodePng } from '../png/encode-png.js';
import { coverageOf } from './coverage.js';
import type { Answer, Edit, EngineApi, Found, Matte } from './engine-api.js';
import { openCoverage, openPicture, type Picture } from './picture.js';

/** A picture with what was found in it so far. */
interface Held extends Picture {
  matte?: Alpha;
  existing?: Alpha;
  /** The embedding that is being made, and once it is there. */
  embeds?: Promise<ImageEmbedding>;
  embedding?: ImageEmbedding;
}

/** The network that finds the subject. */
const CUTOUT = findManifest('unet-cutout');
/** Pixels that a picture keeps, for each of the network's, when the browser makes it smaller before it is resized exactly. */
const ENOUGH = 2;
/** How far the threshold moves to measure an answer's stability. */
const STABILITY_OFFSET = 1;

/** The engine, with nothing loaded yet. */
export function createEngine(): EngineApi {
  const pictures = new Map<string, Held>();
  let wasmBinary: Uint8Array | undefined;
  let subject: Session | undefined;
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
    picture.embeds ??= embed(prompter, picture);
    const embedding = await picture.embeds;
    picture.embedding = embedding;
    return { model: prompter, embedding };
  };
  /** The coverage of an edit on the whole picture or its preview. The picture's own transparency stays. */
  const coverage = async (picture: Held, edit: Edit, size: 'full' | 'small'): Promise<Alpha> => {
    const { opened, isOpaque } = picture;
    const alpha = coverageOf(edit, picture, size === 'full' ? opened : opened.preview, opened);
    return isOpaque ? alpha : multiplyAlpha(alpha, ownAlpha(await picture[size]()));
  };
  /** The picture's colours under a coverage. */
  const cut = async (
    picture: Held,
    { edges }: Edit,
    size: 'full' | 'small',
    alpha: Alpha,
  ): Promise<Raster> => {
    const pixels = await picture[size]();
    const colours = cutout(pixels, alpha);
    if (edges.decontaminate) estimateForeground(pixels, alpha, colours);
    return colours;
  };

  return {
    ping: () => 'pong',
    async loadCutout({ runtime, model }) {
      subject ??= await openWeb(await unpackFile(model), runtimeOf(runtime));
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
      const { width, height } = picture.opened;
      const data = await openCoverage(bytes, kind, picture.opened);
      picture.existing = { width, height, channels: 1, data };
    },
    close(key) {
      pictures.get(key)?.close();
      pictures.delete(key);
    },
    async matte(key, report): Promise<Matte> {
      if (!subject) throw new Error('The network is not loaded.');
      const picture = held(key);
      const work = { signal: begin(), onProgress: report };
      const start = performance.now();
      const { input } = CUTOUT;
      const halved = picture.halved(ENOUGH * input.width, ENOUGH * input.height);
      const { alpha, assessment, timings } = await matte(subject, CUTOUT, halved, work);
      picture.matte = alpha;
      const { network } = timings;
      return {
        verdict: assessment.verdict,
        timings: { resize: performance.now() - start - network, network },
      };
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
        await picture.small(),
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
      const alpha = await coverage(picture, edit, 'small');
      const { width, height, data } = await cut(picture, edit, 'small', alpha);
      return { width, height, data: data as Uint8Array };
    },
    async finish(key, edit, wanted) {
      const picture = held(key);
      const signal = begin();
      const alpha = await coverage(picture, edit, 'full');
      const mask = wanted.mask ? { mask: await encodePng(alpha) } : {};
      signal.throwIfAborted();
      const colours = wanted.cutout
        ? { cutout: await encodePng(await cut(picture, edit, 'full', alpha)) }
        : {};
      signal.throwIfAborted();
      const outlines = (wanted.outlines ?? []).map((toLayer) => outlinePath(alpha, toLayer));
      return { ...mask, ...colours, outlines };
    },
    cancel: () => current.abort(new Error('Cancelled.')),
  };
}

async function embed(model: PromptModel, picture: Picture): Promise<ImageEmbedding> {
  return model.embed(await picture.small());
}

function ownAlpha({ width, height, data }: Raster): Alpha {
  const alpha = new Uint8Array(width * height);
  for (let i = 0; i < alpha.length; i++) alpha[i] = data[i * 4 + 3]!;
  return { width, height, channels: 1, data: alpha };
}
