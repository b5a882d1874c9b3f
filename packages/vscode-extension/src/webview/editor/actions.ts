import type { CocoRle } from '@cutkit/core';
import type { Change, EditorHost, ShapeView } from '../../protocol/editor.js';
import type { Remote } from '../../protocol/rpc.js';
import { classOf, type EditorStore } from './store.js';

/** Everything that changes annotations goes through here, so that it is one step of undo with a name. */
export class Actions {
  readonly #store: EditorStore;
  readonly #host: Remote<EditorHost>;

  constructor(store: EditorStore, host: Remote<EditorHost>) {
    this.#store = store;
    this.#host = host;
  }

  /** Adds an instance of the current class and selects it; gives its key. */
  async add(shape: ShapeView, classIndex: number = this.#store.state.currentClass): Promise<string> {
    const key = crypto.randomUUID();
    await this.#apply({
      label: `Add ${this.#name(classIndex)}`,
      steps: [{ type: 'add', key, classIndex, shape }],
    });
    this.#store.set({ selected: key });
    return key;
  }

  async addMany(masks: readonly { mask: CocoRle; classIndex: number }[]): Promise<void> {
    if (masks.length === 0) return;
    const steps = masks.map(({ mask, classIndex }) => ({
      type: 'add' as const,
      key: crypto.randomUUID(),
      classIndex,
      shape: { kind: 'pixels' as const, mask },
    }));
    await this.#apply({ label: `Accept ${masks.length} suggestions`, steps });
  }

  reshape(key: string, shape: ShapeView, label: string): Promise<void> {
    return this.#apply({ label, steps: [{ type: 'change', key, shape }] });
  }

  remove(key: string): Promise<void> {
    const instance = this.#store.state.masks.get(key);
    const name = instance ? this.#name(instance.view.classIndex) : '';
    return this.#apply({ label: `Delete ${name}`, steps: [{ type: 'remove', key }] });
  }

  /** Makes a class the current one, and that of the selected instance, if there is one. */
  async choose(classIndex: number): Promise<void> {
    const { selected, masks } = this.#store.state;
    this.#store.set({ currentClass: classIndex });
    const instance = selected === undefined ? undefined : masks.get(selected);
    if (!instance || instance.view.classIndex === classIndex || !this.#store.state.view.editable) return;
    await this.#apply({
      label: `Change to ${this.#name(classIndex)}`,
      steps: [{ type: 'change', key: instance.view.key, classIndex }],
    });
  }

  /** Adds a class and makes it the current one. */
  async addClass(name: string): Promise<void> {
    await this.#apply({ label: `Add class ${name}`, steps: [{ type: 'addClass', name }] });
    const added = this.#store.state.view.classes.find((one) => one.name === name);
    if (added) this.#store.set({ currentClass: added.index });
  }

  async #apply(change: Change): Promise<void> {
    if (!this.#store.state.view.editable) return;
    await this.#host.apply(change);
  }

  #name(classIndex: number): string {
    return classOf(this.#store.state.view, classIndex).name;
  }
}
