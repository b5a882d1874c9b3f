import type { Format } from '../model/dataset.js';
import type { FileSystem } from '../model/file-system.js';
import { nameOf } from '../model/paths.js';
import { type Sentence, say } from '../sentences/sentence.js';
import { JsonProblem, scanValue, skipSpace } from '../text/json-scan.js';

/** What is read of each end of a JSON file to tell its format. */
const ENDS = 64 * 1024;

/** What a JSON file's keys tell. */
export interface JsonClass {
  readonly format: Format;
  readonly reason: Sentence;
}

/** Tells the format of a JSON file from its first and last bytes; `undefined` when it is none of ours. */
export async function classifyJson(fs: FileSystem, path: string): Promise<JsonClass | undefined> {
  const size = (await fs.stat(path))?.size ?? 0;
  const head = await fs.read(path, { start: 0, end: Math.min(ENDS, size) });
  const keys = rootKeys(head);
  const has = (...names: string[]) => names.every((name) => keys.has(name));
  const text =
    decode(head) +
    (size > ENDS ? decode(await fs.read(path, { start: Math.max(ENDS, size - ENDS), end: size })) : '');
  const says = (name: string) => text.includes(`"${name}"`);
  const name = nameOf(path);
  if (has('shapes') && (says('imagePath') || has('version'))) {
    return { format: 'labelme', reason: say('is-labelme', { name }) };
  }
  if (has('imgHeight') || (has('objects') && says('polygon') && says('label'))) {
    return { format: 'cityscapes', reason: say('is-cityscapes', { name }) };
  }
  if (has('image') && (has('annotations') || says('segmentation'))) {
    return { format: 'sa1b', reason: say('is-sa1b', { name }) };
  }
  // The lists may start beyond what was read, or only show at the end.
  const lists = ['images', 'annotations', 'categories'].filter((key) => keys.has(key) || says(key));
  if (lists.length === 0 || !(has('images') || says('image_id') || lists.length > 1)) return undefined;
  if (says('segments_info')) {
    return { format: 'panoptic', reason: say('is-panoptic', { name }) };
  }
  const quoted = lists.map((key) => `“${key}”`).join(', ');
  return { format: 'coco', reason: say('is-coco', { name, lists: quoted }) };
}

/** Keys of the root object as far as the bytes go. */
function rootKeys(bytes: Uint8Array): Set<string> {
  const keys = new Set<string>();
  let at = skipSpace(bytes, bytes[0] === 0xef ? 3 : 0);
  if (bytes[at] !== 0x7b) return keys;
  try {
    for (at = skipSpace(bytes, at + 1); bytes[at] === 0x22; at = skipSpace(bytes, at + 1)) {
      const end = scanValue(bytes, at);
      if (end < 0) break;
      keys.add(decode(bytes.subarray(at + 1, end - 1)));
      const colon = skipSpace(bytes, end);
      at = scanValue(bytes, skipSpace(bytes, colon + 1));
      if (at < 0) break;
      at = skipSpace(bytes, at);
    }
  } catch (error) {
    // A broken file still shows what it was meant to be; opening it names the place.
    if (!(error instanceof JsonProblem)) throw error;
  }
  return keys;
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
