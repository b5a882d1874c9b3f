import { expose, transfer } from 'comlink';
import { automask } from '../automask/automask.js';
import type { MaskRecord } from '../automask/record.js';
import { createPromptModel } from '../decode/create-prompt-model.js';
import { leanDecoder } from '../decode/lean-decoder.js';
import type { ImageEmbedding, PromptModel } from '../decode/prompt-model.js';
import { CutkitError } from '../errors.js';
import { openWeb } from '../platform/browser/open-web.js';
import { createPredictor, type Predictor } from '../predictor.js';
import { createRemover, type Remover } from '../remover.js';
import { breathe } from './breathe.js';
import type { WorkerApi } from './protocol.js';
import { reply } from './reply.js';

/** Serves one remover, and one promptable model with its predictor, to the page that started this worker. Call once, at the top of its script. */
export function serve(): void {
  let remover: Remover | undefined;
  let model: PromptModel | undefined;
  let predictor: Predictor | undefined;
  let embeddings = 0;
  const kept = new Map<number, ImageEmbedding>();
  const jobs = new Map<number, AbortController>();

  /** Runs abortable work under its job's number. */
  async function underway<T>(job: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const controller = new AbortController();
    jobs.set(job, controller);
    try {
      return await work(controller.signal);
    } finally {
      jobs.delete(job);
    }
  }

  const api: WorkerApi = {
    open: ({ model: bytes, manifest, ...options }) =>
      reply(async () => {
        await remover?.dispose();
        remover = createRemover(await openWeb(bytes, options), manifest);
        return remover.backend;
      }),
    async remove(job, image, options, onProgress) {
      const result = await reply(() =>
        underway(job, (signal) => opened(remover).remove(image, { ...options, signal, onProgress })),
      );
      if (!result.ok) return result;
      const { alpha, cutout } = result.value;
      return transfer(result, [alpha.data.buffer, cutout.data.buffer]);
    },
    openPrompt: ({ encoder, decoder, manifest, cacheBytes, ...options }) =>
      reply(async () => {
        await predictor?.dispose();
        kept.clear();
        const sessions = {
          encoder: await openWeb(encoder, options),
          decoder: await openWeb(leanDecoder(decoder), options),
        };
        model = attentive(createPromptModel(sessions, manifest));
        predictor = createPredictor(model, cacheBytes === undefined ? {} : { cacheBytes });
        const { id, logitSide, closeUp = false } = model;
        return { id, logitSide, closeUp };
      }),
    embed: (job, image) =>
      reply(() =>
        underway(job, async (signal) => {
          const embedding = await opened(model).embed(image, { signal });
          const number = embeddings++;
          kept.set(number, embedding);
          const { tensors: _, ...geometry } = embedding;
          return { ...geometry, number };
        }),
      ),
    async decode(number, prompts, multimask) {
      const result = await reply(async () => {
        const embedding = kept.get(number);
        if (!embedding) throw new Error('this embedding is not known to the worker');
        return opened(model).decode(embedding, prompts, multimask);
      });
      if (!result.ok) return result;
      const { logits, scores } = result.value;
      return transfer(result, [logits.buffer, scores.buffer]);
    },
    setImage: (job, image) =>
      reply(() => underway(job, (signal) => opened(predictor).setImage(image, { signal }))),
    async predictMany(job, prompts, options) {
      const result = await reply(() =>
        underway(job, (signal) => opened(predictor).predictMany(prompts, { ...options, signal })),
      );
      if (!result.ok) return result;
      const buffers = result.value.flat().flatMap(({ mask, logits }) => [mask.data.buffer, logits.buffer]);
      return transfer(result, buffers);
    },
    async maskInput(mask) {
      const result = await reply(async () => opened(predictor).maskInput(mask));
      return result.ok ? transfer(result, [result.value.buffer]) : result;
    },
    async soften(answer, options) {
      const result = await reply(() => opened(predictor).soften(answer, options));
      return result.ok ? transfer(result, [result.value.data.buffer]) : result;
    },
    automask: (job, image, options, onRecord, onProgress) =>
      reply(() =>
        underway(job, async (signal) => {
          for await (const record of automask(opened(model), image, options, { signal, onProgress }))
            onRecord(lent(record));
        }),
      ),
    forget(number) {
      kept.delete(number);
    },
    abort(job) {
      jobs.get(job)?.abort();
    },
  };
  expose(api);
}

/** The model, listening for aborts before each run. */
function attentive(model: PromptModel): PromptModel {
  return {
    ...model,
    async decode(...args) {
      await breathe();
      return model.decode(...args);
    },
  };
}

/** A record whose pixels, where it has them, are handed over. */
function lent(record: MaskRecord): MaskRecord {
  return 'data' in record.segmentation ? transfer(record, [record.segmentation.data.buffer]) : record;
}

function opened<T>(one: T | undefined): T {
  if (one) return one;
  throw new CutkitError('MODEL_NOT_LOCAL', 'No model is open.', 'Open one first.');
}
