import type { CocoRle } from '@cutkit/core';
import type { Change, EditorHost, ShapeView } from '../../protocol/editor.js';
import type { Remote } from '../../protocol/rpc.js';
import { t } from '../shared/l10n.js';
import { foresee } from './foresee.js';
import { classOf, type EditorStore } from './store.js';

/** Everything that changes annotations goes through here, so that it is one step of undo with a name. */
export class Actions {
  readonly #store: EditorStore;
  readonly #host: Remote<EditorHost>;
  /** Changes that are on their way to the document. */
  readonly #sent = new Set<Promise<void>>();

  constructor(store: EditorStore, host: Remote<EditorHost>) {
    this.#store = store;
    this.#host = host;
  }

  /** Resolves once the document has, or has refused, every change that was made until now. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#sent);
  }

  /** Adds an instance of the current class and selects it; gives its key. */
  async add(shape: ShapeView, classIndex: number = this.#store.state.currentClass): Promise<string> {
    const key = crypto.randomUUID();
    const label = t('Add {0}', this.#name(classIndex));
    const applied = this.#apply({ label, steps: [{ type: 'add', key, classIndex, shape }] });
    // Pixels are shown already; outlines are once the extension host has answered.
    if (!this.#store.state.masks.has(key)) await applied;
    if (this.#store.state.masks.has(key)) this.#store.set({ selected: key });
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
    const count = masks.length;
    const label = count === 1 ? t('Accept 1 suggestion') : t('Accept {0} suggestions', count);
    await this.#apply({ label, steps });
  }

  reshape(key: string, shape: ShapeView, label: string): Promise<void> {
    return this.#apply({ label, steps: [{ type: 'change', key, shape }] });
  }

  remove(key: string): Promise<void> {
    const instance = this.#store.state.masks.get(key);
    const name = instance ? this.#name(instance.view.classIndex) : '';
    return this.#apply({ label: t('Delete {0}', name), steps: [{ type: 'remove', key }] });
  }

  /** Makes a class the current one, and that of the selected instance, if there is one. */
  async choose(classIndex: number): Promise<void> {
    const { selected, masks } = this.#store.state;
    this.#store.set({ currentClass: classIndex });
    const instance = selected === undefined ? undefined : masks.get(selected);
    if (!instance || instance.view.classIndex === classIndex || !this.#store.state.view.editable) return;
    await this.#apply({
      label: t('Change to {0}', this.#name(classIndex)),
      steps: [{ type: 'change', key: instance.view.key, classIndex }],
    });
  }

  /** Adds a class and makes it the current one. */
  async addClass(name: string): Promise<void> {
    await this.#apply({ label: t('Add class {0}', name), steps: [{ type: 'addClass', name }] });
    const added = this.#store.state.view.classes.find((one) => one.name === name);
    if (added) this.#store.set({ currentClass: added.index });
  }

  #apply(change: Change): Promise<void> {
    const sent = this.#send(change).finally(() => this.#sent.delete(sent));
    this.#sent.add(sent);
    return sent;
  }

  async #send(change: Change): Promise<void> {
    if (!this.#store.state.view.editable) return;
    const { patch, undo } = foresee(change.steps, this.#store.state.masks);
    if (patch.upsert.length > 0) this.#store.patch(patch);
    try {
      await this.#host.apply(change);
    } catch (error) {
      this.#store.patch(undo);
      await this.#host.fail(error instanceof Error ? error.message : String(error));
    }
  }

  #name(classIndex: number): string {
    return classOf(this.#store.state.view, classIndex).name;
  }
}
