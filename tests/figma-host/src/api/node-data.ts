import type { SceneDocument } from '../scene/document.js';

/** Most bytes of one entry of plugin data, key included. */
const ENTRY_BYTES = 100_000;

/** `node.setPluginData(key, value)`; an empty value removes the entry. */
export function setPluginData(scene: SceneDocument, id: string, key: string, value: string): void {
  if (key.length + value.length > ENTRY_BYTES) {
    throw new Error(`in setPluginData: The total size of the entry cannot exceed 100 kB`);
  }
  const { [key]: _, ...others } = scene.get(id).pluginData;
  scene.update(id, { pluginData: value === '' ? others : { ...others, [key]: value } });
}

/** `node.setRelaunchData(data)`: replaces all buttons; commands must be in the manifest. */
export function setRelaunchData(
  scene: SceneDocument,
  id: string,
  data: { readonly [command: string]: string },
  known: ReadonlySet<string>,
): void {
  const unknown = Object.keys(data).find((command) => !known.has(command));
  if (unknown)
    throw new Error(`in setRelaunchData: The command "${unknown}" is not in the manifest's relaunchButtons`);
  scene.update(id, { relaunchData: { ...data } });
}
