import { lstat, readdir, stat } from 'node:fs/promises';
import { basename, join, relative, resolve } from 'node:path';
import { CutkitError } from '@cutkit/core';
import { glob } from 'tinyglobby';

/** One picture to cut: where it is, and its path below what the user named, which outputs keep. */
export interface Input {
  readonly path: string;
  readonly relative: string;
}

/** What the user named that cannot be an input, told per name so that the others go on. */
export interface InputFailure {
  readonly path: string;
  readonly error: CutkitError;
}

/** Extensions that are looked for in directories; a file named outright may have any. */
const PICTURE = /\.(?:jpe?g|png|webp|avif|gif|tiff?)$/i;
/** Our own results are not cut again when their directory is given anew. */
const RESULT = /\.(?:cutout|mask)\.(?:png|webp)$/i;

/** Whether a file found in a directory is a picture to cut. */
export function isCandidate(name: string): boolean {
  return PICTURE.test(name) && !RESULT.test(name);
}

/**
 * Turns names into pictures: files as they are, directories recursively without hidden entries and without `exclude`
 * (the output directory), anything else as a glob. A file whose literal name looks like a glob wins over the glob.
 */
export async function findInputs(
  names: readonly string[],
  exclude?: string,
): Promise<{ inputs: Input[]; failures: InputFailure[] }> {
  const inputs = new Map<string, Input>();
  const failures: InputFailure[] = [];
  for (const name of names) {
    try {
      for (const input of await expand(name, exclude && resolve(exclude)))
        inputs.set(resolve(input.path), input);
    } catch (error) {
      if (!(error instanceof CutkitError)) throw error;
      failures.push({ path: name, error });
    }
  }
  return { inputs: [...inputs.values()], failures };
}

async function expand(name: string, exclude: string | undefined): Promise<Input[]> {
  const info = await stat(name).catch(() => undefined);
  if (info?.isDirectory()) return walkDirectory(name, exclude);
  if (info) return [{ path: name, relative: basename(name) }];
  const matches = await glob(name, { expandDirectories: false, onlyFiles: true });
  if (matches.length > 0) return matches.sort().map((path) => ({ path, relative: basename(path) }));
  const dangling = await lstat(name).catch(() => undefined);
  throw new CutkitError(
    'INPUT_NOT_FOUND',
    dangling ? `${name} is a link to nothing.` : `${name} does not exist and matches no file.`,
    'Check the path and its spelling.',
  );
}

async function walkDirectory(root: string, exclude: string | undefined): Promise<Input[]> {
  const found: Input[] = [];
  const visit = async (folder: string): Promise<void> => {
    const entries = await readdir(folder, { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = join(folder, entry.name);
      if (entry.name.startsWith('.') || resolve(path) === exclude) continue;
      if (entry.isDirectory()) await visit(path);
      else if (isCandidate(entry.name)) found.push({ path, relative: relative(root, path) });
    }
  };
  await visit(root);
  if (found.length > 0) return found;
  throw new CutkitError(
    'NO_IMAGES',
    `${root} holds no pictures.`,
    'Cutkit looks for .jpg, .png, .webp, .avif, .gif and .tiff; name other files one by one.',
  );
}
