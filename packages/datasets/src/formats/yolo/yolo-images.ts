import type { FileSystem } from '../../model/file-system.js';
import { byName, extensionOf, folderOf, isImage, join, nameOf } from '../../model/paths.js';
import { linesOf } from '../../text/lines.js';

/** An image of a YOLO data set. */
export interface YoloImage {
  /** From the root of the data set where it lies below it. */
  readonly name: string;
  readonly path: string;
  readonly label: string;
  /** The text file that names it, and its line there; absent where a folder has it. */
  readonly listed?: { readonly path: string; readonly line: number };
}

/** Folders deep in which images are looked for. */
const DEEPEST = 6;

/** The images of a split's path: a folder with all below it, or a text file with a path a line. */
export async function imagesAt(fs: FileSystem, root: string, path: string): Promise<YoloImage[]> {
  const found = new Map<string, YoloImage['listed']>();
  const stat = await fs.stat(path);
  if (stat?.type === 'folder') await walk(fs, path, 0, found);
  else if (stat?.type === 'file' && extensionOf(path) === 'txt') {
    linesOf(await fs.read(path)).forEach(({ text }, line) => {
      if (text.trim() !== '') found.set(listedPath(root, path, text.trim()), { path, line });
    });
  }
  return [...found]
    .sort(([a], [b]) => byName(a, b))
    .map(([image, listed]) => ({
      name: image.startsWith(`${root}/`) ? image.slice(root.length + 1) : image,
      path: image,
      label: labelOf(image),
      ...(listed && { listed }),
    }));
}

/** Where a line of a list leads: from the list itself when it begins with a dot, else from the root. */
function listedPath(root: string, list: string, text: string): string {
  return join(text.startsWith('./') ? folderOf(list) : root, text);
}

async function walk(
  fs: FileSystem,
  folder: string,
  depth: number,
  found: Map<string, YoloImage['listed']>,
): Promise<void> {
  for (const { name, type } of await fs.list(folder)) {
    if (type === 'file' && isImage(name)) found.set(join(folder, name), undefined);
    else if (type === 'folder' && depth < DEEPEST && !name.startsWith('.'))
      await walk(fs, join(folder, name), depth + 1, found);
  }
}

/** Where the labels of an image are: `/labels/` for the last `/images/`, `.txt` for the extension. */
export function labelOf(image: string): string {
  const at = image.lastIndexOf('/images/');
  const moved = at < 0 ? image : `${image.slice(0, at)}/labels/${image.slice(at + 8)}`;
  const name = nameOf(moved);
  const dot = name.lastIndexOf('.');
  return `${moved.slice(0, moved.length - name.length)}${dot > 0 ? name.slice(0, dot) : name}.txt`;
}
