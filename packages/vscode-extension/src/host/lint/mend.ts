import { type Edit, type Fix, type Inversion, invertChange } from '@cutkit/datasets';
import * as vscode from 'vscode';
import { requireSaved, requireWritable } from '../files/why-read-only.js';
import { writeChanges } from '../files/write-change.js';
import { tellFailure } from '../tell-failure.js';
import { askFor } from './ask-for.js';
import { findAgain } from './findings-of.js';
import { fixTitle } from './fix-title.js';
import type { Mendable, Problems } from './problems.js';

/**
 * Carries out the fix of a title on findings of one data set that are still true, in one save, checks anew and offers to take
 * it back.
 */
export async function mend(problems: Problems, mendable: readonly Mendable[], title: string): Promise<void> {
  const [first] = mendable;
  if (!first) return;
  const { source } = first;
  const { files } = source;
  requireWritable(files.uri(source.detection.path));
  const { dataset, findings } = await findAgain(
    source,
    mendable.map(({ finding }) => finding),
  );
  const fixes = findings.flatMap((finding) => {
    const fix = finding.fixes.find((one) => fixTitle(files, one) === title);
    return fix ? [fix] : [];
  });
  const answer = fixes[0] && (await askFor(fixes[0], dataset.classes, title));
  if (answer === undefined) {
    // It was mended by hand meanwhile, or the user does not want to.
    if (fixes.length === 0) await problems.checkSource(source);
    return;
  }
  const changes = await dataset.save(withoutTwins(fixes.flatMap((fix) => editsOf(fix, answer))));
  for (const { path } of changes) requireSaved(files.uri(path));
  const inversions: { readonly path: string; readonly invert: Inversion }[] = [];
  for (const change of changes)
    inversions.push({ path: change.path, invert: await invertChange(files, change) });
  await writeChanges(files, changes);
  // Now, not when it is wanted: what is taken back is this version of the files, and no later one.
  const inverted = await Promise.all(
    inversions.map(async ({ path, invert }) => invert(await files.stat(path))),
  );
  await problems.checkSource(source);
  void offerUndo(title, async () => {
    await writeChanges(files, inverted);
    await problems.checkSource(source);
  });
}

function editsOf(fix: Fix, answer: string | number): readonly Edit[] {
  if (fix.ask === 'name') return fix.edits(String(answer));
  return fix.ask === 'class' ? fix.edits(Number(answer)) : fix.edits;
}

/** Edits without those that say the same again: one class is added once, however many annotations have it. */
function withoutTwins(edits: readonly Edit[]): Edit[] {
  return [...new Map(edits.map((edit) => [JSON.stringify(edit), edit])).values()];
}

async function offerUndo(title: string, undo: () => Promise<void>): Promise<void> {
  const label = vscode.l10n.t('Undo');
  const answer = await vscode.window.showInformationMessage(vscode.l10n.t('Done: {0}', title), label);
  if (answer === label) await tellFailure(undo);
}
