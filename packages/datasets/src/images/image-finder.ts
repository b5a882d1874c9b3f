import type { FileSystem } from '../model/file-system.js';
import { byName, folderOf, join, nameOf } from '../model/paths.js';

/** Folders that hold pictures, by the names that people give them. */
const FOLDERS = ['images', 'imgs', 'img', 'image', 'data', 'JPEGImages', 'photos'];
/** Names that are tried before a folder is taken for the one with the images. */
const SAMPLES = 3;
/** Folders that are looked into at each level. */
const BREADTH = 64;

/**
 * Finds the image files of annotations that name them: against the folder of the annotations, folders beside and below
 * it, and its parents. The folder in which the first few names are found is kept for all others.
 */
export function createImageFinder(
  fs: FileSystem,
  annotations: string,
  names: readonly string[],
  root?: string,
): (name: string) => Promise<string | undefined> {
  const bases = once(() => candidates(fs, folderOf(annotations), root));
  const likely = once(async () => {
    for (const base of await bases()) {
      for (const name of names.slice(0, SAMPLES)) {
        if (await isFile(fs, join(base, name))) return [base];
      }
    }
    return [];
  });
  return async (name) => {
    const [first] = await likely();
    const order = [...(first === undefined ? [] : [first]), ...(await bases())];
    for (const base of order) {
      if (await isFile(fs, join(base, name))) return join(base, name);
    }
    // A path of another machine: its last name beside the others.
    const last = nameOf(name.replaceAll('\\', '/'));
    if (last === name) return undefined;
    for (const base of order) if (await isFile(fs, join(base, last))) return join(base, last);
    return undefined;
  };
}

async function candidates(fs: FileSystem, folder: string, root: string | undefined): Promise<string[]> {
  if (root !== undefined) return [root];
  const bases: string[] = [];
  for (let [at, level] = [folder, 0]; level < 3; level++) {
    bases.push(at);
    const below = (await entries(fs, at)).filter(({ type }) => type === 'folder').map(({ name }) => name);
    const known = below.filter((name) => FOLDERS.includes(name));
    const others = below.filter((name) => !FOLDERS.includes(name) && !name.startsWith('.')).sort(byName);
    for (const name of [...known, ...others].slice(0, BREADTH)) bases.push(join(at, name));
    // images/train2017, as many data sets have it.
    for (const name of known.slice(0, 2)) {
      const inner = (await entries(fs, join(at, name)))
        .filter(({ type }) => type === 'folder')
        .slice(0, BREADTH);
      for (const one of inner) bases.push(join(at, `${name}/${one.name}`));
    }
    if (folderOf(at) === at || folderOf(at) === '') break;
    at = folderOf(at);
  }
  return bases;
}

async function entries(fs: FileSystem, folder: string) {
  try {
    return await fs.list(folder);
  } catch {
    return [];
  }
}

async function isFile(fs: FileSystem, path: string): Promise<boolean> {
  return (await fs.stat(path))?.type === 'file';
}

function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
