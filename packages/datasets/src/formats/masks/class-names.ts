import type { FileSystem } from '../../model/file-system.js';
import { folderOf, join } from '../../model/paths.js';
import { parseJson } from '../../text/json-document.js';
import { linesOf } from '../../text/lines.js';

/** A class of mask values, as a file beside the masks names it. */
export interface NamedValue {
  readonly value: number;
  readonly name: string;
  readonly colour?: readonly [number, number, number];
}

/** A file with names. */
export interface NamesFile {
  readonly path: string;
  readonly kind: 'lines' | 'colours' | 'json';
  readonly names: readonly NamedValue[];
  /** For lines: the value of the first one. */
  readonly firstValue: number;
}

const FILES = [
  'class_dict.csv',
  'classes.csv',
  'label_colors.txt',
  'labelmap.txt',
  'classes.json',
  'labels.json',
  'label_map.json',
  'classes.txt',
  'labels.txt',
  'names.txt',
];
const BACKGROUND = /^_*(background|bg|unlabell?ed|ignore|void)_*$/i;

/** The first file in or above the folder of masks that names classes. */
export async function findNames(fs: FileSystem, folder: string): Promise<NamesFile | undefined> {
  for (const base of [folder, folderOf(folder)]) {
    for (const file of FILES) {
      const path = join(base, file);
      if ((await fs.stat(path))?.type !== 'file') continue;
      const names = readNames(path, await fs.read(path));
      if (names && names.names.length > 0) return names;
    }
  }
  return undefined;
}

/** Reads names in any of the usual forms; `undefined` when the file has none of them. */
function readNames(path: string, bytes: Uint8Array): NamesFile | undefined {
  if (path.endsWith('.json')) return jsonNames(path, bytes);
  const lines = linesOf(bytes)
    .map(({ text }) => text.trim())
    .filter((text) => text !== '' && !text.startsWith('#'));
  const colours = lines.flatMap(colourLine);
  if (colours.length > 0) return { path, kind: 'colours', names: colours, firstValue: 0 };
  // Values count from the background, whether the file names it or not.
  const firstValue = lines[0] !== undefined && BACKGROUND.test(lines[0].replace(/^\d+[\s:,]+/, '')) ? 0 : 1;
  const names = lines.map((text, i) => {
    const numbered = /^(\d+)[\s:,]+(.+)$/.exec(text);
    return numbered
      ? { value: Number(numbered[1]), name: numbered[2]! }
      : { value: firstValue + i, name: text };
  });
  return { path, kind: 'lines', names: names.filter(({ value }) => value > 0), firstValue };
}

/** `name,r,g,b` as CamVid's csv, `r g b name` as its text, `name:r,g,b:parts:actions` as CVAT's label map. */
function colourLine(text: string): NamedValue[] {
  const match =
    /^"?([^",:]+?)"?\s*[,:]\s*(\d+)\s*,\s*(\d+)\s*,\s*(\d+)/.exec(text) ??
    reordered(/^(\d+)[\s,]+(\d+)[\s,]+(\d+)[\s,]+(.+)$/.exec(text));
  if (!match) return [];
  const [, name, r, g, b] = match;
  const colour = [Number(r), Number(g), Number(b)] as const;
  if (colour.some((channel) => channel > 255)) return [];
  const value = colour[0] | (colour[1] << 8) | (colour[2] << 16);
  return value === 0 ? [] : [{ value, name: name!, colour }];
}

function reordered(match: RegExpExecArray | null): string[] | null {
  return match && [match[0], match[4]!, match[1]!, match[2]!, match[3]!];
}

/** `{"1": "cat"}`, `{"cat": 1}`, or a list whose places are values. */
function jsonNames(path: string, bytes: Uint8Array): NamesFile | undefined {
  const { value } = parseJson(path, bytes);
  if (typeof value !== 'object' || value === null) return undefined;
  const names = Object.entries(value).flatMap(([key, one]): NamedValue[] => {
    if (typeof one === 'string' && /^\d+$/.test(key)) return [{ value: Number(key), name: one }];
    return typeof one === 'number' && Number.isInteger(one) ? [{ value: one, name: key }] : [];
  });
  return { path, kind: 'json', names: names.filter((one) => one.value > 0), firstValue: 0 };
}
