import { areaOfRle } from '@cutkit/core';
import { annotationMembers } from '../../formats/coco/write-annotation.js';
import { newLabelmeFile } from '../../formats/labelme/new-labelme-file.js';
import { cannotHold } from '../../formats/refuse.js';
import { newVocFile } from '../../formats/voc/new-voc-file.js';
import { writeLine } from '../../formats/yolo/label-line.js';
import { rleOf } from '../../geometry/instance-pixels.js';
import type { Format } from '../../model/dataset.js';
import { folderOf, join, relativePath } from '../../model/paths.js';
import type { DatasetClass, ImageRecord, Instance } from '../../model/record.js';
import { paintMask } from '../../png/plane-masks.js';
import { vocColour } from '../../png/voc-colours.js';
import { writePng } from '../../png/write-png.js';
import { encodeText } from '../../text/utf8.js';
import type { Layout } from './layout.js';
import type { LossLog } from './loss-log.js';

/** A file of a conversion. */
export interface ConvertedFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** A file of a conversion that is one of the source's, unchanged. */
export interface CopiedFile {
  readonly path: string;
  readonly copyOf: string;
}

/** Where an image's picture is, as far as it is known, and where in the new folder its copy is, if there is one. */
interface PicturePlaces {
  readonly image: string | undefined;
  readonly copy: string | undefined;
}

/** Writes one format: files for each image, and files for all. */
export interface FormatWriter {
  image(record: ImageRecord, places: PicturePlaces): ConvertedFile[];
  rest(): ConvertedFile[];
}

/** The writer of a format into a folder. */
export function writerOf(
  format: Format,
  layout: Layout,
  folder: string,
  classes: readonly DatasetClass[],
  log: LossLog,
): FormatWriter {
  const names = classes.map(({ name }) => name);
  const file = (name: string, content: string | Uint8Array): ConvertedFile => ({
    path: join(folder, name),
    bytes: typeof content === 'string' ? encodeText(content) : content,
  });
  switch (format) {
    case 'coco':
      return cocoWriter(names, file);
    case 'yolo':
      return {
        image(record) {
          const frame = { width: record.width, height: record.height, pose: false };
          const lines = record.instances.map((instance) => `${writeLine(instance, frame)}\n`);
          return [file(`${layout.stem(record.name)}.txt`, lines.join(''))];
        },
        rest: () => [
          file(
            'data.yaml',
            `path: .\ntrain: images\nval: images\nnames:\n${names.map((name, i) => `  ${i}: ${JSON.stringify(name)}\n`).join('')}`,
          ),
        ],
      };
    case 'labelme':
      return {
        image(record, { image, copy }) {
          const name = `${layout.stem(record.name)}.json`;
          const picture = copy === undefined ? image : join(folder, copy);
          const path = picture && relativePath(folderOf(join(folder, name)), picture);
          return [file(name, newLabelmeFile(record, names, path ?? record.name))];
        },
        rest: () => [file('labels.txt', names.map((name) => `${name}\n`).join(''))],
      };
    case 'voc':
      return {
        image(record, { copy }) {
          const stem = layout.stem(record.name);
          const named = { ...record, name: copy ?? record.name };
          const xml = file(`Annotations/${stem}.xml`, newVocFile(named, names));
          const shaped = record.instances.filter(({ shape }) => shape.kind !== 'box');
          if (shaped.length === 0) return [xml];
          const value = (one: Instance) => record.instances.indexOf(one) + 1;
          if (record.instances.length > 254)
            throw cannotHold(`${record.name} has more than 254 objects, which a VOC mask cannot hold.`);
          return [
            xml,
            file(`SegmentationObject/${stem}.png`, paint(record, shaped, value, log)),
            file(
              `SegmentationClass/${stem}.png`,
              paint(record, shaped, ({ classIndex }) => classIndex + 1),
            ),
          ];
        },
        rest: () => [],
      };
    case 'masks':
      return {
        image(record) {
          if (names.length > 254) throw cannotHold('Masks hold 254 classes.');
          const seen = new Set<number>();
          for (const { classIndex } of record.instances) {
            if (seen.has(classIndex)) log.add('instances', record.name);
            seen.add(classIndex);
          }
          return [
            file(
              `${layout.stem(record.name)}.png`,
              paint(record, record.instances, ({ classIndex }) => classIndex + 1, log),
            ),
          ];
        },
        rest: () => [file('classes.txt', names.map((name, i) => `${i + 1} ${name}\n`).join(''))],
      };
    default:
      throw cannotHold(`${format} is read, not written.`);
  }
}

/** A palette PNG of values; the largest are painted first, so small instances inside of large ones stay. */
function paint(
  record: ImageRecord,
  instances: readonly Instance[],
  valueFor: (instance: Instance) => number,
  log?: LossLog,
): Uint8Array {
  const { width, height } = record;
  const values = new Uint8Array(width * height);
  const sized = instances.map((instance) => {
    const rle = rleOf(instance, width, height);
    return { rle, area: areaOfRle(rle), value: valueFor(instance) };
  });
  let covered = 0;
  for (const { rle, value, area } of sized.sort((a, b) => b.area - a.area)) {
    paintMask(values, rle, value);
    const now = values.reduce((sum, one) => sum + Number(one !== 0), 0);
    if (now - covered < area) log?.add('overlap', record.name);
    covered = now;
  }
  const palette = Array.from({ length: 256 }, (_, i) => vocColour(i));
  return writePng({ width, height, depth: 8, channels: 1, palette, values });
}

function cocoWriter(
  names: readonly string[],
  file: (name: string, content: string) => ConvertedFile,
): FormatWriter {
  const images: string[] = [];
  const annotations: string[] = [];
  return {
    image({ name, width, height, instances }, { copy }) {
      const imageId = images.length + 1;
      images.push(JSON.stringify({ id: imageId, file_name: copy ?? name, width, height }));
      const context = { width, height, imageId, categoryId: (index: number) => index + 1 };
      for (const instance of instances) {
        annotations.push(JSON.stringify(annotationMembers(instance, annotations.length + 1, context)));
      }
      return [];
    },
    rest() {
      const categories = names.map((name, i) => JSON.stringify({ id: i + 1, name }));
      const list = (key: string, items: readonly string[]) => `"${key}": [\n${items.join(',\n')}\n]`;
      const text = `{${list('images', images)},\n${list('annotations', annotations)},\n${list('categories', categories)}}\n`;
      return [file('annotations.json', text)];
    },
  };
}
