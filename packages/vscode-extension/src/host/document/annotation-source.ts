import {
  type Dataset,
  type Detection,
  type Format,
  findSources,
  type ImageRecord,
  openDataset,
} from '@cutkit/datasets';
import * as vscode from 'vscode';
import type { WorkspaceFiles } from '../files/workspace-files.js';
import { errorWords, words } from '../words.js';
import { sentencesOf } from './records.js';

/** Annotations of one image: the data set that they are in, and where. */
export interface AnnotationSource {
  readonly detection: Detection;
  readonly dataset: Dataset;
  readonly index: number;
  readonly record: ImageRecord;
}

/** What a search for an image's annotations gave, in words for the user where it gave nothing. */
export interface SourceResult {
  readonly source: AnnotationSource | undefined;
  readonly sentences: readonly string[];
}

/** Finds and reads the annotations of an image: beside it, or up to the root of its workspace folder. */
export async function findSource(files: WorkspaceFiles, image: vscode.Uri): Promise<SourceResult> {
  const folder = image.path.slice(0, image.path.lastIndexOf('/'));
  const root = vscode.workspace.getWorkspaceFolder(image)?.uri.path ?? folder;
  const { found, tried } = await findSources(files, image.path, { root });
  const sentences: string[] = [];
  for (const detection of found) {
    try {
      const source = await openSource(files, image, detection);
      // What was looked at in vain is of interest only where nothing was found.
      if (source) return { source, sentences: [...sentencesOf(source), ...sentences] };
      sentences.push(vscode.l10n.t('{0} does not list this image.', relative(files, detection.path)));
    } catch (error) {
      sentences.push(errorWords(error));
    }
  }
  const inVain = tried.map(({ path, why }) => `${relative(files, path)}: ${words(why)}`);
  return { source: undefined, sentences: [...inVain, ...sentences] };
}

/** Opens a data set anew and reads one image of it; undefined when the image is not in it. */
export async function openSource(
  files: WorkspaceFiles,
  image: vscode.Uri,
  detection: Detection,
): Promise<AnnotationSource | undefined> {
  const dataset = await openDataset(files, detection.path, { format: detection.format });
  const index = dataset.images.find(image.path);
  if (index < 0) return undefined;
  // Another picture of the same name and folder, elsewhere, is not the one that the annotations are of.
  const path = await dataset.imagePath(index);
  if (path !== undefined && path !== image.path) return undefined;
  return { detection, dataset, index, record: await dataset.read(index) };
}

/** The format's name as people write it. */
export function formatName(format: Format): string {
  const names: Readonly<Record<Format, string>> = {
    coco: 'COCO',
    yolo: 'YOLO',
    labelme: 'LabelMe',
    voc: 'Pascal VOC',
    masks: 'Mask PNG',
    panoptic: 'COCO panoptic',
    cityscapes: 'Cityscapes',
    sa1b: 'SA-1B',
  };
  return names[format];
}

function relative(files: WorkspaceFiles, path: string): string {
  return vscode.workspace.asRelativePath(files.uri(path));
}
