import type { CutkitError } from '@cutkit/core';
import * as vscode from 'vscode';
import type { AnnotationDocument } from '../document/annotation-document.js';
import { watchSource } from '../document/watch-source.js';
import type { Services } from '../services.js';
import type { Editors } from './editors.js';

/** The answer to a first click, which waits for the picture to be read, takes a few seconds; a page that hangs must not hold up a save. */
const PATIENCE_MS = 10_000;

/**
 * The editor of an image's masks: a document of the workbench with undo, dirty dot, save, revert and hot exit. What reads and writes
 * annotations is loaded with the first image.
 */
export class AnnotateProvider implements vscode.CustomEditorProvider<AnnotationDocument> {
  static readonly viewType = 'cutkit.annotate';
  readonly #services: Services;
  readonly #editors: Editors;
  readonly #changed = new vscode.EventEmitter<vscode.CustomDocumentEditEvent<AnnotationDocument>>();
  /** Documents with steps that are not saved: their positions in the log differ from that of the last save. */
  readonly #dirty = new WeakSet<AnnotationDocument>();
  readonly onDidChangeCustomDocument = this.#changed.event;

  constructor(services: Services, editors: Editors) {
    this.#services = services;
    this.#editors = editors;
  }

  async openCustomDocument(
    uri: vscode.Uri,
    { backupId }: vscode.CustomDocumentOpenContext,
  ): Promise<AnnotationDocument> {
    const { AnnotationDocument } = await import('../parts.js');
    const backup = backupId === undefined ? undefined : vscode.Uri.parse(backupId);
    const document = await AnnotationDocument.open(uri, this.#services, backup);
    if (backup) this.#dirty.add(document);
    return document;
  }

  async resolveCustomEditor(document: AnnotationDocument, panel: vscode.WebviewPanel): Promise<void> {
    const { EditorPanel } = await import('../parts.js');
    const apply: NonNullable<ConstructorParameters<typeof EditorPanel>[3]['apply']> = (change) => {
      if (document.readOnly !== undefined) throw new Error(document.readOnly);
      const event = document.apply(change);
      this.#dirty.add(document);
      this.#changed.fire(event);
    };
    const options = { viewType: AnnotateProvider.viewType, apply };
    this.#editors.add(new EditorPanel(document, panel, this.#services, options));
    const watcher = watchSource(document, () => this.#changedElsewhere(document));
    panel.onDidDispose(() => watcher.dispose());
  }

  /** Saves what was done until now, also what the network is still asked for. */
  async saveCustomDocument(document: AnnotationDocument): Promise<void> {
    await this.#settled(document);
    try {
      await document.save();
    } catch (error) {
      if (!isConflict(error) || !(await this.#asksToOverwrite(document))) throw readable(error);
      await document.keepMine();
      await document.save();
    }
    this.#dirty.delete(document);
  }

  async saveCustomDocumentAs(document: AnnotationDocument, target: vscode.Uri): Promise<void> {
    await this.#settled(document);
    await document.saveAs(target).catch((error: unknown) => {
      throw readable(error);
    });
  }

  async revertCustomDocument(document: AnnotationDocument): Promise<void> {
    await document.reload();
    this.#dirty.delete(document);
  }

  async backupCustomDocument(
    document: AnnotationDocument,
    { destination }: vscode.CustomDocumentBackupContext,
  ): Promise<vscode.CustomDocumentBackup> {
    const { formatBackup } = await import('../parts.js');
    await vscode.workspace.fs.writeFile(destination, formatBackup(document.backup()));
    const remove = async () => {
      await vscode.workspace.fs.delete(destination).then(undefined, () => undefined);
    };
    return { id: destination.toString(), delete: remove };
  }

  /** Waits until the document has what its editors still have under way. */
  async #settled(document: AnnotationDocument): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const patience = new Promise((resolve) => {
      timer = setTimeout(resolve, PATIENCE_MS);
    });
    const panels = this.#editors.of(document);
    await Promise.race([Promise.allSettled(panels.map((panel) => panel.settled())), patience]);
    clearTimeout(timer);
  }

  /** Without changes of one's own the files are simply read again; with them, the user decides. */
  async #changedElsewhere(document: AnnotationDocument): Promise<void> {
    if (!this.#dirty.has(document) && (await document.reloadUntouched())) return;
    const keep = vscode.l10n.t('Keep Mine');
    const load = vscode.l10n.t('Load Theirs');
    const { name } = document.record;
    const answer = await vscode.window.showWarningMessage(
      vscode.l10n.t(
        'The annotations of {0} were changed by another program while you have unsaved changes.',
        name,
      ),
      keep,
      load,
    );
    if (answer === keep) await document.keepMine();
    if (answer === load) await vscode.commands.executeCommand('workbench.action.files.revert');
  }

  async #asksToOverwrite({ record }: AnnotationDocument): Promise<boolean> {
    const overwrite = vscode.l10n.t('Overwrite');
    const answer = await vscode.window.showWarningMessage(
      vscode.l10n.t('The annotations of {0} were changed by another program.', record.name),
      { modal: true, detail: vscode.l10n.t('Saving replaces what it wrote for this image.') },
      overwrite,
    );
    return answer === overwrite;
  }
}

function isConflict(error: unknown): boolean {
  return (error as Partial<CutkitError>).code === 'DATASET_CHANGED';
}

/** The workbench shows only a message: the cure goes into it. */
function readable(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(String(error));
  const { hint } = error as Partial<CutkitError>;
  return hint ? new Error(`${error.message} ${hint}`) : error;
}
