import type { PackedFile } from '../packing/unpack.js';

/** Resolves when the whole page is there: the window is drawn before the megabytes behind it are read. */
const whole = new Promise<void>((resolve) => {
  if (document.readyState !== 'loading') resolve();
  else document.addEventListener('DOMContentLoaded', () => resolve(), { once: true });
});

/** One of the texts inside `ui.html`, each in script elements that no browser runs. */
export async function packed(name: string): Promise<string> {
  await whole;
  const pieces = document.querySelectorAll(`script[data-packed="${name}"]`);
  if (pieces.length === 0) throw new Error(`The plugin is incomplete: its part “${name}” is missing.`);
  return Array.from(pieces, ({ textContent }) => textContent).join('');
}

/** A network's file, with no more than the streams that it takes. */
export async function packedFile(name: 'cutout' | 'encoder' | 'decoder'): Promise<PackedFile> {
  const { [name]: runs } = JSON.parse(await packed('recipes')) as Record<typeof name, PackedFile['runs']>;
  const names = [...new Set(runs.map(([stream]) => stream))];
  const texts = names.map(async (stream) => [stream, await packed(`weights-${stream}`)] as const);
  return { runs, streams: Object.fromEntries(await Promise.all(texts)) };
}
