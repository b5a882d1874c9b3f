import type { FigmaHost } from '../host.js';

/** Lists the layers as a tree, top first, as buttons that select. */
export function drawLayers(list: HTMLElement, host: FigmaHost): void {
  const rows: HTMLElement[] = [];
  const walk = (ids: readonly string[], depth: number) => {
    for (const id of [...ids].reverse()) {
      const { type, props, children = [] } = host.scene.get(id);
      const row = document.createElement('button');
      row.className = 'layer';
      row.style.paddingLeft = `${8 + depth * 14}px`;
      row.textContent = `${props['isMask'] === true ? '◑ ' : ''}${String(props['name'])}`;
      row.title = type;
      row.setAttribute('aria-pressed', String(host.selection.includes(id)));
      if (props['visible'] === false) row.classList.add('hidden-layer');
      row.addEventListener('click', (event) => {
        const others = event.shiftKey ? host.selection.filter((one) => one !== id) : [];
        host.selection = [...others, id];
      });
      rows.push(row);
      walk(children, depth + 1);
    }
  };
  walk(host.scene.childrenOf(host.scene.page), 0);
  list.replaceChildren(...rows);
}
