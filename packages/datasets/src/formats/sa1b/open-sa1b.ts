import { AnnotationError } from '../../model/annotation-error.js';
import type { Dataset } from '../../model/dataset.js';
import type { FileSystem } from '../../model/file-system.js';
import { createImageList } from '../../model/image-list.js';
import { membersOfValue } from '../../model/members-of-value.js';
import type { OpenOptions } from '../../model/open-options.js';
import { byName, extensionOf, folderOf, join, nameOf, stemOf } from '../../model/paths.js';
import type { ImageRecord } from '../../model/record.js';
import { say, sayCount } from '../../sentences/sentence.js';
import { elementsUnder, parseJson } from '../../text/json-document.js';
import { readAnnotation } from '../coco/read-annotation.js';
import { recordsOf } from '../map-limited.js';
import { notFound, readOnly } from '../refuse.js';

/** Opens SA-1B annotations: a folder with a JSON file an image, or one such file. Files are read when they are asked for. */
export async function openSa1b(fs: FileSystem, path: string, { images }: OpenOptions = {}): Promise<Dataset> {
  const stat = await fs.stat(path);
  if (!stat) throw notFound(path);
  const folder = stat.type === 'file' ? folderOf(path) : path;
  const inside = stat.type === 'file' ? [nameOf(path)] : (await fs.list(path)).map(({ name }) => name);
  const files = inside.filter((name) => extensionOf(name) === 'json').sort(byName);
  const list = createImageList(
    files.map((name) => `${stemOf(name)}.jpg`),
    () => ({ width: 0, height: 0, count: undefined, classes: undefined }),
  );

  async function read(index: number): Promise<ImageRecord> {
    const { name } = list.at(index);
    const file = join(folder, files[index]!);
    const document = parseJson(file, await fs.read(file));
    const { image, annotations } = membersOfValue(document.value);
    if (typeof image !== 'object' || image === null || !Array.isArray(annotations)) {
      throw new AnnotationError(file, say('sa1b-none'), { line: 1, column: 1 });
    }
    const ranges = elementsUnder(document.bytes, document.start, 'annotations');
    const { width, height, file_name, ...extra } = membersOfValue(image);
    const instances = annotations.map((one, i) =>
      readAnnotation(membersOfValue(one), String(i), 0, {
        path: file,
        ...ranges[i]!,
      }),
    );
    return {
      index,
      name,
      width: Number(width) || 0,
      height: Number(height) || 0,
      instances,
      files: [file],
      extra,
    };
  }

  return {
    format: 'sa1b',
    path,
    readOnly: say('only-read', { format: 'SA-1B' }),
    notes: [say('note-sa1b', { images: sayCount('image', files.length) })],
    classes: [{ index: 0, id: 'object', name: 'object' }],
    images: list,
    findings: [],
    async imagePath(index) {
      const image = join(images ?? folder, list.at(index).name);
      return (await fs.stat(image)) ? image : undefined;
    },
    read,
    records: (work) => recordsOf(list.length, read, work),
    save: async () => {
      throw readOnly('SA-1B');
    },
  };
}
