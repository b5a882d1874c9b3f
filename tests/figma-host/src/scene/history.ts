import type { SceneDocument } from './document.js';
import type { NodeRecord } from './node-record.js';

/** What ⌘Z goes through. Changes of a plugin stay one open step until something commits them. */
export interface History {
  /** Steps that can be undone. */
  readonly steps: number;
  readonly canRedo: boolean;
  /** Closes the open step, if anything changed in it. */
  commit(): void;
  undo(): boolean;
  redo(): boolean;
}

type State = ReadonlyMap<string, NodeRecord>;

/** The history of a document, from its present state on. */
export function createHistory(scene: SceneDocument): History {
  const past: State[] = [];
  let present: State = scene.snapshot();
  let future: State[] = [];
  const history: History = {
    get steps() {
      return past.length;
    },
    get canRedo() {
      return future.length > 0;
    },
    commit() {
      const now = scene.snapshot();
      if (isSame(present, now)) return;
      past.push(present);
      present = now;
      future = [];
    },
    undo() {
      history.commit();
      const before = past.pop();
      if (!before) return false;
      future.push(present);
      present = before;
      scene.restore(before);
      return true;
    },
    redo() {
      const after = future.pop();
      if (!after) return false;
      past.push(present);
      present = after;
      scene.restore(after);
      return true;
    },
  };
  return history;
}

/** Records are replaced, never changed: the same record is the same state. */
function isSame(a: State, b: State): boolean {
  return a.size === b.size && [...a].every(([id, record]) => b.get(id) === record);
}
