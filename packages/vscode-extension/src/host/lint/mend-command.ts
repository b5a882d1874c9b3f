import * as vscode from 'vscode';
import { fixTitle } from './fix-title.js';
import { mend } from './mend.js';
import type { Mendable, Problems } from './problems.js';

/** One way to mend things, and all that it would mend. */
interface Choice extends vscode.QuickPickItem {
  readonly fix: string;
  readonly mendable: Mendable[];
}

/** Lets the user choose one kind of fix and carries it out wherever it is offered: also where no text editor shows the file. */
export async function mendCommand(problems: Problems): Promise<void> {
  const choices = new Map<string, Choice>();
  for (const mendable of problems.mendable) {
    const { source, finding, diagnostic } = mendable;
    for (const fix of finding.fixes) {
      const title = fixTitle(source.files, fix);
      const key = `${source.detection.format} ${source.detection.path} ${title}`;
      const choice = choices.get(key) ?? {
        label: title,
        fix: title,
        detail: diagnostic.message,
        description: '',
        mendable: [],
      };
      choice.mendable.push(mendable);
      choices.set(key, choice);
    }
  }
  if (choices.size === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('There is nothing to mend. Check annotations first.'),
    );
    return;
  }
  const items = [...choices.values()].map((choice) => ({ ...choice, description: whereOf(choice) }));
  const title = vscode.l10n.t('What is to be mended?');
  const chosen = await vscode.window.showQuickPick(items, { title, matchOnDetail: true });
  if (chosen) await mend(problems, chosen.mendable, chosen.fix);
}

function whereOf({ mendable }: Choice): string {
  const { files, detection } = mendable[0]!.source;
  const path = vscode.workspace.asRelativePath(files.uri(detection.path));
  return vscode.l10n.t('{0} in {1}', mendable.length, path);
}
