import type { WorkOptions } from '@cutkit/core';
import type { FileStat, FileSystem } from '../../model/file-system.js';
import type { Finding } from '../../model/finding.js';
import { join } from '../../model/paths.js';
import { type Sentence, say, sayCount } from '../../sentences/sentence.js';
import { linesOf } from '../../text/lines.js';
import { mapLimited } from '../map-limited.js';
import type { DataYaml } from './data-yaml.js';
import { imagesAt, type YoloImage } from './yolo-images.js';

/** Where a YOLO data set has what. */
export interface YoloLayout {
  readonly images: readonly YoloImage[];
  readonly names: readonly string[];
  readonly pose: boolean;
  readonly notes: readonly Sentence[];
  readonly findings: readonly Finding[];
  /** The file with the names, and how it was read; absent where there is none. */
  readonly yaml?: { readonly path: string; readonly content: DataYaml };
  readonly list?: { readonly path: string; readonly bytes: Uint8Array };
  readonly stat: FileStat | undefined;
}

/** Files with a class name a line. */
const NAME_LISTS = ['classes.txt', 'labels/classes.txt', 'obj.names', 'names.txt'];
/** Label files that are read to learn how many classes there are, where nothing names them. */
const SAMPLES = 200;

/** A folder with `images` and `labels`, or with pictures and their `.txt` side by side. */
export async function layoutWithoutYaml(
  fs: FileSystem,
  folder: string,
  options: WorkOptions,
): Promise<YoloLayout> {
  const inside = await fs.stat(join(folder, 'images'));
  const all = await imagesAt(fs, folder, inside?.type === 'folder' ? join(folder, 'images') : folder);
  for (const name of NAME_LISTS) {
    const path = join(folder, name);
    const stat = await fs.stat(path);
    if (stat?.type !== 'file') continue;
    const bytes = await fs.read(path);
    const names = linesOf(bytes).map(({ text }) => text.trim());
    while (names.at(-1) === '') names.pop();
    const notes = [
      say('note-yolo-names', {
        images: sayCount('image', all.length),
        classes: sayCount('class', names.length),
        path,
      }),
    ];
    return { images: all, names, pose: false, notes, findings: [], list: { path, bytes }, stat };
  }
  const largest = await mapLimited(all.slice(0, SAMPLES), ({ label }) => largestClass(fs, label), options);
  const count = Math.max(-1, ...largest) + 1;
  const names = Array.from({ length: count }, (_, i) => String(i));
  const notes = [say('note-yolo-bare', { images: sayCount('image', all.length) })];
  return { images: all, names, pose: false, notes, findings: [], stat: undefined };
}

async function largestClass(fs: FileSystem, label: string): Promise<number> {
  if ((await fs.stat(label))?.type !== 'file') return -1;
  const classes = linesOf(await fs.read(label)).map(({ text }) => Number.parseInt(text, 10));
  return Math.max(-1, ...classes.filter((one) => one >= 0 && one < 100_000));
}
