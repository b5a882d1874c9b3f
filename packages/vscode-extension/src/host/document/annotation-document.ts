import type { DatasetClass, ImageRecord, Instance } from '@cutkit/datasets';
import PQueue from 'p-queue';
import * as vscode from 'vscode';
import type { Change, ClassView, EditorPatch, InstanceView } from '../../protocol/editor.js';
import { whyReadOnly } from '../files/why-read-only.js';
import { WorkspaceFiles } from '../files/workspace-files.js';
import { writeChanges } from '../files/write-change.js';
import type { Services } from '../services.js';
import { type AnnotationSource, findSource, openSource, type SourceResult } from './annotation-source.js';
import { type Backup, parseBackup } from './backup.js';
import { classViews, configuredClasses } from './class-views.js';
import { createSource } from './create-source.js';
import { replacing, toEdits } from './document-edits.js';
import { EditedRecord } from './edited-record.js';
import { instanceView } from './instance-view.js';
import { type FileState, planSave, type WantedState } from './plan-save.js';
import { changedElsewhere, emptyRecord, fileState, isSameRecord, sentencesOf } from './records.js';
import { wholeSaves } from './whole-saves.js';

/**
 * The annotations of one image: what the file says, and an edit log on top. Nothing is written before a save; a save
 * writes the difference between what the file holds and what the log makes of it, so undo goes on across saves.
 */
export class AnnotationDocument implements vscode.CustomDocument {
  readonly uri: vscode.Uri;
  readonly files: WorkspaceFiles;
  #result: SourceResult;
  #edited: EditedRecord;
  #classes: readonly DatasetClass[];
  #file: FileState;
  #size = { width: 0, height: 0 };
  /** What reads or writes the files, one after another: in the middle of a save they are neither what was nor what will be. */
  readonly #turns = new PQueue({ concurrency: 1 });
  readonly #patched = new vscode.EventEmitter<EditorPatch>();
  readonly #reloaded = new vscode.EventEmitter<void>();
  /** Something changed by one step: for open editors. */
  readonly onPatch = this.#patched.event;
  /** Everything may have changed. */
  readonly onReload = this.#reloaded.event;

  /** Writes what differs. Rejects with `DATASET_CHANGED` when the annotations of this image were changed elsewhere. */
  readonly save: () => Promise<void> = wholeSaves(
    this.#turns,
    () => this.record,
    () => this.#write(),
  );

  private constructor(uri: vscode.Uri, files: WorkspaceFiles, result: SourceResult) {
    this.uri = uri;
    this.files = files;
    this.#result = result;
    this.#edited = new EditedRecord(result.source?.record ?? emptyRecord(uri));
    this.#classes = result.source?.dataset.classes ?? configuredClasses(uri);
    this.#file = fileState(result.source);
  }

  /** Opens the annotations of an image; with `backup` what was not saved is there again. */
  static async open(
    uri: vscode.Uri,
    services: Pick<Services, 'platform'>,
    backup?: vscode.Uri,
  ): Promise<AnnotationDocument> {
    const files = new WorkspaceFiles(uri, services.platform);
    const document = new AnnotationDocument(uri, files, await findSource(files, uri));
    if (backup) document.#restore(parseBackup(await vscode.workspace.fs.readFile(backup)));
    return document;
  }

  get source(): AnnotationSource | undefined {
    return this.#result.source;
  }

  /** What the search for annotations found, and why not more. */
  get sentences(): readonly string[] {
    return this.#result.sentences;
  }

  /** The image as it is now, with all that was done to it. */
  get record(): ImageRecord {
    return this.#edited.now;
  }

