import type { XmlElement } from '@rgrove/parse-xml';
import type { Splice } from '../../model/change.js';
import type { Instance } from '../../model/record.js';
import { encodeText } from '../../text/utf8.js';
import { cannotHold } from '../refuse.js';
import { childrenOf, cornersOf, escapeXml, type VocFile, type VocObject } from './voc-xml.js';

/** A piece of the text that is replaced; offsets count UTF-16 units. */
interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** What becomes of the objects of a file. */
export interface VocEdit {
  readonly removed: readonly number[];
  readonly kept: readonly {
    readonly place: number;
    readonly was: Instance;
    readonly is: Instance;
    readonly name: string;
  }[];
  readonly added: readonly { readonly instance: Instance; readonly name: string }[];
  /** Another size of the image. */
  readonly size?: { readonly width: number; readonly height: number };
}

/** The splices of a VOC file: texts of what changes, whole objects of what goes, new ones after the last. */
export function editVoc(file: VocFile, { removed, kept, added, size }: VocEdit): Splice[] {
  const edits: TextEdit[] = size ? sizeEdits(file, size) : [];
  for (const place of removed) edits.push(removal(file.text, file.objects[place]!));
  for (const { place, was, is, name } of kept) edits.push(...changes(file.objects[place]!, was, is, name));
  if (added.length > 0) {
    const layout = layoutOf(file);
    const text = added
      .map(({ instance, name }) => layout.before + objectText(instance, name, layout.before))
      .join('');
    edits.push({ start: layout.at, end: layout.at, text });
  }
  return edits
    .sort((a, b) => a.start - b.start || a.end - b.end)
    .map(({ start, end, text }) => ({
      start: file.bytesBefore(start),
      end: file.bytesBefore(end),
      bytes: encodeText(text),
    }));
}

function sizeEdits({ size }: VocFile, to: { readonly width: number; readonly height: number }): TextEdit[] {
  return (['width', 'height'] as const).map((side) => {
    const inner = innerOf(size && childrenOf(size).get(side));
    if (!inner) throw cannotHold(`The file has no <${side}> of its image to change.`);
    return { ...inner, text: String(to[side]) };
  });
}

/** An object with the white space before it. */
function removal(text: string, { start, end }: VocObject): TextEdit {
  const before = text.slice(0, start).trimEnd().length;
  return { start: before, end, text: '' };
}

function changes(object: VocObject, was: Instance, is: Instance, name: string): TextEdit[] {
  const edits: TextEdit[] = [];
  const set = (element: XmlElement | undefined, what: string, text: string) => {
    const inner = innerOf(element);
    if (!inner) throw cannotHold(`The object has no <${what}> to change.`);
    edits.push({ ...inner, text: escapeXml(text) });
  };
  if (is.classIndex !== was.classIndex) set(object.children.get('name'), 'name', name);
  if (is.box !== was.box) {
    const box = object.children.get('bndbox');
    for (const [corner, text] of Object.entries(cornersOf(is.box)))
      set(box && childrenOf(box).get(corner), corner, text);
  }
  for (const key of new Set([...Object.keys(was.extra), ...Object.keys(is.extra)])) {
    if (is.extra[key] !== was.extra[key]) set(object.children.get(key), key, String(is.extra[key] ?? ''));
  }
  return edits;
}

/** The text of an element that holds one text. */
function innerOf(element: XmlElement | undefined): { start: number; end: number } | undefined {
  const first = element?.children[0];
  const last = element?.children.at(-1);
  return first && last ? { start: first.start, end: last.end } : undefined;
}

/** Where new objects go, and what stands before each: a line break and the indentation of the others. */
function layoutOf({ text, objects, root }: VocFile): { at: number; before: string } {
  const last = objects.at(-1);
  const close = text.lastIndexOf('</', root.end);
  const at = last ? last.end : text.slice(0, close).trimEnd().length;
  const sibling =
    last?.start ?? root.children.find((child) => child.start > root.start && 'name' in child)?.start;
  const gap = sibling === undefined ? '\n\t' : text.slice(text.slice(0, sibling).trimEnd().length, sibling);
  return { at, before: gap };
}

/** A new `<object>`; `before` is what stands before it, from which the deeper lines follow. */
export function objectText(instance: Instance, name: string, before: string): string {
  const newline = /\r?\n/.exec(before)?.[0] ?? '';
  const indent = before.slice(before.lastIndexOf('\n') + 1);
  const step = newline === '' ? '' : indent === '' ? '\t' : indent;
  const line = (depth: number, text: string) => newline + indent + step.repeat(depth) + text;
  const { pose = 'Unspecified', truncated = '0', difficult = '0', ...more } = instance.extra;
  const texts = Object.entries({ name, pose, truncated, difficult, ...more }).filter(
    ([, value]) => typeof value !== 'object',
  );
  return [
    '<object>',
    ...texts.map(([key, value]) => line(1, `<${key}>${escapeXml(String(value))}</${key}>`)),
    line(1, '<bndbox>'),
    ...Object.entries(cornersOf(instance.box)).map(([corner, value]) =>
      line(2, `<${corner}>${value}</${corner}>`),
    ),
    line(1, '</bndbox>'),
    line(0, '</object>'),
  ].join('');
}
