import type { FileChange } from '../../model/change.js';
import type { FileSystem } from '../../model/file-system.js';
import { join } from '../../model/paths.js';
import { parseJson } from '../../text/json-document.js';
import { setMembers } from '../../text/json-edit.js';
import { styleAt } from '../../text/json-style.js';
import { editLines, linesOf } from '../../text/lines.js';
import { encodeText } from '../../text/utf8.js';
import { cannotHold } from '../refuse.js';
import type { NamedValue, NamesFile } from './class-names.js';

/** Adds names to the file that has them, in its form; without one, a `classes.txt` or `classes.csv` is made. */
export async function addNamedValues(
  fs: FileSystem,
  folder: string,
  file: NamesFile | undefined,
  added: readonly NamedValue[],
  colours: boolean,
): Promise<FileChange> {
  const rgb = (value: number) => `${value & 255},${(value >> 8) & 255},${value >> 16}`;
  if (!file) {
    const lines = added.map(({ value, name }) => (colours ? `${name},${rgb(value)}` : `${value} ${name}`));
    const path = join(folder, colours ? 'classes.csv' : 'classes.txt');
    return { type: 'write', path, bytes: encodeText(lines.map((line) => `${line}\n`).join('')) };
  }
  const base = (await fs.stat(file.path))!;
  const bytes = await fs.read(file.path);
  if (file.kind === 'json') {
    const { start, value } = parseJson(file.path, bytes);
    if (Array.isArray(value)) throw cannotHold(`${file.path} is a list; add the class there by hand.`);
    const byValue = Object.keys(value as object).every((key) => /^\d+$/.test(key));
    const members = Object.fromEntries(
      added.map((one) => (byValue ? [one.value, one.name] : [one.name, one.value])),
    );
    return {
      type: 'splice',
      path: file.path,
      base,
      splices: setMembers(bytes, start, members, styleAt(bytes, start, bytes.length, 0), 0),
    };
  }
  const last = linesOf(bytes).at(-1)?.text ?? '';
  const counted = file.kind === 'lines' && !/^\d+[\s:,]/.test(last);
  const lines = counted
    ? countedLines(file, added)
    : added.map(({ value, name }) => {
        if (file.kind === 'lines') return `${value} ${name}`;
        if (/^\d/.test(last)) return `${rgb(value).replaceAll(',', ' ')} ${name}`;
        return /^[^,]+:/.test(last) ? `${name}:${rgb(value)}::` : `${name},${rgb(value)}`;
      });
  return {
    type: 'splice',
    path: file.path,
    base,
    splices: editLines(bytes, linesOf(bytes), new Map(), new Set(), lines),
  };
}

/** Where a line's place is its value, the values between are named too. */
function countedLines({ names, firstValue }: NamesFile, added: readonly NamedValue[]): string[] {
  const next = Math.max(firstValue - 1, ...names.map(({ value }) => value)) + 1;
  const named = new Map(added.map(({ value, name }) => [value, name]));
  const end = Math.max(...named.keys()) + 1;
  return Array.from({ length: end - next }, (_, i) => named.get(next + i) ?? `class ${next + i}`);
}
