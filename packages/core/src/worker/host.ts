import { expose, transfer } from 'comlink';
import { CutkitError } from '../errors.js';
import { openWeb } from '../platform/browser/open-web.js';
import { createRemover, type Remover } from '../remover.js';
import type { Reply, WorkerApi } from './protocol.js';

/** Serves one remover to the page that started this worker. Call once, at the top of a worker script. */
export function serveRemover(): void {
  let remover: Remover | undefined;
  const jobs = new Map<number, AbortController>();

  const api: WorkerApi = {
    open: ({ model, manifest, ...options }) =>
      reply(async () => {
        await remover?.dispose();
        remover = createRemover(await openWeb(model, options), manifest);
        return remover.backend;
      }),
    async remove(job, image, options, onProgress) {
      const controller = new AbortController();
      jobs.set(job, controller);
      const result = await reply(async () => {
        if (!remover)
          throw new CutkitError('MODEL_NOT_LOCAL', 'No model is open.', 'Open one before cutting.');
        return remover.remove(image, { ...options, signal: controller.signal, onProgress });
      });
      jobs.delete(job);
      if (!result.ok) return result;
      const { alpha, cutout } = result.value;
      return transfer(result, [alpha.data.buffer, cutout.data.buffer]);
    },
    abort(job) {
      jobs.get(job)?.abort();
    },
  };
  expose(api);
}

async function reply<T>(work: () => Promise<T>): Promise<Reply<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    if (error instanceof CutkitError) {
      return { ok: false, code: error.code, message: error.message, hint: error.hint };
    }
    return { ok: false, code: '', message: error instanceof Error ? error.message : String(error), hint: '' };
  }
}
