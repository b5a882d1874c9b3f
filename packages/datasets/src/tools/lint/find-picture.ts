import type { FileSystem, FolderEntry } from '../../model/file-system.js';
import { isImage, join } from '../../model/paths.js';

/** Folders that are looked into; where there are more, no one can say that a name stands only once. */
const MOST_FOLDERS = 4096;
/** Folders that hold no pictures of a data set. */
const SKIPPED = /^(\.|node_modules$)/;

/** Looks for pictures by name. */
export interface PictureSearch {
  /** The path of the only picture of this name; `undefined` when there is none, or more than one. */
  only(name: string): Promise<string | undefined>;
}

/** A search through a folder and all below it, which is listed once, when the first name is asked for. */
export function createPictureSearch(fs: FileSystem, root: string): PictureSearch {
  let known: Promise<ReadonlyMap<string, string | undefined>> | undefined;
  return {
    async only(name) {
      known ??= listPictures(fs, root);
      return (await known).get(name);
    },
  };
}

/** Paths by name; names that stand twice lead nowhere. */
async function listPictures(fs: FileSystem, root: string): Promise<ReadonlyMap<string, string | undefined>> {
  const pictures = new Map<string, string | undefined>();
  const folders = [root];
  for (let i = 0; i < folders.length; i++) {
    if (i >= MOST_FOLDERS) return new Map();
    for (const { name, type } of await entriesOf(fs, folders[i]!)) {
      const path = join(folders[i]!, name);
      if (type === 'folder' && !SKIPPED.test(name)) folders.push(path);
      else if (type === 'file' && isImage(name)) pictures.set(name, pictures.has(name) ? undefined : path);
    }
  }
  return pictures;
}

async function entriesOf(fs: FileSystem, folder: string): Promise<readonly FolderEntry[]> {
  try {
    return await fs.list(folder);
  } catch {
    // A folder that may not be listed has nothing to offer.
    return [];
  }
}
