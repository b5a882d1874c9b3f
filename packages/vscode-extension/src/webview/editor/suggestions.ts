import { distinctColour } from '@cutkit/core';
import type { EngineAnswer } from '../../protocol/engine.js';
import { DrawnMask } from '../shared/drawn-mask.js';
import { RunMask } from '../shared/run-mask.js';
import type { Actions } from './actions.js';
import type { EditorStore } from './store.js';
import type { ToolPoint } from './tools/tool.js';

/** A suggestion that overlaps an annotation so much is likely the same thing, and gets its class. */
const SAME_IOU = 0.5;

/** Masks that a network proposed, each with a class. They are no annotations until they are taken; refusing is not undone. */
export class Suggestions {
  readonly #store: EditorStore;
  readonly #actions: Pick<Actions, 'add' | 'addMany'>;

  constructor(store: EditorStore, actions: Pick<Actions, 'add' | 'addMany'>) {
    this.#store = store;
    this.#actions = actions;
  }

  /** Proposes these, the largest first, in colours of their own, as what was annotated at their place, else the current class. */
  show(answers: readonly EngineAnswer[]): void {
    const masks = answers.map((answer, i) => this.#drawn(answer, i));
    this.#store.set({ suggestions: masks.sort((a, b) => b.view.area - a.view.area) });
  }

  /**
   * Takes the smallest one at a point as the current class; with Alt refuses it, with Shift gives it the current class and
   * leaves it a suggestion. False where there is none.
   */
  take({ x, y, alt, shift }: ToolPoint): boolean {
    const { suggestions, currentClass } = this.#store.state;
    const found = suggestions.findLast((mask) => mask.covers(Math.floor(x), Math.floor(y)));
    if (!found) return false;
    if (shift) {
      const classed = found.become({ ...found.view, classIndex: currentClass });
      this.#store.set({ suggestions: suggestions.map((one) => (one === found ? classed : one)) });
      return true;
    }
    this.#drop([found]);
    if (!alt && found.view.mask) void this.#actions.add({ kind: 'pixels', mask: found.view.mask });
    return true;
  }

  /** Takes all, or all of a class. */
  async accept(classIndex?: number): Promise<void> {
    const taken = this.#of(classIndex);
    this.#drop(taken);
    await this.#actions.addMany(
      taken.flatMap(({ view: { mask, classIndex: index } }) => (mask ? [{ mask, classIndex: index }] : [])),
    );
  }

  /** Refuses all, or all of a class. */
  reject(classIndex?: number): void {
    this.#drop(this.#of(classIndex));
  }

  #of(classIndex: number | undefined): readonly DrawnMask[] {
    const { suggestions } = this.#store.state;
    return classIndex === undefined
      ? suggestions
      : suggestions.filter(({ view }) => view.classIndex === classIndex);
  }

  #drop(dropped: readonly DrawnMask[]): void {
    const rest = this.#store.state.suggestions.filter((one) => !dropped.includes(one));
    this.#store.set({ suggestions: rest });
  }

  #drawn({ mask, score }: EngineAnswer, i: number): DrawnMask {
    const runs = new RunMask(mask);
    const { x0, y0, x1, y1 } = runs.bounds;
    return new DrawnMask({
      key: `suggestion-${i}`,
      classIndex: this.#classAt(runs),
      kind: 'pixels',
      mask,
      box: [x0, y0, x1 - x0, y1 - y0],
      area: runs.area,
      crowd: false,
      score,
      colour: distinctColour(i),
    });
  }

  /** The class of the annotation that is the same thing, as far as overlap tells. */
  #classAt(runs: RunMask): number {
    const { masks, currentClass } = this.#store.state;
    const overlaps = [...masks.values()].map((one) => ({ one, iou: one.runs?.iou(runs) ?? 0 }));
    const [best] = overlaps.sort((a, b) => b.iou - a.iou);
    return best && best.iou >= SAME_IOU ? best.one.view.classIndex : currentClass;
  }
}
