import { openDataset } from '../../src/detect/open-dataset.js';
import type { Format } from '../../src/model/dataset.js';
import type { Edit } from '../../src/model/edit.js';
import type { Finding, FindingKind, Fix } from '../../src/model/finding.js';
import type { SentenceCode } from '../../src/sentences/sentence.js';
import { lint } from '../../src/tools/lint/lint.js';
import type { MemoryFiles } from './memory-files.js';

/** What a fix does, once it is answered what it asks. */
export function editsOf(fix: Fix | undefined, answer: string | number = ''): readonly Edit[] {
  if (!fix) throw new Error('no fix is offered');
  if (fix.ask === 'name') return fix.edits(String(answer));
  return fix.ask === 'class' ? fix.edits(Number(answer)) : fix.edits;
}

/** All findings of a data set, but for classes that nothing has. */
export async function findingsOf(fs: MemoryFiles, path: string, format?: Format): Promise<Finding[]> {
  const found: Finding[] = [];
  const dataset = await openDataset(fs, path, format ? { format } : {});
  for await (const one of lint(dataset, fs, { root: '/d' })) if (one.kind !== 'unused-class') found.push(one);
  return found;
}

/** Carries out the fix of a name on the first finding of a kind; gives the kinds that are left. */
export async function mend(
  fs: MemoryFiles,
  { path, format }: { readonly path: string; readonly format?: Format },
  kind: FindingKind,
  title: SentenceCode,
  answer: string | number = '',
): Promise<FindingKind[]> {
  const finding = (await findingsOf(fs, path, format)).find((one) => one.kind === kind);
  const fix = finding?.fixes.find((one) => one.title.code === title);
  const dataset = await openDataset(fs, path, format ? { format } : {});
  fs.apply(await dataset.save(editsOf(fix, answer)));
  return (await findingsOf(fs, path, format)).map((one) => one.kind);
}
