import {
  automask,
  CutkitError,
  compressRle,
  createPredictor,
  encodeRle,
  type ImageEmbedding,
  type Manifest,
  type MaskRecord,
  type PromptModel,
  type Raster,
  type RunLengths,
  type Session,
} from '@cutkit/core';
import type { Engine, EngineAnswer, EngineListener, EnginePrompt } from '../protocol/engine.js';
import { Recent } from './recent.js';

/** How a host opens models; each is asked for at most once. */
export interface EngineModels {
  openPrompt(): Promise<{ readonly model: PromptModel; readonly manifest: Manifest }>;
  openMatting(): Promise<{ readonly session: Session; readonly manifest: Manifest }>;
}

/** Embedded pictures that are kept; one takes about a megabyte. */
const PICTURES = 16;
/** Logits of answers that are kept to be refined; each takes a quarter of a megabyte. */
const ANSWERS = 64;

/** The one implementation of {@link Engine}, whatever thread it runs in. */
export function createEngine(models: EngineModels, listener: EngineListener): Engine {
  const prompt = once(models.openPrompt);
  const matting = once(models.openMatting);
  const embeddings = new Recent<string, ImageEmbedding>(PICTURES);
  const logits = new Recent<number, Float32Array>(ANSWERS);
  const jobs = new Map<number, AbortController>();
  let answers = 0;

  const embeddingOf = (key: string): ImageEmbedding => {
    const found = embeddings.get(key);
    if (found) return found;
    throw new CutkitError('BAD_OPTION', 'This picture is not embedded.', 'Embed it first.');
  };

  const answerOf = (mask: EngineAnswer['mask'], score: number, plane?: Float32Array): EngineAnswer => {
    const id = ++answers;
    if (plane) logits.set(id, plane);
    return { id, mask, score };
  };

  return {
    openPrompt: async () => (await prompt()).manifest,
    knows: async (key) => embeddings.has(key),
    async embed({ key, pixels, width, height }) {
      const { model } = await prompt();
      // The frame is what the encoder sees of the whole picture; answers are wanted at the whole picture's size.
      embeddings.set(key, { ...(await model.embed(pixels)), width, height });
    },
    async predict(key, { points, box, refines, most }: EnginePrompt) {
      const embedding = embeddings.get(key);
      if (!embedding) return undefined;
      const { model } = await prompt();
      const predictor = createPredictor(embedded(model, embedding));
      await predictor.setImage(standIn(embedding));
      const mask = refines === undefined ? undefined : logits.get(refines);
      // One click alone may mean a part or the whole: then all candidates. Anything more has one answer.
      const multimask = points.length === 1 && !box && !mask;
      const found = await predictor.predict({ points, box, mask }, { multimask, ...(most && { most }) });
      return found.map((one) => answerOf(compressRle(encodeRle(one.mask)), one.score, one.logits));
    },
    async suggest(key, options, job) {
      const { model } = await prompt();
      const embedding = embeddingOf(key);
      const controller = new AbortController();
      jobs.set(job, controller);
      try {
        const found: EngineAnswer[] = [];
        const work = {
          signal: controller.signal,
          onProgress: ({ stage, done, total }: { stage: string; done: number; total: number }) => {
            if (stage === 'points') listener.progress(job, done, total);
          },
        };
        const given = { ...options, outputMode: 'uncompressed_rle' as const, fast: true };
        for await (const record of automask(embedded(model, embedding), standIn(embedding), given, work))
          found.push(answerOf(compressRle(runLengths(record)), record.predicted_iou));
        return found;
      } finally {
        jobs.delete(job);
      }
    },
    cancel(job) {
      jobs.get(job)?.abort(new CutkitError('BAD_OPTION', 'Stopped.', 'Start again when you like.'));
    },
    async openMatting() {
      const { session, manifest } = await matting();
      return { manifest, backend: session.backend, inputs: session.inputs, outputs: session.outputs };
    },
    runMatting: async (feeds) => (await matting()).session.run(feeds),
  };
}

/** The model as it is for one picture, whose embedding is there already. */
function embedded(model: PromptModel, embedding: ImageEmbedding): PromptModel {
  return { ...model, embed: async () => embedding };
}

/** A picture of the right size without pixels, for calls that only pass it on to {@link embedded}. */
function standIn({ width, height }: ImageEmbedding): Raster {
  return { width, height, channels: 3, data: new Uint8Array() };
}

function runLengths({ segmentation }: MaskRecord): RunLengths {
  return segmentation as RunLengths;
}

/** Calls `open` the first time; a failure is tried anew at the next. */
function once<T>(open: () => Promise<T>): () => Promise<T> {
  let opened: Promise<T> | undefined;
  return () => {
    opened ??= open().catch((error: unknown) => {
      opened = undefined;
      throw error;
    });
    return opened;
  };
}
