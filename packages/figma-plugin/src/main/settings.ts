import { OUTPUTS, type OutputChoice, type Settings } from '../protocol.js';

const KEY = 'settings';

const DEFAULTS: Settings = {
  output: 'auto',
  decontaminate: true,
  sizes: { panel: [340, 320], editor: [880, 620] },
};

/** What was saved, over the defaults; anything unreadable is a default. */
export async function loadSettings(): Promise<Settings> {
  const saved = ((await figma.clientStorage.getAsync(KEY).catch(() => undefined)) ?? {}) as Partial<Settings>;
  const sizes = { panel: sizeOf(saved.sizes?.panel, 'panel'), editor: sizeOf(saved.sizes?.editor, 'editor') };
  const decontaminate =
    typeof saved.decontaminate === 'boolean' ? saved.decontaminate : DEFAULTS.decontaminate;
  return { output: isOutputChoice(saved.output) ? saved.output : DEFAULTS.output, decontaminate, sizes };
}

/** Keeps settings for the next run. A full storage loses them, never the work. */
export async function saveSettings(settings: Settings): Promise<void> {
  await figma.clientStorage.setAsync(KEY, settings).catch(() => undefined);
}

/** Whether a value names an output, or `auto`. */
export function isOutputChoice(value: unknown): value is OutputChoice {
  return value === 'auto' || OUTPUTS.some((output) => output === value);
}

function sizeOf(
  size: readonly [number, number] | undefined,
  kind: 'panel' | 'editor',
): readonly [number, number] {
  const isSize =
    Array.isArray(size) && size.every((side) => Number.isFinite(side) && side >= 200 && side <= 4000);
  return isSize && size ? size : DEFAULTS.sizes[kind];
}
