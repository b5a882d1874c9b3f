import { proxy, type Remote, wrap } from 'comlink';
import type { Remover } from '../remover.js';
import type { Progress, Raster } from '../types.js';
import type { WorkerApi, WorkerOpenOptions } from './protocol.js';
import { unwrap } from './reply.js';

/**
 * A {@link Remover} whose work happens in `worker` (a script that imports `@cutkit/core/worker`), so that the page stays
 * responsive. Each image is copied to the worker; results come back without a copy. `dispose` ends the worker.
 */
export async function createWorkerRemover(worker: Worker, options: WorkerOpenOptions): Promise<Remover> {
  const api: Remote<WorkerApi> = wrap<WorkerApi>(worker);
  const backend = unwrap(await api.open(options));
  let jobs = 0;
  return {
    manifest: options.manifest,
    backend,
    async remove(image: Raster, { signal, onProgress, ...rest } = {}) {
      signal?.throwIfAborted();
      const job = jobs++;
      const abort = () => void api.abort(job);
      signal?.addEventListener('abort', abort, { once: true });
      try {
        const report = proxy((progress: Progress) => onProgress?.(progress));
        const reply = await api.remove(job, image, rest, report);
        signal?.throwIfAborted();
        return unwrap(reply);
      } finally {
        signal?.removeEventListener('abort', abort);
      }
    },
    async dispose() {
      worker.terminate();
    },
  };
}
