import type { RecordEdit } from '../../edits/plan.js';
import type { FileChange } from '../../model/change.js';
import type { FileSystem } from '../../model/file-system.js';
import { folderOf } from '../../model/paths.js';
import { editLines, linesOf } from '../../text/lines.js';
import { cannotHold } from '../refuse.js';
import type { YoloImage } from './yolo-images.js';

/** The changes of the text files that name images: a line for each image that moves or goes. */
export async function listChanges(
  fs: FileSystem,
  images: readonly YoloImage[],
  edits: readonly RecordEdit[],
): Promise<FileChange[]> {
  const lists = new Map<string, { changed: Map<number, string>; removed: Set<number> }>();
  for (const edit of edits) {
    if (edit.type !== 'changeImage' && edit.type !== 'removeImage') continue;
    const { listed, name } = images[edit.image]!;
    if (!listed) throw cannotHold(`${name} is in the data set because it lies in its folder.`);
    const list = lists.get(listed.path) ?? { changed: new Map(), removed: new Set() };
    lists.set(listed.path, list);
    if (edit.type === 'removeImage') list.removed.add(listed.line);
    else if (edit.change.path === undefined) throw cannotHold('YOLO labels know no size of an image.');
    else list.changed.set(listed.line, lineFor(listed.path, edit.change.path));
  }
  return Promise.all(
    [...lists].map(async ([path, { changed, removed }]): Promise<FileChange> => {
      const base = (await fs.stat(path))!;
      const bytes = await fs.read(path);
      const splices = editLines(bytes, linesOf(bytes), changed, removed, []);
      return { type: 'splice', path, base, splices };
    }),
  );
}

/** From the list where the image lies below its folder, else in full. */
function lineFor(list: string, image: string): string {
  const folder = folderOf(list);
  return image.startsWith(`${folder}/`) ? `./${image.slice(folder.length + 1)}` : image;
}
