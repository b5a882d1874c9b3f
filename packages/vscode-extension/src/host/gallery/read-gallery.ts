import { type Dataset, type Detection, detectDatasets, openDataset } from '@cutkit/datasets';
import * as vscode from 'vscode';
import type { WorkspaceFiles } from '../files/workspace-files.js';
import { findPictures } from './find-pictures.js';
import { GalleryModel } from './gallery-model.js';

/** What a gallery is of: a folder and, where there are any, its annotations. */
export interface GalleryRoot {
  readonly uri: vscode.Uri;
  readonly files: WorkspaceFiles;
  readonly detection: Detection | undefined;
}

/** What was read of a {@link GalleryRoot}. */
export interface GalleryContent {
  readonly dataset: Dataset | undefined;
  readonly model: GalleryModel;
}

/** Reads what a gallery shows. Without annotations, looks whether there are any by now. */
export async function readGallery({ uri, files, detection }: GalleryRoot): Promise<GalleryContent> {
  const most = vscode.workspace.getConfiguration('cutkit').get('gallery.maxImages', 100_000);
  const found = detection ?? (await detectDatasets(files, uri.path))[0];
  const dataset = found && (await openDataset(files, found.path, { format: found.format }));
  return { dataset, model: new GalleryModel(files, dataset, await findPictures(uri, most), most) };
}
