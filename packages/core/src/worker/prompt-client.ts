import { type Remote, wrap } from 'comlink';
import type { ImageEmbedding, PromptModel } from '../decode/prompt-model.js';
import type { WorkerApi, WorkerPromptOptions } from './protocol.js';
import { unwrap } from './reply.js';

/**
 * A promptable model whose networks run in `worker` (a script that imports `@cutkit/core/worker`), for `createPredictor`
 * and `automask`. Embeddings stay in the worker; a picture is copied to it, answers come back without a copy. `dispose`
 * ends the worker.
 */
export async function createWorkerPromptModel(
  worker: Worker,
  options: WorkerPromptOptions,
): Promise<PromptModel> {
  const api: Remote<WorkerApi> = wrap<WorkerApi>(worker);
  const facts = unwrap(await api.openPrompt(options));
  const numbers = new WeakMap<ImageEmbedding, number>();
  const unused = new FinalizationRegistry<number>((number) => void api.forget(number));
  let jobs = 0;
  return {
    ...facts,
    async embed(image, { signal } = {}) {
      signal?.throwIfAborted();
      const job = jobs++;
      const abort = () => void api.abort(job);
      signal?.addEventListener('abort', abort, { once: true });
      try {
        const answer = await api.embed(job, image);
        signal?.throwIfAborted();
        const { number, ...geometry } = unwrap(answer);
        const embedding: ImageEmbedding = { ...geometry, tensors: {} };
        numbers.set(embedding, number);
        unused.register(embedding, number);
        return embedding;
      } finally {
        signal?.removeEventListener('abort', abort);
      }
    },
    async decode(embedding, prompts, multimask) {
      const number = numbers.get(embedding);
      if (number === undefined) throw new RangeError('this embedding was made by another model');
      return unwrap(await api.decode(number, prompts, multimask));
    },
    async dispose() {
      worker.terminate();
    },
  };
}
