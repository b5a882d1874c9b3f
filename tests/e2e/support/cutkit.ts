import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The command line as it is built for npm. */
const MAIN = fileURLToPath(new URL('../../../packages/cli/dist/main.js', import.meta.url));

/** The sample photo, with one clear subject. */
export const PHOTO: string = fileURLToPath(
  new URL('../../../packages/cli/sample/photo.jpg', import.meta.url),
);

/** What a run of `cutkit` left. */
export interface Run {
  readonly code: number | null;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** How a run is set up. */
export interface RunOptions {
  readonly cwd?: string;
  readonly stdin?: Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts `cutkit` without waiting for its end. */
export function start(args: readonly string[], { cwd, env }: RunOptions = {}): ChildProcess {
  return spawn(process.execPath, [MAIN, ...args], { cwd, env: { ...process.env, NO_COLOR: '1', ...env } });
}

/** Runs `cutkit` to its end. */
export async function cutkit(args: readonly string[], options: RunOptions = {}): Promise<Run> {
  const child = start(args, options);
  child.stdin?.end(options.stdin ?? '');
  return ended(child);
}

/** A started run's outcome. */
export async function ended(child: ChildProcess): Promise<Run> {
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => stderr.push(chunk));
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString() };
}
