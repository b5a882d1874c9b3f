import { type Document, isMap, isScalar, isSeq, parseDocument } from 'yaml';
import { AnnotationError } from '../../model/annotation-error.js';
import type { Splice } from '../../model/change.js';
import { say } from '../../sentences/sentence.js';
import { decodeText, encodeText } from '../../text/utf8.js';

/** What Cutkit uses of a `data.yaml`. */
export interface DataYaml {
  readonly text: string;
  readonly document: Document;
  /** `path`, the root of the others. */
  readonly root: string | undefined;
  /** Paths of images by split, as written. */
  readonly splits: readonly { readonly split: string; readonly paths: readonly string[] }[];
  /** Names by class number; a gap is an empty text. */
  readonly names: readonly string[];
  /** Whether labels have key points after the box. */
  readonly pose: boolean;
}

const SPLITS = ['train', 'val', 'valid', 'test', 'minival'];

/** Parses a `data.yaml`. Throws {@link AnnotationError} with line and column. */
export function parseDataYaml(path: string, bytes: Uint8Array): DataYaml {
  const text = decodeText(path, bytes);
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error) {
    const [place] = error.linePos ?? [];
    const problem = error.message
      .split('\n')[0]!
      .replace(/ at line \d+, column \d+:?$/, '')
      .replace(/\.$/, '');
    throw new AnnotationError(path, say('parser-says', { problem }), {
      line: place?.line ?? 1,
      column: place?.col ?? 1,
      offset: error.pos[0],
    });
  }
  const value = plainValue(path, document);
  if (typeof value !== 'object' || value === null)
    throw new AnnotationError(path, say('yaml-empty'), { line: 1, column: 1 });
  const { path: root, names, kpt_shape: points, nc } = value as Record<string, unknown>;
  return {
    text,
    document,
    root: typeof root === 'string' ? root : undefined,
    splits: SPLITS.flatMap((split) => {
      const paths = [(value as Record<string, unknown>)[split]]
        .flat()
        .filter((one) => typeof one === 'string');
      return paths.length > 0 ? [{ split, paths }] : [];
    }),
    names: namesOf(names, nc),
    pose: Array.isArray(points),
  };
}

/** Aliases that multiply without end are refused by the parser. */
function plainValue(path: string, document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch {
    throw new AnnotationError(path, say('yaml-aliases'), {
      line: 1,
      column: 1,
    });
  }
}

function namesOf(names: unknown, nc: unknown): string[] {
  if (Array.isArray(names)) return names.map(String);
  const list: string[] = [];
  if (typeof names === 'object' && names !== null) {
    for (const [key, name] of Object.entries(names)) {
      const number = Number(key);
      if (Number.isInteger(number) && number >= 0 && number < 100_000) list[number] = String(name);
    }
  } else if (typeof nc === 'number' && Number.isInteger(nc) && nc > 0 && nc < 100_000) {
    for (let i = 0; i < nc; i++) list.push(String(i));
  }
  return Array.from(list, (name) => name ?? '');
}

/** The splices that add class names at the end of `names`, and count them in `nc`; comments and layout stay. */
export function addNames(
  { text, document, names }: DataYaml,
  added: readonly string[],
): Splice[] | undefined {
  const list = document.get('names', true);
  const insert = insertInto(list);
  if (!insert) return undefined;
  const count = document.get('nc', true);
  const edits = [insert];
  if (isScalar(count) && count.range) {
    edits.push({ start: count.range[0], end: count.range[1], text: String(names.length + added.length) });
  }
  const offset = (at: number) => encodeText(text.slice(0, at)).length;
  return edits
    .sort((a, b) => a.start - b.start)
    .map((edit) => ({ start: offset(edit.start), end: offset(edit.end), bytes: encodeText(edit.text) }));

  function insertInto(node: unknown): { start: number; end: number; text: string } | undefined {
    if ((!isSeq(node) && !isMap(node)) || node.items.length === 0) return undefined;
    const last = node.items.at(-1)!;
    const item = (isMap(node) ? (last as { value: unknown }).value : last) as {
      range?: [number, number, number];
    };
    const end = item.range?.[1];
    if (end === undefined) return undefined;
    const entries = added.map((name, i) =>
      isMap(node) ? `${names.length + i}: ${quoted(name)}` : quoted(name),
    );
    if (node.flow) return { start: end, end, text: entries.map((entry) => `, ${entry}`).join('') };
    const newline = text.includes('\r\n') ? '\r\n' : '\n';
    const lineStart = text.lastIndexOf('\n', end - 1) + 1;
    const indent = /^[ \t]*/.exec(text.slice(lineStart))![0];
    const lineEnd = /\r?\n|$/.exec(text.slice(end))!.index + end;
    const marker = isMap(node) ? '' : '- ';
    return {
      start: lineEnd,
      end: lineEnd,
      text: entries.map((entry) => `${newline}${indent}${marker}${entry}`).join(''),
    };
  }
}

/** A name as YAML: plain where it can be mistaken for nothing else. */
function quoted(name: string): string {
  const plain = /^[A-Za-z_][\w -]*$/.test(name) && !/^(true|false|null|yes|no|on|off|y|n)$/i.test(name);
  return plain && name.trim() === name ? name : JSON.stringify(name);
}
