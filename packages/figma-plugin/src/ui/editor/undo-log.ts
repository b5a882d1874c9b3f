/** One thing that can be taken back. */
interface Step {
  undo(): void;
  redo(): void;
}

/** The editor's own past, across clicks, strokes and everything else. */
export interface UndoLog {
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** Notes a step that was just done; what had been undone is gone. */
  push(step: Step): void;
  undo(): void;
  redo(): void;
}

/** A log without a past. */
export function createUndoLog(): UndoLog {
  const done: Step[] = [];
  const undone: Step[] = [];
  const move = (from: Step[], to: Step[], act: (step: Step) => void) => {
    const step = from.pop();
    if (!step) return;
    act(step);
    to.push(step);
  };
  return {
    get canUndo() {
      return done.length > 0;
    },
    get canRedo() {
      return undone.length > 0;
    },
    push(step) {
      done.push(step);
      undone.length = 0;
    },
    undo: () => move(done, undone, (step) => step.undo()),
    redo: () => move(undone, done, (step) => step.redo()),
  };
}
