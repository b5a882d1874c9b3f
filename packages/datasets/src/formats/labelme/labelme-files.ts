import { AnnotationError } from '../../model/annotation-error.js';
import type { FileSystem } from '../../model/file-system.js';
import type { Finding } from '../../model/finding.js';
import type { OpenOptions } from '../../model/open-options.js';
import { byName, extensionOf, folderOf, isImage, join, nameOf, stemOf } from '../../model/paths.js';
import { unreadable } from '../../model/unreadable.js';
import { type JsonDocument, parseJson } from '../../text/json-document.js';
import { mapLimited } from '../map-limited.js';
import type { LabelmeShape } from './read-shapes.js';

/** What a LabelMe file holds that Cutkit uses. */
export interface LabelmeFile {
  readonly shapes: readonly LabelmeShape[];
  readonly imagePath: string;
  readonly width: number;
  readonly height: number;
  readonly value: Readonly<Record<string, unknown>>;
}

/** An image of a LabelMe data set and its file, which may not be there yet. */
export interface LabelmeEntry {
  readonly name: string;
  readonly json: string;
  readonly width: number;
  readonly height: number;
  readonly labels: readonly string[];
  readonly count: number;
}

/** A JSON file as LabelMe's, or `undefined` when it is some other JSON. */
export function labelmeOf({ value }: JsonDocument): LabelmeFile | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { shapes, imagePath, imageWidth, imageHeight } = value as Record<string, unknown>;
  if (!Array.isArray(shapes) || !shapes.every((shape) => typeof shape === 'object' && shape !== null))
    return undefined;
  const side = (one: unknown) => (typeof one === 'number' && one > 0 ? Math.round(one) : 0);
  return {
    shapes,
    imagePath: typeof imagePath === 'string' ? imagePath.replaceAll('\\', '/') : '',
    width: side(imageWidth),
    height: side(imageHeight),
    value: value as Record<string, unknown>,
  };
}

/** Folders deep in which files are looked for. */
const DEEPEST = 4;

/**
 * Reads every LabelMe file of a folder, or one file, once: only counts and labels are kept. Images without a file are listed where
 * others have one: in folders without any may be another data set, as a conversion leaves one.
 */
export async function listLabelme(
  fs: FileSystem,
  path: string,
  options: OpenOptions,
): Promise<{ entries: LabelmeEntry[]; findings: Finding[] }> {
  const single = (await fs.stat(path))?.type === 'file';
  const files = single ? [path] : await filesBelow(fs, path, 0);
  const root = single ? folderOf(path) : path;
  const findings: Finding[] = [];
  const read = await mapLimited(
    files.filter((file) => extensionOf(file) === 'json').sort(byName),
    async (json) => {
      try {
        const file = labelmeOf(parseJson(json, await fs.read(json)));
        return file && entryOf(root, json, file);
      } catch (error) {
        // Where only one file is opened, its error is the answer.
        if (single || !(error instanceof AnnotationError)) throw error;
        findings.push(unreadable(error));
        return undefined;
      }
    },
    options,
  );
  const entries = read.filter((entry) => entry !== undefined);
  const known = new Set([
    ...entries.map(({ json }) => json),
    ...findings.map(({ location }) => location.path),
  ]);
  const folders = new Set([root, ...[...known].map(folderOf)]);
  for (const image of files.filter((file) => isImage(file) && folders.has(folderOf(file)))) {
    const json = `${join(folderOf(image), stemOf(image))}.json`;
    if (known.has(json)) continue;
    entries.push({ name: relative(root, image), json, width: 0, height: 0, labels: [], count: 0 });
  }
  return { entries: entries.sort((a, b) => byName(a.name, b.name)), findings };
}

function entryOf(
  root: string,
  json: string,
  { shapes, imagePath, width, height }: LabelmeFile,
): LabelmeEntry {
  const image = join(folderOf(json), imagePath === '' ? `${stemOf(json)}.jpg` : imagePath);
  const labels = [...new Set(shapes.map(({ label }) => String(label)))];
  return { name: relative(root, image), json, width, height, labels, count: shapes.length };
}

function relative(root: string, path: string): string {
  return path.startsWith(`${root}/`) ? path.slice(root.length + 1) : path;
}

async function filesBelow(fs: FileSystem, folder: string, depth: number): Promise<string[]> {
  const files: string[] = [];
  for (const { name, type } of await fs.list(folder)) {
    if (type === 'file') files.push(join(folder, name));
    else if (depth < DEEPEST && !nameOf(name).startsWith('.'))
      files.push(...(await filesBelow(fs, join(folder, name), depth + 1)));
  }
  return files;
}