  get classes(): readonly ClassView[] {
    return classViews(this.#allClasses(), this.uri);
  }

  get instances(): InstanceView[] {
    return this.record.instances.map((instance) => this.#view(instance));
  }

  /** Why nothing may be edited; undefined when it may. */
  get readOnly(): string | undefined {
    return whyReadOnly(this.uri, this.source?.dataset);
  }

  /** The picture's size, from the picture itself: of use where no annotation states one. */
  setImageSize(width: number, height: number): void {
    const first = this.#size.width === 0;
    this.#size = { width, height };
    if (first && this.record.width === 0) this.#reloaded.fire();
  }

  /** Carries out what an editor asks for; the result undoes and redoes it. */
  apply({ label, steps }: Change): vscode.CustomDocumentEditEvent<AnnotationDocument> {
    const edits = toEdits(steps, this.record.index);
    this.#step(() => this.#edited.push({ label, edits }), label);
    return {
      document: this,
      label,
      undo: () => this.#step(() => this.#edited.undo(), vscode.l10n.t('Undone: {0}', label)),
      redo: () => this.#step(() => this.#edited.redo(), vscode.l10n.t('Redone: {0}', label)),
    };
  }

  /** Writes all annotations of this image to a new file of another format and place. */
  async saveAs(target: vscode.Uri): Promise<void> {
    await createSource(this.files, this.uri, this.#imageSize(), this.#wanted(), target.path);
  }

  /** Forgets what was not saved and reads the files anew. */
  reload(): Promise<void> {
    return this.#turns.add(async () => this.#begin(await findSource(this.files, this.uri)));
  }

  /** Reads the files anew, unless something is done to the document meanwhile; says whether it did. */
  reloadUntouched(): Promise<boolean> {
    const { record } = this;
    return this.#turns.add(async () => {
      const result = await findSource(this.files, this.uri);
      if (this.record !== record) return false;
      this.#begin(result);
      return true;
    });
  }

  /** Takes what the files say now as what the next save replaces: mine wins over theirs, for this image. */
  keepMine(): Promise<void> {
    return this.#turns.add(async () => {
      this.#result = await findSource(this.files, this.uri);
      this.#file = fileState(this.#result.source);
    });
  }

  /** Whether the files are still those that were last read or written. */
  isCurrent(): Promise<boolean> {
    return this.#turns.add(async () => {
      if (!this.source) return (await findSource(this.files, this.uri)).source === undefined;
      const { detection, record } = this.source;
      const now = await openSource(this.files, this.uri, detection);
      return now !== undefined && isSameRecord(now.record, record);
    });
  }

  backup(): Backup {
    const { instances, classes } = this.#wanted();
    const { base } = this.#edited;
    return { version: 1, log: this.#edited.save(), base, instances, classes };
  }

  dispose(): void {
    this.#patched.dispose();
    this.#reloaded.dispose();
  }

  async #write(): Promise<void> {
    const wanted = this.#wanted();
    const written = this.source
      ? await this.#saveInto(this.source, wanted)
      : await createSource(this.files, this.uri, this.#imageSize(), wanted);
    if (written) this.#adopt(written, wanted.instances);
  }

  async #saveInto(source: AnnotationSource, wanted: WantedState): Promise<AnnotationSource | undefined> {
    // Other images of the same data set may have been saved meanwhile: the file is read anew, this image's part compared.
    const now = await openSource(this.files, this.uri, source.detection);
    if (!now || !isSameRecord(now.record, source.record)) throw changedElsewhere(this.uri);
    const edits = planSave({ ...this.#file, image: now.index, classes: now.dataset.classes }, wanted);
    if (edits.length === 0) return undefined;
    await writeChanges(this.files, await now.dataset.save(edits));
    return openSource(this.files, this.uri, source.detection);
  }

  /** Remembers what the file holds now, and by which keys. */
  #adopt(source: AnnotationSource, instances: readonly Instance[]): void {
    const { record, dataset, index } = source;
    this.#result = { source, sentences: sentencesOf(source) };
    const same = record.instances.length === instances.length;
    this.#file = {
      image: index,
      classes: dataset.classes,
      // Where the format merged or split instances, the next save replaces them all.
      instances: same ? instances : record.instances,
      keys: new Map(same ? instances.map(({ key }, i) => [key, record.instances[i]!.key]) : []),
    };
  }

  #restore({ base, log, instances }: Backup): void {
    const { base: found } = this.#edited;
    if (isSameRecord(found, base)) this.#edited.replay(log);
    // The files are others than those that were edited: what the user had made is laid over them as one step.
    else this.#edited.push({ label: vscode.l10n.t('Restore'), edits: replacing(found, instances) });
  }

  #begin(result: SourceResult): void {
    this.#result = result;
    this.#edited = new EditedRecord(result.source?.record ?? emptyRecord(this.uri));
    this.#classes = result.source?.dataset.classes ?? configuredClasses(this.uri);
    this.#file = fileState(result.source);
    this.#reloaded.fire();
  }

  #step(change: () => void, say: string): void {
    const before = new Map(this.record.instances.map((instance) => [instance.key, instance]));
    const classesBefore = this.#allClasses().length;
    change();
    const { instances } = this.record;
    const upsert = instances.filter((instance) => before.get(instance.key) !== instance);
    for (const { key } of instances) before.delete(key);
    this.#patched.fire({
      upsert: upsert.map((instance) => this.#view(instance)),
      remove: [...before.keys()],
      say,
      ...(this.#allClasses().length === classesBefore ? {} : { classes: this.classes }),
    });
  }

  /** The data set's classes and those that the log adds. */
  #allClasses(): readonly DatasetClass[] {
    const { length } = this.#classes;
    return [
      ...this.#classes,
      ...this.#edited.addedClasses.map((name, i) => ({ index: length + i, id: name, name })),
    ];
  }

  #wanted(): WantedState {
    return { classes: this.#allClasses(), instances: this.record.instances };
  }

  #view(instance: Instance): InstanceView {
    return instanceView(instance, this.#imageSize());
  }

  #imageSize(): { width: number; height: number } {
    const { width, height } = this.record;
    return width > 0 && height > 0 ? { width, height } : this.#size;
  }
}
