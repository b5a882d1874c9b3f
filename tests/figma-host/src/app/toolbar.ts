import type { FigmaHost, Notice } from '../host.js';
import type { PluginManifest } from '../manifest.js';

/** Shows the plugin's menu commands, and the relaunch buttons that the selection carries. */
export function drawCommands(menu: HTMLElement, manifest: PluginManifest, host: FigmaHost): void {
  const commands = (manifest.menu ?? []).flatMap(({ name, command }) =>
    name && command ? [{ name, command }] : [],
  );
  const relaunch = (manifest.relaunchButtons ?? []).filter(({ command, multipleSelection }) => {
    const carriers = host.selection.filter((id) => command in host.scene.get(id).relaunchData);
    return carriers.length > 0 && (multipleSelection || host.selection.length === 1);
  });
  const buttons = [
    ...commands.map(({ name, command }) => button(name, () => void host.run(command))),
    ...relaunch.map(({ name, command }) => button(`↻ ${name}`, () => void host.run(command), 'relaunch')),
  ];
  menu.replaceChildren(...buttons);
}

/** Shows the editor's notifications. */
export function drawNotices(
  list: HTMLElement,
  notices: readonly Notice[],
  press: (id: number) => void,
): void {
  const rows = notices.slice(-3).map(({ id, message, error, button: label }) => {
    const row = document.createElement('p');
    row.className = error ? 'notice error' : 'notice';
    row.textContent = message;
    if (label) row.append(button(label, () => press(id)));
    return row;
  });
  list.replaceChildren(...rows);
}

/** A button with a word and an action. */
export function button(text: string, action: () => void, className = ''): HTMLButtonElement {
  const element = document.createElement('button');
  element.textContent = text;
  element.className = className;
  element.addEventListener('click', action);
  return element;
}
