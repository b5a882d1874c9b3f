import { stat } from 'node:fs/promises';
import { CutkitError } from '@cutkit/core';
import { openRemover } from '@cutkit/core/node';
import type { GlobalOptions } from '../main.js';
import { createNotice, writeStdout } from '../output/print.js';
import { createBar, downloadTo } from '../output/progress.js';
import { readBackground } from '../remove/background.js';
import { STREAM } from '../remove/cut.js';
import { findInputs, type Input } from '../remove/inputs.js';
import { commonDirectory, openJournal } from '../remove/journal.js';
import { type Job, planOutputs } from '../remove/plan.js';
import { createReport, failed } from '../remove/report.js';
import { type BatchOptions, runBatch, runJob } from '../remove/run.js';

/** The options of `cutkit remove`. */
export interface RemoveCommandOptions extends GlobalOptions {
  readonly out?: string;
  readonly model: string;
  readonly output: 'cutout' | 'mask' | 'both';
  readonly bg?: string;
  readonly format: 'png' | 'webp';
  readonly detail?: number;
  readonly flip?: boolean;
  readonly decontaminate: boolean;
  readonly jobs: number;
  readonly maxMegapixels: number;
  readonly force?: boolean;
  readonly watch?: boolean;
  readonly offline?: boolean;
  readonly json?: boolean;
}

/** `cutkit remove`: resolves to the exit code. */
export async function remove(
  names: readonly string[],
  options: RemoveCommandOptions,
  signal: AbortSignal,
): Promise<number> {
  checkStreams(names, options);
  const quiet = options.quiet ?? false;
  const background = options.bg === undefined ? undefined : await readBackground(options.bg);
  const { inputs, failures } = await gather(names, options);
  const report = createReport(quiet);
  for (const { path, error } of failures) report.add(failed(path, error), error);
  if (inputs.length === 0 && !options.watch) return finish(options, report, 'nothing ran');

  const outIsFile = await isSingleFile(inputs, names, options);
  const out = options.out ?? (names.includes(STREAM) ? STREAM : undefined);
  const plan = (some: readonly Input[]) => planOutputs(some, { ...options, out, outIsFile });
  const jobs = plan(inputs);
  const remover = await open(options, quiet, signal);
  const single = jobs.length <= 1 && outIsFile;
  const batch: BatchOptions = {
    remover,
    background,
    format: options.format,
    decontaminate: options.decontaminate,
    detail: options.detail,
    flip: options.flip ?? false,
    maxPixels: options.maxMegapixels * 1e6,
    signal,
    jobs: options.jobs,
    force: options.force ?? false,
    journal:
      single || isStream(jobs) ? undefined : await openJournal(journalPlace(jobs, options), digest(options)),
  };
  const bar = await createBar('pictures', quiet || options.watch === true || jobs.length < 2);
  try {
    await runBatch(jobs, report, { ...batch, onStep: (done, total) => bar.update(done, total) });
    if (options.watch) {
      const { watch } = await import('../remove/watch.js');
      await watch(names, signal, async (input) => {
        for (const job of plan([input])) await runJob(job, report, batch);
      });
    }
  } catch (error) {
    if (!signal.aborted) throw error;
    if (!quiet) process.stderr.write('interrupted; run the same command again to go on\n');
    await finish(options, report, remover.backend);
    throw error;
  } finally {
    bar.stop();
    await remover.dispose();
  }
  return finish(options, report, remover.backend);
}

async function gather(
  names: readonly string[],
  { out }: RemoveCommandOptions,
): ReturnType<typeof findInputs> {
  if (names.includes(STREAM)) return { inputs: [{ path: STREAM, relative: 'stdin' }], failures: [] };
  return findInputs(names, out === STREAM ? undefined : out);
}

function checkStreams(names: readonly string[], { out, json, output, watch }: RemoveCommandOptions): void {
  const bad = (message: string, hint: string): never => {
    throw new CutkitError('BAD_OPTION', message, hint);
  };
  const toStdout = out === STREAM || (out === undefined && names.includes(STREAM));
  if (names.includes(STREAM) && names.length > 1)
    bad('stdin (-) cannot be mixed with other inputs.', 'Run it alone.');
  if (toStdout && json) bad('--json and a picture cannot share stdout.', 'Give a file with -o.');
  if (toStdout && output === 'both')
    bad('Two pictures cannot share stdout.', 'Choose --output cutout or mask.');
  if (watch && names.includes(STREAM)) bad('stdin cannot be watched.', 'Watch a directory.');
}

/** Whether `-o` names one file: one input named outright, and not a directory that exists or ends in a slash. */
async function isSingleFile(
  inputs: readonly Input[],
  names: readonly string[],
  options: RemoveCommandOptions,
): Promise<boolean> {
  const { out } = options;
  if (out === STREAM || names.includes(STREAM)) {
    if (inputs.length > 1) {
      throw new CutkitError(
        'BAD_OPTION',
        'Several pictures cannot share stdout.',
        'Give a directory with -o.',
      );
    }
    return true;
  }
  if (out === undefined) return false;
  const isDirectory = (path: string) =>
    stat(path).then(
      (info) => info.isDirectory(),
      () => false,
    );
  const [first] = names;
  const oneFile =
    names.length === 1 && inputs.length === 1 && first !== undefined && !(await isDirectory(first));
  return oneFile && !/[\\/]$/.test(out) && !(await isDirectory(out));
}

function isStream(jobs: readonly Job[]): boolean {
  return jobs.some(({ cutout, mask }) => cutout === STREAM || mask === STREAM);
}

function journalPlace(jobs: readonly Job[], { out }: RemoveCommandOptions): string {
  return out ?? commonDirectory(jobs.map(({ cutout, mask, input }) => cutout ?? mask ?? input));
}

/** Every option that shapes a result. */
function digest({ model, output, bg, format, detail, flip, decontaminate }: RemoveCommandOptions): unknown {
  return [model, output, bg, format, detail, flip, decontaminate];
}

async function open(
  options: RemoveCommandOptions,
  quiet: boolean,
  signal: AbortSignal,
): ReturnType<typeof openRemover> {
  const bar = await createBar('bytes', quiet);
  try {
    return await openRemover({
      ...options,
      signal,
      onNotice: createNotice(quiet),
      onProgress: downloadTo(bar, options.model),
    });
  } finally {
    bar.stop();
  }
}

async function finish(
  options: RemoveCommandOptions,
  report: ReturnType<typeof createReport>,
  backend: string,
): Promise<number> {
  if (options.json) {
    const { outcomes, count } = report;
    const counts = { done: count('done'), failed: count('failed'), skipped: count('skipped') };
    await writeStdout(
      `${JSON.stringify({ inputs: outcomes, ...counts, backend, model: options.model }, null, 2)}\n`,
    );
  }
  if (!options.quiet) process.stderr.write(`${report.summary(backend)}\n`);
  return report.count('failed') > 0 ? 1 : 0;
}
