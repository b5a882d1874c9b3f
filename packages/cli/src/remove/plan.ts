import { basename, dirname, extname, join, resolve } from 'node:path';
import { CutkitError } from '@cutkit/core';
import type { Input } from './inputs.js';

/** What is written for one input; a path is absent when it was not asked for. */
export interface Job {
  readonly input: string;
  readonly cutout: string | undefined;
  readonly mask: string | undefined;
}

/** Where outputs go and what they are. */
export interface PlanOptions {
  /** `undefined`: beside each input; else one file (`outIsFile`) or a directory. */
  readonly out: string | undefined;
  readonly outIsFile: boolean;
  readonly output: 'cutout' | 'mask' | 'both';
  readonly format: 'png' | 'webp';
}

/**
 * Names every output before anything runs, so that the names do not depend on order or timing.
 *
 * Beside the input: `NAME.cutout.png`, `NAME.mask.png`. In a directory: `NAME.png`, `NAME.mask.png`, below the input's
 * own sub-directories. Inputs that would share a name (`a.jpg` and `a.png`, or `A.jpg` on a file system that ignores
 * case) all keep their extension in it. No output is ever an input. Throws `OUTPUT_IS_INPUT` for an explicit file.
 */
export function planOutputs(inputs: readonly Input[], options: PlanOptions): Job[] {
  // A dash is stdin or stdout, never a file's name.
  const taken = new Set(inputs.filter(({ path }) => path !== '-').map(({ path }) => identity(path)));
  if (options.outIsFile && options.out !== undefined)
    return inputs.map(({ path }) => explicit(path, options, taken));
  const counts = new Map<string, number>();
  for (const input of inputs) {
    const key = identity(stemOf(input, options));
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return inputs.map((input) => {
    const plain = stemOf(input, options);
    const shared = (counts.get(identity(plain)) ?? 0) > 1;
    const stem = shared ? `${plain}${extname(input.path)}` : plain;
    const suffix = options.out === undefined ? '.cutout' : '';
    return {
      input: input.path,
      cutout: options.output === 'mask' ? undefined : free(stem, suffix, `.${options.format}`, taken),
      mask: options.output === 'cutout' ? undefined : free(stem, '.mask', '.png', taken),
    };
  });
}

function explicit(input: string, { out = '', output }: PlanOptions, taken: ReadonlySet<string>): Job {
  if (taken.has(identity(out))) {
    throw new CutkitError('OUTPUT_IS_INPUT', `${out} is the input itself.`, 'Give another name with -o.');
  }
  const mask = join(dirname(out), `${basename(out, extname(out))}.mask.png`);
  return {
    input,
    cutout: output === 'mask' ? undefined : out,
    mask: output === 'mask' ? out : output === 'both' ? mask : undefined,
  };
}

function stemOf({ path, relative }: Input, { out }: PlanOptions): string {
  const kept = out === undefined ? path : join(out, relative);
  return join(dirname(kept), basename(kept, extname(kept)));
}

/** The first name that neither an input nor another output has. */
function free(stem: string, suffix: string, extension: string, taken: Set<string>): string {
  const tries = [suffix, suffix || '.cutout'];
  for (let i = 0; ; i++) {
    const name = `${stem}${tries[i] ?? `${tries[1]}-${i}`}${extension}`;
    if (taken.has(identity(name))) continue;
    taken.add(identity(name));
    return name;
  }
}

/** Names that some file system would hold for one file are one here. */
function identity(path: string): string {
  return resolve(path).normalize('NFC').toLowerCase();
}
