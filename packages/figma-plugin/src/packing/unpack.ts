import { joinRuns, type Run } from '@cutkit/core';
import { fromBase91 } from './base91.js';

/** A network's file as the page holds it: its recipe, and the texts of the streams that it takes. */
export interface PackedFile {
  readonly runs: readonly Run[];
  readonly streams: Readonly<Record<string, string>>;
}

/** What `pack` was given. */
export async function unpack(text: string): Promise<Uint8Array> {
  const stream = new Response(fromBase91(text)).body!.pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** A network's file. */
export async function unpackFile({ runs, streams }: PackedFile): Promise<Uint8Array> {
  const unpacked = await Promise.all(
    Object.entries(streams).map(async ([name, text]) => [name, await unpack(text)] as const),
  );
  return joinRuns(runs, Object.fromEntries(unpacked));
}
