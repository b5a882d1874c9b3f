import { createReadStream } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import tar from 'tar-stream';

/** A data pack: an uncompressed tar whose first member, index.jsonl, has one JSON object an item. */
export async function readPack(path) {
  const files = new Map();
  const extract = tar.extract();
  createReadStream(path).pipe(extract);
  for await (const entry of extract) files.set(entry.header.name, await buffer(entry));
  const rows = files
    .get('index.jsonl')
    .toString()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  return { rows, read: (row, role) => files.get(row[role]) };
}
