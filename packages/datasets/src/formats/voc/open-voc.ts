import { imageSize } from '../../images/image-size.js';
import type { Dataset } from '../../model/dataset.js';
import type { FileSystem } from '../../model/file-system.js';
import { createImageList } from '../../model/image-list.js';
import type { OpenOptions } from '../../model/open-options.js';
import type { DatasetClass, ImageRecord } from '../../model/record.js';
import { type PngPlane, readIds } from '../../png/read-png.js';
import { vocColour } from '../../png/voc-colours.js';
import { say, sayCount } from '../../sentences/sentence.js';
import { createFileVersions } from '../file-versions.js';
import { recordsOf } from '../map-limited.js';
import { notFound } from '../refuse.js';
import { readVoc } from './read-voc.js';
import { saveVoc } from './save-voc.js';
import { listVoc, VOC_CLASSES } from './voc-files.js';
import { parseVoc } from './voc-xml.js';

/** Opens Pascal VOC annotations: a root with `Annotations`, a folder of XML files, or one such file. */
export async function openVoc(fs: FileSystem, path: string, options: OpenOptions = {}): Promise<Dataset> {
  if (!(await fs.stat(path))) throw notFound(path);
  const { entries, findings } = await listVoc(fs, path, options);
  const classes = classesOf(entries.flatMap(({ labels }) => labels));
  const byName = new Map(classes.map(({ name, index }) => [name, index]));
  const versions = createFileVersions(fs);
  const list = createImageList(
    entries.map(({ name }) => name),
    (index) => {
      const { width, height, labels, count } = entries[index]!;
      // Masks may show more than the XML names.
      return {
        width,
        height,
        count: count > 0 ? count : undefined,
        classes: count > 0 ? labels.map((label) => byName.get(label)!) : undefined,
      };
    },
  );

  async function png(file: string): Promise<PngPlane | undefined> {
    return (await versions.note(file)) ? readIds(file, await fs.read(file)) : undefined;
  }

  async function sizeOfImage(image: string | undefined): Promise<{ width: number; height: number }> {
    return (image !== undefined && (await imageSize(fs, image))) || { width: 0, height: 0 };
  }

  async function read(index: number): Promise<ImageRecord> {
    const { name } = list.at(index);
    const { xml, image, objectPng, classPng } = entries[index]!;
    const file = (await versions.note(xml)) ? parseVoc(xml, await fs.read(xml)) : undefined;
    const [objects, regions] = [await png(objectPng), await png(classPng)];
    const stated = objects ?? regions ?? (file && file.width > 0 && file.height > 0 ? file : undefined);
    const { width, height } = stated ?? (await sizeOfImage(image));
    const instances = readVoc({
      path: xml,
      file,
      objects,
      classes: regions,
      classOfName: (label) => byName.get(label) ?? -1,
      classOfValue: (value) => (value >= 1 && value <= classes.length ? value - 1 : -1),
    });
    const files = [...(file ? [xml] : []), ...(objects ? [objectPng] : []), ...(regions ? [classPng] : [])];
    return { index, name, width, height, instances, files, extra: {} };
  }

  const dataset: Dataset = {
    format: 'voc',
    path,
    readOnly: undefined,
    notes: [
      say('note-voc', {
        images: sayCount('image', entries.length),
        classes: sayCount('class', classes.length),
      }),
    ],
    classes,
    images: list,
    findings,
    imagePath: async (index) => {
      list.at(index);
      return entries[index]!.image;
    },
    read,
    records: (work) => recordsOf(list.length, read, work),
    save: (edits) => saveVoc({ fs, entries, versions, dataset }, edits),
  };
  return dataset;
}

/** VOC's own twenty where the names are among them, since class masks count by them; else the names that occur. */
function classesOf(labels: readonly string[]): DatasetClass[] {
  const own = [...new Set(labels)];
  const standard = own.every((name) => VOC_CLASSES.includes(name));
  return (standard ? VOC_CLASSES : own).map((name, index) => ({
    index,
    id: name,
    name,
    colour: vocColour(index + 1),
  }));
}
