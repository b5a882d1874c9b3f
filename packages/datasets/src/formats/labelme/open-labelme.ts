import { imageSize } from '../../images/image-size.js';
import { AnnotationError } from '../../model/annotation-error.js';
import type { Dataset } from '../../model/dataset.js';
import type { FileSystem } from '../../model/file-system.js';
import { createImageList } from '../../model/image-list.js';
import type { OpenOptions } from '../../model/open-options.js';
import { folderOf, join } from '../../model/paths.js';
import type { DatasetClass, ImageRecord } from '../../model/record.js';
import { say, sayCount } from '../../sentences/sentence.js';
import { elementsUnder, parseJson } from '../../text/json-document.js';
import { linesOf } from '../../text/lines.js';
import { createFileVersions } from '../file-versions.js';
import { recordsOf } from '../map-limited.js';
import { notFound } from '../refuse.js';
import { labelmeOf, listLabelme } from './labelme-files.js';
import { readShapes } from './read-shapes.js';
import { saveLabelme } from './save-labelme.js';

/** Opens LabelMe annotations: a folder with a JSON file an image, or one such file. */
export async function openLabelme(fs: FileSystem, path: string, options: OpenOptions = {}): Promise<Dataset> {
  const stat = await fs.stat(path);
  if (!stat) throw notFound(path);
  const root = stat.type === 'file' ? folderOf(path) : path;
  const { entries, findings } = await listLabelme(fs, path, options);
  const labels = new Set([...(await listedLabels(fs, root)), ...entries.flatMap((entry) => entry.labels)]);
  const classes: DatasetClass[] = [...labels].map((name, index) => ({ index, id: name, name }));
  const classOf = new Map(classes.map(({ name, index }) => [name, index]));
  const versions = createFileVersions(fs);
  const list = createImageList(
    entries.map(({ name }) => name),
    (index) => {
      const { width, height, count, labels: own } = entries[index]!;
      return { width, height, count, classes: own.map((label) => classOf.get(label)!) };
    },
  );

  async function read(index: number): Promise<ImageRecord> {
    const { name } = list.at(index);
    const { json } = entries[index]!;
    const image = join(root, name);
    if (!(await versions.note(json))) {
      const size = (await imageSize(fs, image)) ?? { width: 0, height: 0 };
      return { index, name, ...size, instances: [], files: [], extra: {} };
    }
    const document = parseJson(json, await fs.read(json));
    const file = labelmeOf(document);
    if (!file) throw new AnnotationError(json, say('labelme-no-more'));
    const stated = { width: file.width, height: file.height };
    const { width, height } =
      (stated.width > 0 && stated.height > 0 ? stated : await imageSize(fs, image)) ?? stated;
    const instances = readShapes(file.shapes, {
      path: json,
      width,
      height,
      ranges: elementsUnder(document.bytes, document.start, 'shapes'),
      classOf: (label) => classOf.get(label) ?? -1,
    });
    const { shapes, imagePath, imageData, imageHeight, imageWidth, ...extra } = file.value;
    return { index, name, width, height, instances, files: [json], extra };
  }

  const labelled = entries.filter(({ labels: own, count }) => own.length > 0 || count > 0).length;
  const dataset: Dataset = {
    format: 'labelme',
    path,
    readOnly: undefined,
    notes: [
      say('note-labelme', {
        images: sayCount('image', entries.length),
        labelled,
        labels: sayCount('label', classes.length),
      }),
    ],
    classes,
    images: list,
    findings,
    async imagePath(index) {
      const image = join(root, list.at(index).name);
      return (await fs.stat(image)) ? image : undefined;
    },
    read,
    records: (work) => recordsOf(list.length, read, work),
    save: (edits) => saveLabelme({ fs, root, entries, versions, dataset }, edits),
  };
  return dataset;
}

/** `labels.txt` beside the files, as LabelMe's `--labels` takes it; names in underscores are its own. */
async function listedLabels(fs: FileSystem, root: string): Promise<string[]> {
  const path = join(root, 'labels.txt');
  if ((await fs.stat(path))?.type !== 'file') return [];
  const names = linesOf(await fs.read(path)).map(({ text }) => text.trim());
  return names.filter((name) => name !== '' && !/^__?.*_$/.test(name));
}
