import type { EditPlan } from '../edits/plan.js';
import { scalePlane } from '../geometry/scale.js';
import type { FileChange } from '../model/change.js';
import type { Edit } from '../model/edit.js';
import type { FileSystem } from '../model/file-system.js';
import { readPng } from '../png/read-png.js';
import { resizePng } from '../png/write-png.js';
import { assertPaintable } from './assert-paintable.js';
import { cannotHold } from './refuse.js';

/**
 * Throws `FORMAT_CANNOT_HOLD` where something is done to an image itself and to what is in it, or twice: formats with files
 * of their own for each image write them once a save.
 */
export function assertAlone({ ofRecords }: EditPlan, edits: readonly Edit[]): void {
  const images = new Set(ofRecords.flatMap((edit) => ('image' in edit ? [edit.image] : [])));
  const touched = edits.filter((edit) => 'image' in edit && images.has(edit.image));
  if (touched.length > images.size)
    throw cannotHold('A change of an image and changes of what is in it take a save each.');
}

/** The change of a PNG to another size, each pixel by the nearest one; none where there is no file. */
export async function scaledPng(
  fs: FileSystem,
  path: string,
  to: { readonly width: number; readonly height: number },
): Promise<FileChange[]> {
  const base = await fs.stat(path);
  if (!base) return [];
  const bytes = await fs.read(path);
  const plane = readPng(path, bytes);
  assertPaintable(path, plane);
  const values = scalePlane(plane.values, { from: plane, to });
  return [{ type: 'splice', path, base, splices: resizePng(bytes, plane, to, values) }];
}

/** The change that takes a file away; none where there is none. */
export async function deletion(fs: FileSystem, path: string): Promise<FileChange[]> {
  const base = await fs.stat(path);
  return base?.type === 'file' ? [{ type: 'delete', path, base }] : [];
}
