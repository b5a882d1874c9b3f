import {
  AnnotationError,
  type Detection,
  type Finding,
  lint,
  lintImages,
  openDataset,
  unreadable,
} from '@cutkit/datasets';
import type * as vscode from 'vscode';
import type { WorkspaceFiles } from '../files/workspace-files.js';

/** Problems of one data set that are shown at most; a data set that is broken throughout need not say it a million times. */
const MOST = 2000;

/** A data set that is checked. */
export interface DataSource {
  readonly files: WorkspaceFiles;
  readonly detection: Detection;
  /** The highest folder in which missing pictures are looked for. */
  readonly root: string;
}

/** What is wrong with a data set; a file that cannot be read at all is one finding, at its place. */
export async function findingsOf(
  { files, detection, root }: DataSource,
  token?: vscode.CancellationToken,
): Promise<{ readonly findings: readonly Finding[]; readonly images: number }> {
  const findings: Finding[] = [];
  try {
    const dataset = await openDataset(files, detection.path, { format: detection.format });
    for await (const finding of lint(dataset, files, { root })) {
      findings.push(finding);
      if (findings.length >= MOST || token?.isCancellationRequested) break;
    }
    return { findings, images: dataset.images.length };
  } catch (error) {
    if (!(error instanceof AnnotationError)) throw error;
    return { findings: [...findings, unreadable(error)], images: 0 };
  }
}

/** Those of some findings that are still true, as the data set has them now. */
export async function findAgain(
  { files, detection, root }: DataSource,
  wanted: readonly Finding[],
): Promise<{
  readonly dataset: Awaited<ReturnType<typeof openDataset>>;
  readonly findings: readonly Finding[];
}> {
  const dataset = await openDataset(files, detection.path, { format: detection.format });
  const images = new Set(wanted.map(({ image }) => image).filter((image) => image !== undefined));
  const there = [...images].filter((image) => image < dataset.images.length);
  const now: Finding[] = [
    ...dataset.findings.filter(({ image }) => image === undefined),
    ...(await lintImages(dataset, files, there, { root })),
  ];
  const names = new Set(wanted.map(nameOf));
  return { dataset, findings: now.filter((finding) => names.has(nameOf(finding))) };
}

/** What a finding says of what: places in the file move. */
function nameOf({ kind, image, key, message }: Finding): string {
  return JSON.stringify([kind, image, key, message]);
}
