import { areaOf, boxOf, decodeRle, distinctColour, expandRle } from '@cutkit/core';
import type { EngineAnswer } from '../../protocol/engine.js';
import { DrawnMask } from '../shared/drawn-mask.js';
import type { Actions } from './actions.js';
import type { EditorStore } from './store.js';

/** Masks that a network proposed. They are no annotations until they are taken; refusing them is not undone. */
export class Suggestions {
  readonly #store: EditorStore;
  readonly #actions: Actions;

  constructor(store: EditorStore, actions: Actions) {
    this.#store = store;
    this.#actions = actions;
  }

  /** Proposes these, the largest first, each in a colour of its own. */
  show(answers: readonly EngineAnswer[]): void {
    const masks = answers.map((answer, i) => drawnAnswer(answer, i));
    this.#store.set({ suggestions: masks.sort((a, b) => b.view.area - a.view.area) });
  }

  /** Takes the smallest one at a point as the current class, or refuses it; false where there is none. */
  take(x: number, y: number, refuse: boolean): boolean {
    const { suggestions } = this.#store.state;
    const found = suggestions.findLast((mask) => mask.covers(Math.floor(x), Math.floor(y)));
    if (!found) return false;
    this.#drop([found]);
    if (!refuse && found.view.mask) void this.#actions.add({ kind: 'pixels', mask: found.view.mask });
    return true;
  }

  async acceptAll(): Promise<void> {
    const { suggestions, currentClass } = this.#store.state;
    this.#drop(suggestions);
    const masks = suggestions.flatMap(({ view }) => (view.mask ? [view.mask] : []));
    await this.#actions.addMany(masks.map((mask) => ({ mask, classIndex: currentClass })));
  }

  rejectAll(): void {
    this.#drop(this.#store.state.suggestions);
  }

  #drop(dropped: readonly DrawnMask[]): void {
    const rest = this.#store.state.suggestions.filter((one) => !dropped.includes(one));
    this.#store.set({ suggestions: rest });
  }
}

function drawnAnswer({ mask, score }: EngineAnswer, i: number): DrawnMask {
  const pixels = decodeRle(expandRle(mask));
  const [x0, y0, x1, y1] = boxOf(pixels);
  return new DrawnMask({
    key: `suggestion-${i}`,
    classIndex: -1,
    kind: 'pixels',
    mask,
    box: [x0, y0, x1 - x0 + 1, y1 - y0 + 1],
    area: areaOf(pixels),
    crowd: false,
    score,
    colour: distinctColour(i),
  });
}
