import { CutkitError, type Removal } from '@cutkit/core';
import pc from 'picocolors';
import { failureLine } from '../output/print.js';

/** What became of one input, as `--json` prints it. */
export interface Outcome {
  readonly input: string;
  readonly status: 'done' | 'skipped' | 'failed';
  readonly outputs?: { readonly cutout?: string; readonly mask?: string };
  readonly width?: number;
  readonly height?: number;
  readonly verdict?: Removal['assessment']['verdict'];
  readonly coverage?: number;
  readonly confidence?: number;
  readonly timings_ms?: Readonly<Record<string, number>>;
  readonly notices?: readonly string[];
  readonly error?: { readonly code: string; readonly message: string; readonly hint: string };
}

/** The outcome of a failure. */
export function failed(input: string, error: unknown): Outcome {
  const message = error instanceof Error ? error.message : String(error);
  if (!(error instanceof CutkitError))
    return { input, status: 'failed', error: { code: 'UNEXPECTED', message, hint: '' } };
  return { input, status: 'failed', error: { code: error.code, message, hint: error.hint } };
}

/** Collects outcomes, tells each failure at once and the sum at the end. */
export interface Report {
  add(outcome: Outcome, error?: unknown): void;
  readonly outcomes: readonly Outcome[];
  count(status: Outcome['status']): number;
  /** `9 done, 1 failed, 2 skipped in 3.1 s (native)`. */
  summary(backend: string): string;
}

/** A report that writes to stderr; with `quiet`, failures only. */
export function createReport(quiet: boolean, clearLine: () => void = () => {}): Report {
  const outcomes: Outcome[] = [];
  const start = performance.now();
  const count = (status: Outcome['status']) => outcomes.filter((one) => one.status === status).length;
  const say = (text: string) => {
    clearLine();
    process.stderr.write(`${text}\n`);
  };
  return {
    outcomes,
    count,
    add(outcome, error) {
      outcomes.push(outcome);
      if (error !== undefined) say(`${outcome.input}: ${failureLine(error)}`);
      if (quiet || outcome.status !== 'done') return;
      if (outcome.verdict === 'empty') say(`${outcome.input}: ${pc.yellow('nothing found to cut out')}`);
      if (outcome.verdict === 'uncertain')
        say(`${outcome.input}: ${pc.yellow('uncertain: look at the result')}`);
      for (const notice of outcome.notices ?? []) say(`${outcome.input}: ${pc.dim(notice)}`);
    },
    summary(backend) {
      const parts = [`${count('done')} done`, `${count('failed')} failed`];
      if (count('skipped') > 0) parts.push(`${count('skipped')} already done`);
      const seconds = ((performance.now() - start) / 1000).toFixed(1);
      return `${parts.join(', ')} in ${seconds} s (${backend})`;
    },
  };
}
