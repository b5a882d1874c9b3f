/** The texts inside `ui.html`, each in a script element that no browser runs. */
export type PackedName = 'engine' | 'runtime' | 'cutout' | 'encoder' | 'decoder';

/** One of the page's packed texts. */
export function packed(name: PackedName): string {
  const element = document.getElementById(`packed-${name}`);
  if (!element?.textContent) throw new Error(`The plugin is incomplete: its part “${name}” is missing.`);
  return element.textContent;
}
