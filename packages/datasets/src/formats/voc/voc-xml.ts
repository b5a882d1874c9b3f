import { parseXml, XmlElement, XmlError } from '@rgrove/parse-xml';
import { AnnotationError } from '../../model/annotation-error.js';
import type { Box } from '../../model/shape.js';
import { say } from '../../sentences/sentence.js';
import { decodeText, encodeText } from '../../text/utf8.js';

/** An element of an XML text; offsets count UTF-16 units of the text. */
interface XmlPlace {
  readonly start: number;
  readonly end: number;
}

/** One `<object>`. */
export interface VocObject extends XmlPlace {
  readonly name: string;
  /** In pixels from 0; `undefined` when the numbers are broken or missing. */
  readonly box: Box | undefined;
  /** Texts of its other children. */
  readonly extra: Readonly<Record<string, string>>;
  /** The children by name, for edits. */
  readonly children: ReadonlyMap<string, XmlElement>;
}

/** What Cutkit uses of a Pascal VOC file. */
export interface VocFile {
  readonly text: string;
  readonly fileName: string;
  readonly width: number;
  readonly height: number;
  readonly objects: readonly VocObject[];
  readonly root: XmlElement;
  /** The element with width and height. */
  readonly size: XmlElement | undefined;
  /** Bytes before an offset of the text, a byte order mark included. */
  bytesBefore(offset: number): number;
}

/** Parses a Pascal VOC file; `undefined` when it is some other XML. Throws {@link AnnotationError} with the line. */
export function parseVoc(path: string, bytes: Uint8Array): VocFile | undefined {
  const text = decodeText(path, bytes);
  const mark = bytes[0] === 0xef ? 3 : 0;
  let root: XmlElement | null;
  try {
    ({ root } = parseXml(text, { includeOffsets: true, resolveUndefinedEntity: (entity) => entity }));
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    const problem = error.message
      .split('\n')[0]!
      .replace(/ \(line \d+, column \d+\)$/, '')
      .replace(/\.$/, '');
    throw new AnnotationError(path, say('parser-says', { problem }), {
      line: error.line,
      column: error.column,
      offset: error.pos,
    });
  }
  if (root?.name !== 'annotation') return undefined;
  const size = childrenOf(root).get('size');
  const side = (name: string) => {
    const value = Number(size && childrenOf(size).get(name)?.text);
    return value > 0 ? Math.round(value) : 0;
  };
  return {
    text,
    root,
    size,
    fileName: childrenOf(root).get('filename')?.text.trim() ?? '',
    width: side('width'),
    height: side('height'),
    objects: elements(root)
      .filter(({ name }) => name === 'object')
      .map(objectOf),
    bytesBefore: (offset) => mark + encodeText(text.slice(0, offset)).length,
  };
}

/** Child elements by name, the first of each. */
export function childrenOf(element: XmlElement): Map<string, XmlElement> {
  return new Map(
    elements(element)
      .reverse()
      .map((child) => [child.name, child]),
  );
}

function elements(element: XmlElement): XmlElement[] {
  return element.children.filter((child) => child instanceof XmlElement);
}

const KNOWN = new Set(['name', 'bndbox']);

function objectOf(element: XmlElement): VocObject {
  const children = childrenOf(element);
  const box = children.get('bndbox');
  return {
    start: element.start,
    end: element.end,
    name: children.get('name')?.text.trim() ?? '',
    box: box && boxOf(childrenOf(box)),
    extra: Object.fromEntries(
      [...children].filter(([name]) => !KNOWN.has(name)).map(([name, child]) => [name, child.text.trim()]),
    ),
    children,
  };
}

/** VOC counts pixels from 1, and the last one is inside. */
function boxOf(corners: ReadonlyMap<string, XmlElement>): Box | undefined {
  const [x0, y0, x1, y1] = ['xmin', 'ymin', 'xmax', 'ymax'].map((name) => {
    const text = corners.get(name)?.text.trim();
    return text ? Number(text) : Number.NaN;
  }) as [number, number, number, number];
  if (![x0, y0, x1, y1].every(Number.isFinite)) return undefined;
  return [x0 - 1, y0 - 1, x1 - x0 + 1, y1 - y0 + 1];
}

/** A box as VOC has it: the first and last pixels, from 1. */
export function cornersOf([x, y, width, height]: Box): Record<'xmin' | 'ymin' | 'xmax' | 'ymax', string> {
  const text = (value: number) => String(Number(value.toFixed(2)));
  return { xmin: text(x + 1), ymin: text(y + 1), xmax: text(x + width), ymax: text(y + height) };
}

/** A text for XML. */
export function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
