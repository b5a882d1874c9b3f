import type { PackedFile } from '../packing/unpack.js';

/** One of the texts inside `ui.html`, each in a script element that no browser runs. */
export function packed(name: string): string {
  const element = document.getElementById(`packed-${name}`);
  if (!element?.textContent) throw new Error(`The plugin is incomplete: its part “${name}” is missing.`);
  return element.textContent;
}

/** A network's file, with no more than the streams that it takes. */
export function packedFile(name: 'cutout' | 'encoder' | 'decoder'): PackedFile {
  const { [name]: runs } = JSON.parse(packed('recipes')) as Record<typeof name, PackedFile['runs']>;
  const names = [...new Set(runs.map(([stream]) => stream))];
  return { runs, streams: Object.fromEntries(names.map((stream) => [stream, packed(`weights-${stream}`)])) };
}
