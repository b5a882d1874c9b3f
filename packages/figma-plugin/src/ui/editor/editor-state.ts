import type { ClickPoint, PromptBox, RunLengths } from '@cutkit/core';
import type { Stroke } from '../../edges/brush.js';
import type { Edges } from '../../edges/edges.js';
import type { Answer, Found, OpenedPicture, Preview } from '../../engine/engine-api.js';
import type { Layer } from '../../protocol.js';

/** What the pointer does on the picture. */
export const TOOLS = ['keep', 'remove', 'box', 'restore', 'erase', 'move'] as const;

/** One of {@link TOOLS}. */
export type Tool = (typeof TOOLS)[number];

/** All that the editor shows. Replaced, never changed. */
export interface EditorState {
  readonly phase: 'opening' | 'ready' | 'working' | 'failed';
  /** What is under way, or what went wrong. */
  readonly words: string;
  readonly progress: number | undefined;
  readonly layer: Layer | undefined;
  readonly opened: OpenedPicture | undefined;
  readonly bitmap: ImageBitmap | undefined;
  readonly tool: Tool;
  /** Radius of the brush in picture pixels. */
  readonly brush: number;
  readonly points: readonly ClickPoint[];
  readonly box: PromptBox | undefined;
  readonly answers: readonly Answer[];
  readonly chosen: number;
  /** The mask that one more click would give. */
  readonly hover: RunLengths | undefined;
  readonly strokes: readonly Stroke[];
  readonly edges: Edges;
  /** The cut-out as it is now. */
  readonly preview: Preview | undefined;
  readonly found: readonly Found[];
  readonly picked: ReadonlySet<number>;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
}

/** A value that views watch. */
export interface Store<State> {
  readonly state: State;
  set(change: Partial<State>): void;
  subscribe(listener: () => void): () => void;
}

/** A store that begins with `state`. */
export function createStore<State>(initial: State): Store<State> {
  let state = initial;
  const listeners = new Set<() => void>();
  return {
    get state() {
      return state;
    },
    set(change) {
      state = { ...state, ...change };
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
