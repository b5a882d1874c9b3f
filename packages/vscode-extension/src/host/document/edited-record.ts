import { applyEdits, type ImageRecord } from '@cutkit/datasets';
import { EditLog, type LogEntry, type SavedLog } from './edit-log.js';

/** What is said of an image, with an edit log on top. Each entry's result is kept, so that undo and redo compute nothing. */
export class EditedRecord {
  readonly #log = new EditLog();
  /** The record that the log begins with, then as each of its entries leaves it. */
  #records: readonly [ImageRecord, ...ImageRecord[]];

  constructor(base: ImageRecord) {
    this.#records = [base];
  }

  /** Before any edit. */
  get base(): ImageRecord {
    return this.#records[0];
  }

  /** With all edits in force. */
  get now(): ImageRecord {
    return this.#records[this.#log.position] ?? this.base;
  }

  /** Names of the classes that the edits in force add. */
  get addedClasses(): string[] {
    return this.#log.edits.flatMap((edit) => (edit.type === 'addClass' ? [edit.name] : []));
  }

  push(entry: LogEntry): void {
    const [base, ...others] = this.#records;
    this.#records = [base, ...others.slice(0, this.#log.position), applyEdits(this.now, entry.edits)];
    this.#log.push(entry);
  }

  undo(): void {
    this.#log.undo();
  }

  redo(): void {
    this.#log.redo();
  }

  save(): SavedLog {
    return this.#log.save();
  }

  /** Does everything that a log says, and takes back what it had taken back. */
  replay({ entries, position }: SavedLog): void {
    for (const entry of entries) this.push(entry);
    for (let i = entries.length; i > position; i--) this.undo();
  }
}
