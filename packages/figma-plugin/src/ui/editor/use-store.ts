import { useEffect, useReducer } from 'preact/hooks';
import type { Store } from './editor-state.js';

/** The store's state, drawn anew whenever it changes. */
export function useStore<State>(store: Store<State>): State {
  const [, redraw] = useReducer<number, void>((count) => count + 1, 0);
  useEffect(() => store.subscribe(() => redraw()), [store]);
  return store.state;
}
