import {
  type Dataset,
  type Detection,
  detectDatasets,
  type Finding,
  lint,
  lintRecord,
  openDataset,
  placesIn,
} from '@cutkit/datasets';
import * as vscode from 'vscode';
import { requireWritable, whyReadOnly } from '../files/why-read-only.js';
import { WorkspaceFiles } from '../files/workspace-files.js';
import { writeChanges } from '../files/write-change.js';
import type { Services } from '../services.js';

/** Problems of one data set that are shown at most; a data set that is broken throughout need not say it a million times. */
const MOST = 2000;

/** A finding that can be mended, where its problem is shown. */
interface Mendable {
  readonly diagnostic: vscode.Diagnostic;
  readonly finding: Finding;
  readonly detection: Detection;
}

const SEVERITIES: Readonly<Record<Finding['severity'], vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
};

/** Findings of data sets as problems of the workbench, with quick fixes that write what the finding proposes. */
export class Problems implements vscode.CodeActionProvider, vscode.Disposable {
  static readonly fixCommand = 'cutkit.applyFix';
  readonly #services: Services;
  readonly #collection = vscode.languages.createDiagnosticCollection('cutkit');
  readonly #mendable = new Map<string, Mendable[]>();
  readonly #registrations: vscode.Disposable;

  constructor(services: Services) {
    this.#services = services;
    this.#registrations = vscode.Disposable.from(
      this.#collection,
      vscode.languages.registerCodeActionsProvider({ pattern: '**' }, this, {
        providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
      }),
      vscode.commands.registerCommand(Problems.fixCommand, (uri: vscode.Uri, at: number) =>
        this.#fix(uri, at),
      ),
    );
  }

  /** Checks every data set at a file or in a folder; gives how many problems there are. */
  async check(
    root: vscode.Uri,
    progress: vscode.Progress<{ message: string }>,
    token: vscode.CancellationToken,
  ) {
    const files = new WorkspaceFiles(root, this.#services.platform);
    let count = 0;
    for (const detection of await detectDatasets(files, root.path)) {
      progress.report({ message: vscode.workspace.asRelativePath(files.uri(detection.path)) });
      count += await this.#checkOne(files, detection, token);
      if (token.isCancellationRequested) break;
    }
    return count;
  }

  provideCodeActions(document: vscode.TextDocument, range: vscode.Range): vscode.CodeAction[] {
    if (whyReadOnly(document.uri)) return [];
    const here = this.#mendable.get(document.uri.toString()) ?? [];
    return here.flatMap(({ diagnostic, finding }, at) => {
      if (!diagnostic.range.intersection(range)) return [];
      const action = new vscode.CodeAction(finding.fix?.title ?? '', vscode.CodeActionKind.QuickFix);
      action.diagnostics = [diagnostic];
      action.isPreferred = true;
      action.command = {
        title: action.title,
        command: Problems.fixCommand,
        arguments: [document.uri, at],
      };
      return [action];
    });
  }

  dispose(): void {
    this.#registrations.dispose();
  }

  async #checkOne(
    files: WorkspaceFiles,
    detection: Detection,
    token: vscode.CancellationToken,
  ): Promise<number> {
    const dataset = await openDataset(files, detection.path, { format: detection.format });
    const byFile = new Map<string, Finding[]>();
    let count = 0;
    for await (const finding of lint(dataset, files)) {
      const { path } = finding.location;
      byFile.set(path, [...(byFile.get(path) ?? []), finding]);
      if (++count >= MOST || token.isCancellationRequested) break;
    }
    this.#clear(files, dataset.path);
    for (const [path, findings] of byFile) await this.#show(files, detection, path, findings);
    return count;
  }

  async #show(
    files: WorkspaceFiles,
    detection: Detection,
    path: string,
    findings: readonly Finding[],
  ): Promise<void> {
    const uri = files.uri(path);
    const offsets = findings.flatMap(({ location }) => [location.start, location.end]);
    const places = await placesIn(files, path, offsets).catch(() =>
      offsets.map(() => ({ line: 1, column: 1 })),
    );
    const mendable: Mendable[] = [];
    const diagnostics = findings.map((finding, i) => {
      const position = ({ line, column }: { line: number; column: number }) =>
        new vscode.Position(Math.max(0, line - 1), Math.max(0, column - 1));
      const range = new vscode.Range(position(places[i * 2]!), position(places[i * 2 + 1]!));
      const diagnostic = new vscode.Diagnostic(range, finding.message, SEVERITIES[finding.severity]);
      diagnostic.source = 'Cutkit';
      diagnostic.code = finding.kind;
      if (finding.fix) mendable.push({ diagnostic, finding, detection });
      return diagnostic;
    });
    this.#collection.set(uri, diagnostics);
    this.#mendable.set(uri.toString(), mendable);
  }

  #clear(files: WorkspaceFiles, root: string): void {
    this.#collection.forEach((uri) => {
      if (uri.path.startsWith(root) || root.startsWith(uri.path)) this.#collection.delete(uri);
    });
    this.#collection.delete(files.uri(root));
  }

  /** Writes what a finding proposes, should it still be true, and checks anew: the file is another one then. */
  async #fix(uri: vscode.Uri, at: number): Promise<void> {
    const found = this.#mendable.get(uri.toString())?.[at];
    if (!found) return;
    requireWritable(uri);
    const files = new WorkspaceFiles(uri, this.#services.platform);
    const { detection, finding } = found;
    const dataset = await openDataset(files, detection.path, { format: detection.format });
    const now = (await findingsOf(dataset, finding.image)).find((one) => isSame(one, finding));
    if (now?.fix) await writeChanges(files, await dataset.save(now.fix.edits));
    await this.#checkOne(files, detection, new vscode.CancellationTokenSource().token);
  }
}

/** What opening a data set finds, and what is wrong with one image of it. */
async function findingsOf(dataset: Dataset, image: number | undefined): Promise<readonly Finding[]> {
  if (image === undefined || image >= dataset.images.length) return dataset.findings;
  return [...dataset.findings, ...lintRecord(await dataset.read(image), dataset.classes, true)];
}

function isSame(one: Finding, other: Finding): boolean {
  return one.kind === other.kind && one.key === other.key && one.message === other.message;
}
