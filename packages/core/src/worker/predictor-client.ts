import { proxy, type Remote, transfer, wrap } from 'comlink';
import type { AutomaskOptions } from '../automask/options.js';
import type { MaskRecord } from '../automask/record.js';
import type { Mask } from '../mask/mask.js';
import type { Predictor } from '../predictor.js';
import type { Progress, Raster, WorkOptions } from '../types.js';
import { createChannel } from './channel.js';
import type { Reply, WorkerApi, WorkerPredictorOptions } from './protocol.js';
import { unwrap } from './reply.js';

/** How a picture is handed to the worker. */
export interface SendOptions extends WorkOptions {
  /** Hand its bytes over instead of copying them; the picture cannot be used here afterwards. */
  readonly transfer?: boolean;
}

/** A {@link Predictor}, and the automatic generator, whose every step runs in a worker. */
export interface WorkerPredictor extends Omit<Predictor, 'model' | 'setImage' | 'maskInput'> {
  /** The model's id. */
  readonly id: string;
  setImage(image: Raster, work?: SendOptions): Promise<void>;
  maskInput(mask: Mask): Promise<Float32Array>;
  /** As the `automask` of the page; stopping to read ends the run. */
  automask(image: Raster, options?: Partial<AutomaskOptions>, work?: SendOptions): AsyncGenerator<MaskRecord>;
}

/**
 * A predictor in `worker` (a script that imports `@cutkit/core/worker`), so that networks, upscaling, matting and automatic masks
 * never hold up the page. Results come back without a copy; errors keep code and hint; an abort stops work at its next batch.
 * `dispose` ends the worker.
 */
export async function createWorkerPredictor(
  worker: Worker,
  options: WorkerPredictorOptions,
): Promise<WorkerPredictor> {
  const api: Remote<WorkerApi> = wrap<WorkerApi>(worker);
  const { id } = unwrap(await api.openPrompt(options));
  let jobs = 0;

  /** Runs a job that an abort reaches, and rejects with the abort's own reason. */
  async function run<T>(
    signal: AbortSignal | undefined,
    work: (job: number) => Promise<Reply<T>>,
  ): Promise<T> {
    signal?.throwIfAborted();
    const job = jobs++;
    const abort = () => void api.abort(job);
    signal?.addEventListener('abort', abort, { once: true });
    try {
      const answer = await work(job);
      signal?.throwIfAborted();
      return unwrap(answer);
    } finally {
      signal?.removeEventListener('abort', abort);
    }
  }

  const predictMany: Predictor['predictMany'] = (prompts, { signal, onProgress: _, ...rest } = {}) =>
    run(signal, (job) => api.predictMany(job, prompts, rest));

  return {
    id,
    setImage: (image, { signal, transfer: give } = {}) =>
      run(signal, (job) => api.setImage(job, sent(image, give))),
    predictMany,
    async predict(prompt, own) {
      const [answers = []] = await predictMany([prompt], own);
      return answers;
    },
    maskInput: async (mask) => unwrap(await api.maskInput(mask)),
    soften: async ({ mask, logits }, own = {}) => unwrap(await api.soften({ mask, logits }, own)),
    async *automask(image, own = {}, { signal, onProgress, transfer: give } = {}) {
      const records = createChannel<MaskRecord>();
      const stop = new AbortController();
      const either = signal ? AbortSignal.any([signal, stop.signal]) : stop.signal;
      const onRecord = proxy((record: MaskRecord) => records.push(record));
      const report = proxy((progress: Progress) => onProgress?.(progress));
      const done = run(either, (job) => api.automask(job, sent(image, give), own, onRecord, report));
      done.then(
        () => records.close(),
        (error: unknown) => records.close(error),
      );
      try {
        yield* records;
      } finally {
        stop.abort();
      }
    },
    async dispose() {
      worker.terminate();
    },
  };
}

function sent(image: Raster, give = false): Raster {
  return give ? transfer(image, [image.data.buffer]) : image;
}
