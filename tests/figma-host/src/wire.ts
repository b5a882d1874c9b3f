/**
 * Messages between the editor and the plugin's virtual machine: JSON, with every Uint8Array moved into one buffer beside it.
 * Both sides are bundled with this file, so it uses nothing that only one of them has.
 */
export interface Wire {
  readonly json: string;
  /** All binary parts, one after another; absent when there are none. */
  readonly bytes?: Uint8Array;
}

interface BytesMark {
  readonly $bytes: readonly [start: number, length: number];
}

/** Plain data with Uint8Arrays anywhere inside, as it crosses. `undefined` alone becomes `null`. */
export function toWire(value: unknown): Wire {
  const plain = value === undefined ? null : value;
  // Most calls carry none, and machines without a compiler take long over a function for each value.
  if (!holdsBytes(plain)) return { json: JSON.stringify(plain) };
  const parts: Uint8Array[] = [];
  let size = 0;
  const json = JSON.stringify(plain, (_, part: unknown) => {
    if (!(part instanceof Uint8Array)) return part;
    const mark: BytesMark = { $bytes: [size, part.length] };
    parts.push(part);
    size += part.length;
    return mark;
  });
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return { json, bytes };
}

/** The value that {@link toWire} was given. Binary parts are copies. */
export function fromWire<T>({ json, bytes }: Wire): T {
  if (!bytes) return JSON.parse(json) as T;
  return JSON.parse(json, (_, part: unknown) => {
    if (!isMark(part)) return part;
    const [start, length] = part.$bytes;
    return bytes.slice(start, start + length);
  }) as T;
}

function holdsBytes(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return value instanceof Uint8Array || Object.values(value).some(holdsBytes);
}

function isMark(part: unknown): part is BytesMark {
  return typeof part === 'object' && part !== null && '$bytes' in part;
}
