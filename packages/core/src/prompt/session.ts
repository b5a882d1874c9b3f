import type { Alpha } from '../types.js';
import type { ClickPoint, Prompt, PromptBox } from './prompt.js';

/** One answer of a predictor, as far as a session looks at it. */
export interface SessionAnswer {
  readonly score: number;
  readonly logits: Float32Array;
}

/** What a session asks; `createPredictor` makes one. */
export interface PromptSource<Answer extends SessionAnswer> {
  predict(prompt: Prompt, options: { readonly multimask: boolean }): Promise<Answer[]>;
  /** An answer's mask with soft edges. */
  soften?(answer: NoInfer<Answer>): Promise<Alpha>;
}

/** What a person has said so far. */
export interface PromptState {
  readonly points: readonly ClickPoint[];
  readonly box?: PromptBox | undefined;
}

/** A session as plain data, without answers: they are asked for again. */
export interface SavedSession {
  readonly states: readonly PromptState[];
  readonly position: number;
}

/** Clicks and boxes on one image, with a past. Every edit resolves when its answer is there, or a later edit overtook it. */
export interface PromptSession<Answer extends SessionAnswer> {
  readonly state: PromptState;
  /** Answers to the current state, best first; empty while nothing is said or the answer is still being computed. */
  readonly answers: readonly Answer[];
  /** The answer that is chosen among them. */
  readonly chosen: Answer | undefined;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  addPoint(point: ClickPoint): Promise<void>;
  removePoint(index: number): Promise<void>;
  setBox(box: PromptBox | undefined): Promise<void>;
  clear(): Promise<void>;
  undo(): Promise<void>;
  redo(): Promise<void>;
  /** Chooses the next candidate, after the last the first. */
  nextCandidate(): void;
  /**
   * The best answer to one more click, for a pointer that hovers; nothing is remembered. One such question is under way at
   * a time: of those that come meanwhile the newest waits, the others resolve to undefined.
   */
  preview(point: ClickPoint): Promise<Answer | undefined>;
  /**
   * The chosen answer's mask with soft edges, found once an answer; undefined while nothing is chosen, and when the choice changed
   * before it was found.
   */
  soft(): Promise<Alpha | undefined>;
  /** Calls `listener` after every change of state, answers or choice, until the result is called. */
  subscribe(listener: () => void): () => void;
  save(): SavedSession;
}

interface Entry<Answer> {
  readonly state: PromptState;
  /** Logits of the answer before, which this one refines. */
  readonly fed: Float32Array | undefined;
  answers: readonly Answer[] | undefined;
  chosen: number;
}

const EMPTY: PromptState = { points: [] };

/** A session without a past, or the one that was saved. */
export function createPromptSession<Answer extends SessionAnswer>(
  source: PromptSource<Answer>,
  saved: SavedSession = { states: [EMPTY], position: 0 },
): PromptSession<Answer> {
  let entries: Entry<Answer>[] = saved.states.map((state) => ({
    state,
    fed: undefined,
    answers: undefined,
    chosen: 0,
  }));
  let position = saved.position;
  const listeners = new Set<() => void>();
  const softened = new WeakMap<Answer, Promise<Alpha>>();
  const current = () => entries[position]!;
  const chosen = () => current().answers?.[current().chosen];
  const tell = () => {
    for (const listener of listeners) listener();
  };
  const hover = newestOnly((point: ClickPoint) => {
    const { state, answers, chosen } = current();
    const points = [...state.points, point];
    return ask(source, { ...state, points }, answers?.[chosen]?.logits).then(([best]) => best);
  });

  async function settle(): Promise<void> {
    const entry = current();
    tell();
    if (entry.answers) return;
    const answers = isEmpty(entry.state) ? [] : await ask(source, entry.state, entry.fed);
    entry.answers = answers;
    // An answer that comes late is kept for undo, but the screen belongs to the newer state.
    if (entry === current()) tell();
  }

  function edit(state: PromptState, refines: boolean): Promise<void> {
    const { answers, chosen } = current();
    const fed = refines ? answers?.[chosen]?.logits : undefined;
    entries = [...entries.slice(0, position + 1), { state, fed, answers: undefined, chosen: 0 }];
    position++;
    return settle();
  }

  function move(step: number): Promise<void> {
    position = Math.min(entries.length - 1, Math.max(0, position + step));
    return settle();
  }

  return {
    get state() {
      return current().state;
    },
    get answers() {
      return current().answers ?? [];
    },
    get chosen() {
      return chosen();
    },
    get canUndo() {
      return position > 0;
    },
    get canRedo() {
      return position < entries.length - 1;
    },
    addPoint: (point) => edit({ ...current().state, points: [...current().state.points, point] }, true),
    removePoint: (index) => {
      const { state } = current();
      return edit({ ...state, points: state.points.filter((_, i) => i !== index) }, false);
    },
    setBox: (box) => edit({ points: current().state.points, ...(box ? { box } : {}) }, false),
    clear: () => edit(EMPTY, false),
    undo: () => move(-1),
    redo: () => move(1),
    nextCandidate() {
      const entry = current();
      if (entry.answers?.length) entry.chosen = (entry.chosen + 1) % entry.answers.length;
      tell();
    },
    preview: hover,
    async soft() {
      const answer = chosen();
      if (!answer || !source.soften) return undefined;
      const found = softened.get(answer) ?? source.soften(answer);
      softened.set(answer, found);
      const alpha = await found.catch((error: unknown) => {
        softened.delete(answer);
        throw error;
      });
      return answer === chosen() ? alpha : undefined;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    save: () => ({ states: entries.map(({ state }) => state), position }),
  };
}

function isEmpty({ points, box }: PromptState): boolean {
  return points.length === 0 && !box;
}

/** One click alone may mean a part or the whole: then all candidates, best first. Anything more has one answer. */
function ask<Answer extends SessionAnswer>(
  source: PromptSource<Answer>,
  state: PromptState,
  fed: Float32Array | undefined,
): Promise<Answer[]> {
  const multimask = state.points.length === 1 && !state.box && !fed;
  return source.predict({ ...state, mask: fed }, { multimask });
}

/** Lets one call run at a time; of those that come meanwhile only the newest runs after it. */
function newestOnly<In, Out>(run: (value: In) => Promise<Out>): (value: In) => Promise<Out | undefined> {
  let busy = false;
  let waiting: { value: In; resolve: (out: Promise<Out | undefined> | undefined) => void } | undefined;
  const start = async (value: In): Promise<Out | undefined> => {
    busy = true;
    try {
      return await run(value);
    } finally {
      busy = false;
      const next = waiting;
      waiting = undefined;
      next?.resolve(start(next.value));
    }
  };
  return (value) => {
    if (!busy) return start(value);
    waiting?.resolve(undefined);
    return new Promise((resolve) => {
      waiting = { value, resolve };
    });
  };
}
