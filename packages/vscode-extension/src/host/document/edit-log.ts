import type { Edit } from '@cutkit/datasets';

/** Edits that are undone and redone as one. */
export interface LogEntry {
  readonly label: string;
  readonly edits: readonly Edit[];
}

/** What was done to a document, in order, and how much of it is in force. Plain data, so that it can be backed up. */
export interface SavedLog {
  readonly entries: readonly LogEntry[];
  readonly position: number;
}

/** The edit log of one document. */
export class EditLog {
  #entries: LogEntry[];
  #position: number;

  constructor({ entries, position }: SavedLog = { entries: [], position: 0 }) {
    this.#entries = [...entries];
    this.#position = position;
  }

  /** All edits in force. */
  get edits(): Edit[] {
    return this.#entries.slice(0, this.#position).flatMap(({ edits }) => edits);
  }

  get position(): number {
    return this.#position;
  }

  /** Does something new; what was undone before can no longer be redone. */
  push(entry: LogEntry): void {
    this.#entries = [...this.#entries.slice(0, this.#position), entry];
    this.#position++;
  }

  /** Takes back the last entry in force and gives it. */
  undo(): LogEntry | undefined {
    if (this.#position === 0) return undefined;
    return this.#entries[--this.#position];
  }

  /** Puts the next entry in force again and gives it. */
  redo(): LogEntry | undefined {
    return this.#entries[this.#position] && this.#entries[this.#position++];
  }

  save(): SavedLog {
    return { entries: this.#entries, position: this.#position };
  }
}
