import { createReadStream } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import sharp from 'sharp';
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

/** In label maps: neither background nor an object. */
export const VOID = 65535;

/** An item's first label map: `width`, `height`, and a number for each pixel. */
export async function readLabels(pack, row) {
  const image = sharp(pack.read({ labels: row.labels[0] }, 'labels'));
  const isDeep = (await image.metadata()).depth === 'ushort';
  const raw = isDeep ? image.toColourspace('grey16').raw({ depth: 'ushort' }) : image.raw();
  const { data, info } = await raw.toBuffer({ resolveWithObject: true });
  const values = isDeep ? new Uint16Array(data.buffer, data.byteOffset, data.length / 2) : data;
  const { width, height, channels } = info;
  return { width, height, data: values.filter((_, i) => i % channels === 0) };
}
