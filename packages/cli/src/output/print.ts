import { CutkitError } from '@cutkit/core';
import pc from 'picocolors';

/** Anything thrown, as far as it can be told to a user. */
export type Failure = Error | CutkitError;

/** One line for a failure: code, cause, cure. */
export function failureLine(error: unknown): string {
  if (error instanceof CutkitError) {
    return `${pc.red(error.code)} ${error.message} ${pc.dim(`${error.hint} (docs/errors/${error.code}.md)`)}`;
  }
  return pc.red(error instanceof Error ? error.message : String(error));
}

/** Tells a failure on stderr. */
export function printFailure(error: Failure): void {
  process.stderr.write(`${failureLine(error)}\n`);
}

/** A writer of lines to stderr that keeps silent when asked, and says the same thing only once. */
export function createNotice(quiet: boolean): (text: string) => void {
  const said = new Set<string>();
  return (text) => {
    if (quiet || said.has(text)) return;
    said.add(text);
    process.stderr.write(`${pc.yellow('note:')} ${text}\n`);
  };
}

/** Writes data to stdout and waits until it has left. */
export function writeStdout(data: Uint8Array | string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(data, (error) => (error ? reject(error) : resolve()));
  });
}
