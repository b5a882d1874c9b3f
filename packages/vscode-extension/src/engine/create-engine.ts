import {
  type Answer,
  askNear,
  askPrompts,
  automask,
  CutkitError,
  closeUpWindow,
  compressRle,
  type ImageEmbedding,
  logitsOfAnswer,
  type Manifest,
  type MaskRecord,
  type PromptModel,
  type Raster,
  type RunLengths,
  runLengthsOfAnswer,
  type Session,
  type View,
  viewOf,
} from '@cutkit/core';
import {
  type Engine,
  type EngineAnswer,
  type EngineListener,
  type EnginePrompt,
  windowKey,
} from '../protocol/engine.js';
import { Recent } from './recent.js';

/** How a host opens models; each is asked for at most once. */
export interface EngineModels {
  openPrompt(): Promise<{ readonly model: PromptModel; readonly manifest: Manifest }>;
  openMatting(): Promise<{ readonly session: Session; readonly manifest: Manifest }>;
}

/** Pictures, and windows around boxes, whose embeddings are kept; one takes about a megabyte. */
const VIEWS = 32;
/** Answers that are kept to be refined; each takes a quarter of a megabyte. */
const ANSWERS = 64;

/** The one implementation of {@link Engine}, whatever thread it runs in. */
export function createEngine(models: EngineModels, listener: EngineListener): Engine {
  const prompt = once(models.openPrompt);
  const matting = once(models.openMatting);
  const views = new Recent<string, View>(VIEWS);
  const answers = new Recent<number, Answer>(ANSWERS);
  const jobs = new Map<number, AbortController>();
  let given = 0;

  const embeddingOf = (key: string): ImageEmbedding => {
    const found = views.get(key);
    if (found) return found.embedding;
    throw new CutkitError('BAD_OPTION', 'This picture is not embedded.', 'Embed it first.');
  };

  const told = (answer: Answer): EngineAnswer => {
    const id = ++given;
    answers.set(id, answer);
    return { id, mask: compressRle(runLengthsOfAnswer(answer)), score: answer.score };
  };

  return {
    openPrompt: async () => (await prompt()).manifest,
    knows: async (key) => views.has(key),
    async embed({ key, pixels, width, height }) {
      const { model } = await prompt();
      // The frame is what the encoder sees of the whole picture; answers are wanted at the whole picture's size.
      views.set(key, viewOf(model, { ...(await model.embed(pixels)), width, height }));
    },
    async predict(key, { points, box, refines, most }: EnginePrompt) {
      const whole = views.get(key);
      if (!whole) return undefined;
      const part = closeUpWindow({ points, box }, whole.embedding.width, whole.embedding.height);
      const near = part && views.get(windowKey(key, part));
      if (part && !near) return undefined;
      const { model } = await prompt();
      const refined = refines === undefined ? undefined : answers.get(refines);
      // One click alone may mean a part or the whole: then all candidates. Anything more has one answer.
      const multimask = points.length === 1 && !box && !refined;
      const options = { multimask, ...(most && { most }) };
      if (near) {
        const prompt = { points, box, mask: refined };
        return (await askNear(model, whole, { ...near, part }, prompt, options)).map(told);
      }
      const mask = refined && logitsOfAnswer(refined);
      const [found = []] = await askPrompts(model, whole, [{ points, box, mask }], options);
      return found.map(told);
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
        const all = { ...options, outputMode: 'uncompressed_rle' as const, fast: true };
        for await (const record of automask(embedded(model, embedding), standIn(embedding), all, work))
          found.push({ id: ++given, mask: compressRle(runLengths(record)), score: record.predicted_iou });
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
