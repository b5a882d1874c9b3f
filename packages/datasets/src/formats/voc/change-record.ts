import type { RecordEdit } from '../../edits/plan.js';
import { scaleInstance } from '../../geometry/scale.js';
import type { FileChange } from '../../model/change.js';
import { deletion, scaledPng } from '../record-changes.js';
import { cannotHold } from '../refuse.js';
import { editVoc } from './edit-voc-xml.js';
import type { OpenVoc } from './save-voc.js';
import { parseVoc } from './voc-xml.js';

/** The changes of the files of an image by an edit of the image: its size in the XML, boxes and masks where it is scaled. */
export async function recordChanges(voc: OpenVoc, edit: RecordEdit): Promise<FileChange[]> {
  if (!('image' in edit)) return [];
  const { fs, entries, dataset } = voc;
  const { xml, objectPng, classPng } = entries[edit.image]!;
  const pngs = [objectPng, classPng];
  if (edit.type === 'removeImage')
    return (await Promise.all([xml, ...pngs].map((path) => deletion(fs, path)))).flat();
  if (edit.type === 'changeImage') {
    const { path, width, height } = edit.change;
    if (path !== undefined || width === undefined || height === undefined)
      throw cannotHold('VOC finds its pictures in JPEGImages by their names; put the picture there.');
    for (const png of pngs)
      if (await fs.stat(png))
        throw cannotHold('The masks of this image have a size of their own; scale them.');
    return xmlChanges(voc, edit.image, { width, height }, []);
  }
  if (edit.type !== 'scaleImage') return [];
  const before = await dataset.read(edit.image);
  const scaling = { from: before, to: { width: edit.width, height: edit.height } };
  const kept = before.instances
    .filter(({ key, shape }) => key.startsWith('o') && shape.kind !== 'invalid')
    .map((was) => ({ place: Number(was.key.slice(1)), was, is: scaleInstance(was, scaling), name: '' }));
  const masks = await Promise.all(pngs.map((png) => scaledPng(fs, png, edit)));
  return [...(await xmlChanges(voc, edit.image, scaling.to, kept)), ...masks.flat()];
}

async function xmlChanges(
  { fs, entries }: OpenVoc,
  image: number,
  size: { readonly width: number; readonly height: number },
  kept: Parameters<typeof editVoc>[1]['kept'],
): Promise<FileChange[]> {
  const { xml: path } = entries[image]!;
  const base = await fs.stat(path);
  const file = base && parseVoc(path, await fs.read(path));
  if (!file) return [];
  // A file that states no size need not begin to.
  const splices = editVoc(file, { removed: [], kept, added: [], ...(file.width > 0 && { size }) });
  return [{ type: 'splice', path, base, splices }];
}
