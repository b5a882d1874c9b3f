import { stat } from 'node:fs/promises';
import { CutkitError } from '@cutkit/core';
import PQueue from 'p-queue';
import { type CutOptions, cut, STREAM } from './cut.js';
import type { Journal } from './journal.js';
import type { Job } from './plan.js';
import { failed, type Report } from './report.js';

/** How a batch runs. */
export interface BatchOptions extends CutOptions {
  /** Remembers what is done, so that the batch can resume; absent for a single picture. */
  readonly journal: Journal | undefined;
  readonly jobs: number;
  readonly force: boolean;
  readonly onStep?: (done: number, total: number) => void;
}

/** Runs every job, a few at a time; a failure is reported and the others go on. Rejects only when aborted. */
export async function runBatch(jobs: readonly Job[], report: Report, options: BatchOptions): Promise<void> {
  const queue = new PQueue({ concurrency: options.jobs });
  let finished = 0;
  for (const job of jobs) {
    // Waiting here keeps the queue short, and with it what a thousand pictures hold in memory.
    await queue.onSizeLessThan(options.jobs);
    if (options.signal.aborted) break;
    void queue.add(async () => {
      await runJob(job, report, options);
      options.onStep?.(++finished, jobs.length);
    });
  }
  await queue.onIdle();
  options.signal.throwIfAborted();
}

/** Runs one job and reports what became of it. */
export async function runJob(job: Job, report: Report, options: BatchOptions): Promise<void> {
  try {
    if (!options.force && (await isDone(job, options.journal))) {
      report.add({ input: job.input, status: 'skipped' });
      return;
    }
    const outcome = await cut(job, options, async () => options.journal?.begin(job));
    await options.journal?.finish(job);
    report.add(outcome);
  } catch (error) {
    if (!options.signal.aborted) report.add(failed(job.input, error), error);
  }
}

async function isDone(job: Job, journal: Journal | undefined): Promise<boolean> {
  const state = journal ? await journal.state(job) : undefined;
  if (state !== undefined && state !== 'foreign') return state === 'done';
  for (const path of [job.cutout, job.mask]) {
    if (path === undefined || path === STREAM || !(await exists(path))) continue;
    throw new CutkitError(
      'OUTPUT_EXISTS',
      `${path} exists already.`,
      'Replace it with --force, or choose another -o.',
    );
  }
  return false;
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    // A device or pipe is written to, not replaced.
    (info) => info.isFile() || info.isDirectory(),
    () => false,
  );
}
