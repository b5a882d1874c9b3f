import { detectDatasets, type Finding, placesIn } from '@cutkit/datasets';
import * as vscode from 'vscode';
import { whyReadOnly } from '../files/why-read-only.js';
import { WorkspaceFiles } from '../files/workspace-files.js';
import type { Services } from '../services.js';
import { tellFailure } from '../tell-failure.js';
import { words } from '../words.js';
import { type DataSource, findingsOf } from './findings-of.js';
import { fixTitle } from './fix-title.js';
import { mend } from './mend.js';

/** Larger data sets are not checked anew by themselves when one of their files is saved. */
const MOST_IMAGES = 5000;

/** A finding that can be mended, where its problem is shown. */
export interface Mendable {
  readonly diagnostic: vscode.Diagnostic;
  readonly finding: Finding;
  readonly source: DataSource;
}

/** What is shown of one data set, by the addresses of its files. */
interface Shown {
  readonly source: DataSource;
  readonly images: number;
  readonly files: ReadonlyMap<string, readonly { diagnostic: vscode.Diagnostic; finding: Finding }[]>;
}

const SEVERITIES: Readonly<Record<Finding['severity'], vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
};

/** Findings of data sets as problems of the workbench, with quick fixes. */
export class Problems implements vscode.CodeActionProvider, vscode.Disposable {
  static readonly fixCommand = 'cutkit.applyFix';
  readonly #services: Services;
  readonly #collection = vscode.languages.createDiagnosticCollection('cutkit');
  /** By format and path of the data set. */
  readonly #shown = new Map<string, Shown>();
  readonly #registrations: vscode.Disposable;

  constructor(services: Services) {
    this.#services = services;
    this.#registrations = vscode.Disposable.from(
      this.#collection,
      vscode.languages.registerCodeActionsProvider({ pattern: '**' }, this, {
        providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
      }),
      vscode.commands.registerCommand(Problems.fixCommand, (one: Mendable, title: string) =>
        tellFailure(() => mend(this, [one], title)),
      ),
      vscode.workspace.onDidSaveTextDocument(({ uri }) => this.#checkSaved(uri)),
    );
  }

  /** All findings that are shown and can be mended. */
  get mendable(): Mendable[] {
    return [...this.#shown.values()].flatMap(({ source, files }) =>
      [...files.values()]
        .flat()
        .filter(({ finding }) => finding.fixes.length > 0)
        .map((one) => ({ ...one, source })),
    );
  }

  /** Checks every data set at a file or in a folder; gives how many problems there are. */
  async check(
    root: vscode.Uri,
    progress: vscode.Progress<{ message: string }>,
    token: vscode.CancellationToken,
  ): Promise<number> {
    const files = new WorkspaceFiles(root, this.#services.platform);
    const highest = vscode.workspace.getWorkspaceFolder(root)?.uri.path ?? root.path;
    this.#forget((path) => path === root.path || path.startsWith(`${root.path}/`));
    let count = 0;
    for (const detection of await detectDatasets(files, root.path)) {
      progress.report({ message: vscode.workspace.asRelativePath(files.uri(detection.path)) });
      count += await this.checkSource({ files, detection, root: highest }, token);
      if (token.isCancellationRequested) break;
    }
    return count;
  }

  /** Checks one data set, anew where it was checked before; gives how many problems there are. */
  async checkSource(source: DataSource, token?: vscode.CancellationToken): Promise<number> {
    const { findings, images } = await findingsOf(source, token);
    const files = new Map<string, { diagnostic: vscode.Diagnostic; finding: Finding }[]>();
    for (const [path, list] of byFile(findings)) {
      const diagnostics = await diagnosticsOf(source.files, path, list);
      const uri = source.files.uri(path).toString();
      files.set(
        uri,
        list.map((finding, i) => ({ finding, diagnostic: diagnostics[i]! })),
      );
    }
    const key = `${source.detection.format} ${source.files.uri(source.detection.path)}`;
    // Files that were wrong once are looked after from then on.
    const own = source.files.uri(source.detection.path).toString();
    for (const uri of [own, ...(this.#shown.get(key)?.files.keys() ?? [])])
      if (!files.has(uri)) files.set(uri, []);
    this.#shown.set(key, { source, images, files });
    this.#publish(files.keys());
    return findings.length;
  }

  provideCodeActions({ uri }: vscode.TextDocument, range: vscode.Range): vscode.CodeAction[] {
    if (whyReadOnly(uri)) return [];
    return [...this.#shown.values()].flatMap(({ source, files }) =>
      (files.get(uri.toString()) ?? [])
        .filter(({ diagnostic }) => diagnostic.range.intersection(range))
        .flatMap((one) => actionsFor({ ...one, source })),
    );
  }

  dispose(): void {
    this.#registrations.dispose();
  }

  #forget(isOf: (path: string) => boolean): void {
    for (const [key, { source, files }] of this.#shown) {
      if (!isOf(source.detection.path)) continue;
      this.#shown.delete(key);
      this.#publish(files.keys());
    }
  }

  /** Shows what all data sets together say of some files. */
  #publish(uris: Iterable<string>): void {
    for (const uri of new Set(uris)) {
      const all = [...this.#shown.values()].flatMap(({ files }) => files.get(uri) ?? []);
      this.#collection.set(
        vscode.Uri.parse(uri),
        all.map(({ diagnostic }) => diagnostic),
      );
    }
  }

  async #checkSaved(uri: vscode.Uri): Promise<void> {
    for (const { source, images, files } of this.#shown.values())
      if (files.has(uri.toString()) && images <= MOST_IMAGES) await this.checkSource(source);
  }
}

function byFile(findings: readonly Finding[]): Map<string, Finding[]> {
  const files = new Map<string, Finding[]>();
  for (const finding of findings) {
    const list = files.get(finding.location.path) ?? [];
    files.set(finding.location.path, list);
    list.push(finding);
  }
  return files;
}

async function diagnosticsOf(
  files: WorkspaceFiles,
  path: string,
  findings: readonly Finding[],
): Promise<vscode.Diagnostic[]> {
  const offsets = findings.flatMap(({ location }) => [location.start, location.end]);
  const places = await placesIn(files, path, offsets).catch(() =>
    offsets.map(() => ({ line: 1, column: 1 })),
  );
  const position = ({ line, column }: { line: number; column: number }) =>
    new vscode.Position(Math.max(0, line - 1), Math.max(0, column - 1));
  return findings.map(({ kind, severity, message }, i) => {
    const range = new vscode.Range(position(places[i * 2]!), position(places[i * 2 + 1]!));
    const diagnostic = new vscode.Diagnostic(range, words(message), SEVERITIES[severity]);
    diagnostic.source = 'Cutkit';
    diagnostic.code = kind;
    return diagnostic;
  });
}

function actionsFor(mendable: Mendable): vscode.CodeAction[] {
  const { finding, source, diagnostic } = mendable;
  return finding.fixes.map((fix, place) => {
    const title = fixTitle(source.files, fix);
    const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
    action.diagnostics = [diagnostic];
    action.isPreferred = place === 0;
    action.command = { title, command: Problems.fixCommand, arguments: [mendable, title] };
    return action;
  });
}
