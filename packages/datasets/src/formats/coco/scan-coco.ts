import type { WorkOptions } from '@cutkit/core';
import type { FileStat, FileSystem } from '../../model/file-system.js';
import { say } from '../../sentences/sentence.js';
import { openWindow, problemAt } from '../../text/byte-window.js';
import { JsonProblem, MORE, scanValue, skipSpace } from '../../text/json-scan.js';
import { type CocoIndex, createIndexBuilder, type IndexBuilder } from './coco-index.js';

const [OPEN_OBJECT, CLOSE_OBJECT, OPEN_ARRAY, CLOSE_ARRAY, QUOTE, COLON, COMMA] = [
  0x7b, 0x7d, 0x5b, 0x5d, 0x22, 0x3a, 0x2c,
];

/** Options of {@link scanCoco}; `chunk` is how many bytes are read at a time. */
export interface ScanOptions extends WorkOptions {
  readonly chunk?: number;
}

/**
 * Indexes a COCO file of any size in one pass: where each image, annotation and category stands, and the few numbers
 * that tie them. The file passes through a window; only the index is kept, some 24 bytes an annotation.
 *
 * Every byte is checked to be strict JSON. Throws `AnnotationError` with line and column.
 */
export async function scanCoco(
  fs: FileSystem,
  path: string,
  stat: FileStat,
  { signal, onProgress, chunk }: ScanOptions = {},
): Promise<CocoIndex> {
  const window = openWindow(fs, path, stat.size, chunk);
  const builder = createIndexBuilder();
  let at = 0;
  try {
    await need();
    if (window.bytes[0] === 0xef) at = 3;
    if ((await space()) !== OPEN_OBJECT) throw new JsonProblem(at, say('coco-start'));
    builder.rootStart(window.base + at);
    at++;
    for (let first = true; (await space()) !== CLOSE_OBJECT; first = false) {
      if (!first) {
        if (window.bytes[at] !== COMMA) throw new JsonProblem(at, say('json-object-end'));
        at++;
        await space();
      }
      await member();
    }
    builder.rootEnd(window.base + at);
    at++;
    if ((await space(true)) !== undefined) throw new JsonProblem(at, say('file-goes-on'));
  } catch (error) {
    if (error instanceof JsonProblem)
      throw await problemAt(fs, path, window.base + error.offset, error.problem);
    throw error;
  }
  return builder.finish(path);

  /** Reads on; what stands before `at` is dropped. */
  async function need(): Promise<void> {
    signal?.throwIfAborted();
    onProgress?.({ stage: 'index', done: window.base + at, total: stat.size });
    if (!(await window.more(at))) throw new JsonProblem(window.bytes.length, say('file-ends'));
    at = 0;
  }

  /** Moves to the next byte that is no white space and gives it; `undefined` at the end, where that is allowed. */
  async function space(endAllowed = false): Promise<number | undefined> {
    for (;;) {
      at = skipSpace(window.bytes, at);
      if (at < window.bytes.length) return window.bytes[at]!;
      if (endAllowed && window.base + at >= stat.size) return undefined;
      await need();
    }
  }

  /** Moves past a value that is needed whole, and gives where it started. */
  async function value(): Promise<number> {
    for (;;) {
      const end = scanValue(window.bytes, at);
      if (end === MORE) {
        await need();
        continue;
      }
      const start = at;
      at = end;
      return start;
    }
  }

  async function member(): Promise<void> {
    if (window.bytes[at] !== QUOTE) throw new JsonProblem(at, say('json-key'));
    const start = await value();
    const key = new TextDecoder().decode(window.bytes.subarray(start + 1, at - 1));
    if ((await space()) !== COLON) throw new JsonProblem(at, say('json-colon'));
    at++;
    const opening = await space();
    const list = builder.list(key);
    if (!list) await value();
    else if (opening !== OPEN_ARRAY) throw new JsonProblem(at, say('json-list', { key }));
    else await elements(key, list);
  }

  async function elements(key: string, list: ReturnType<IndexBuilder['list']> & object): Promise<void> {
    list.open(window.base + at);
    at++;
    for (let first = true; (await space()) !== CLOSE_ARRAY; first = false) {
      if (!first) {
        if (window.bytes[at] !== COMMA) throw new JsonProblem(at, say('json-array-end'));
        at++;
        await space();
      }
      if (window.bytes[at] !== OPEN_OBJECT) throw new JsonProblem(at, say('json-list-of-objects', { key }));
      for (;;) {
        list.begin();
        const end = scanValue(window.bytes, at, (a, b, c, d) => list.member(window.bytes, a, b, c, d));
        if (end !== MORE) {
          list.end(window.base + at, window.base + end, at);
          at = end;
          break;
        }
        await need();
      }
    }
    list.close(window.base + at);
    at++;
  }
}
