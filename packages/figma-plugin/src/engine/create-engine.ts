import {
  type Alpha,
  automask,
  type CocoRle,
  createPredictor,
  cutout,
  encodeRle,
  estimateForeground,
  expandRle,
  findManifest,
  type ImageEmbedding,
  matte,
  multiplyAlpha,
  type Predictor,
  type PromptModel,
  type Raster,
  type Session,
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
  /** Answers clicks and boxes on the preview. */
  predictor?: Promise<Predictor>;
  /** What the network saw of the whole picture, once it did. */
  embedding?: ImageEmbedding;
}

/** The network that finds the subject. */
const CUTOUT = findManifest('unet-cutout');
/** Bytes of embeddings that a picture keeps: of itself, and of what is around the last boxes. */
const EMBEDDINGS = 32 * 2 ** 20;
/** Pixels that a picture keeps, for each of the network's, when the browser makes it smaller before it is resized exactly. */
const ENOUGH = 2;

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
  const predictorOf = (picture: Held): Promise<Predictor> => {
    if (!prompter) throw new Error('The network for clicks is not loaded.');
    // A hover and a click may ask at once: the picture is embedded for both.
    picture.predictor ??= openPredictor(prompter, picture);
    return picture.predictor;
  };
  /** The coverage of an edit on the whole picture or its preview. The picture's own transparency stays. */
  const coverage = async (picture: Held, edit: Edit, size: 'full' | 'small'): Promise<Alpha> => {
    const { opened, isOpaque } = picture;
    const alpha = coverageOf(edit, picture, size === 'full' ? opened : opened.preview, opened);
    return isOpaque ? alpha : multiplyAlpha(alpha, ownAlpha(await picture[size]()));
  };
  /** The picture's colours under a coverage. */
  const cut = (pixels: Raster, { edges }: Edit, alpha: Alpha): Raster => {
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
      const predictor = await predictorOf(held(key));
      const answers = await predictor.predict(prompt, { multimask, closeUp: true });
      return answers.map((answer) => ({ ...answer, mask: encodeRle(answer.mask) }));
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
      const { width, height, data } = cut(await picture.small(), edit, alpha);
      return { width, height, data: data as Uint8Array };
    },
    async finish(key, edit, wanted) {
      const picture = held(key);
      const signal = begin();
      const alpha = await coverage(picture, edit, 'full');
      const mask = wanted.mask ? { mask: await encodePng(alpha) } : {};
      signal.throwIfAborted();
      let coloured = {};
      if (wanted.cutout) {
        const { pixels, colours } = await picture.stored();
        coloured = { cutout: await encodePng(cut(pixels, edit, alpha), colours) };
      }
      signal.throwIfAborted();
      const outlines = (wanted.outlines ?? []).map((toLayer) => outlinePath(alpha, toLayer));
      return { ...mask, ...coloured, outlines };
    },
    cancel: () => current.abort(new Error('Cancelled.')),
  };
}

async function openPredictor(model: PromptModel, picture: Held): Promise<Predictor> {
  const embed: PromptModel['embed'] = async (image) => {
    const embedding = await model.embed(image);
    // The first is of the whole picture, those that follow of what is around boxes.
    picture.embedding ??= embedding;
    return embedding;
  };
  const predictor = createPredictor({ ...model, embed }, { cacheBytes: EMBEDDINGS });
  await predictor.setImage(await picture.small());
  return predictor;
}

function ownAlpha({ width, height, data }: Raster): Alpha {
  const alpha = new Uint8Array(width * height);
  for (let i = 0; i < alpha.length; i++) alpha[i] = data[i * 4 + 3]!;
  return { width, height, channels: 1, data: alpha };
}
