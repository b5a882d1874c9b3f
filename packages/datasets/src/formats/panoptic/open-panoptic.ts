import { boxOfRle } from '../../geometry/rle.js';
import { createImageFinder } from '../../images/image-finder.js';
import type { Dataset } from '../../model/dataset.js';
import type { FileSystem } from '../../model/file-system.js';
import { createImageList } from '../../model/image-list.js';
import { membersOfValue } from '../../model/members-of-value.js';
import type { OpenOptions } from '../../model/open-options.js';
import { folderOf, join, stemOf } from '../../model/paths.js';
import type { ImageRecord, Instance } from '../../model/record.js';
import { masksOfPlane } from '../../png/plane-masks.js';
import { readPng } from '../../png/read-png.js';
import { say, sayCount } from '../../sentences/sentence.js';
import { findingsOfIndex } from '../coco/coco-findings.js';
import { parseRow } from '../coco/parse-row.js';
import { type ScanOptions, scanCoco } from '../coco/scan-coco.js';
import { recordsOf } from '../map-limited.js';
import { notFound, readOnly } from '../refuse.js';

/** Opens a COCO panoptic file; its PNGs are looked for in the folder of its name and beside it. */
export async function openPanoptic(
  fs: FileSystem,
  path: string,
  options: OpenOptions & ScanOptions = {},
): Promise<Dataset> {
  const stat = await fs.stat(path);
  if (stat?.type !== 'file') throw notFound(path);
  const index = await scanCoco(fs, path, stat, options);
  const { images, annotations, categories, first, order } = index;
  const classOf = new Map(categories.map(({ id }, i) => [id, i]));
  const find = createImageFinder(fs, path, images.names, options.images);
  const list = createImageList(images.names, (image) => ({
    width: images.widths[image]!,
    height: images.heights[image]!,
    count: first[image + 1] === first[image] ? 0 : undefined,
    classes: first[image + 1] === first[image] ? [] : undefined,
  }));

  async function rowAt(start: number, length: number): Promise<Record<string, unknown>> {
    return parseRow(fs, path, stat!, start, await fs.read(path, { start, end: start + length }));
  }

  async function read(image: number): Promise<ImageRecord> {
    const { name, width, height } = list.at(image);
    const {
      file_name,
      width: _w,
      height: _h,
      ...extra
    } = await rowAt(images.start[image]!, images.length[image]!);
    const instances: Instance[] = [];
    const files = [path];
    for (const row of order.subarray(first[image]!, first[image + 1]!)) {
      const [start, length] = [annotations.start[row]!, annotations.length[row]!];
      const annotation = await rowAt(start, length);
      const png = await findPng(fs, path, String(annotation['file_name']));
      if (png !== undefined) files.push(png);
      instances.push(
        ...(await readSegments(fs, png, annotation['segments_info'], classOf, {
          path,
          start,
          end: start + length,
        })),
      );
    }
    return { index: image, name, width, height, instances, files, extra };
  }

  return {
    format: 'panoptic',
    path,
    readOnly: say('only-read', { format: 'COCO panoptic' }),
    notes: [
      say('note-panoptic', {
        images: sayCount('image', images.ids.length),
        categories: sayCount('category', categories.length),
      }),
    ],
    classes: categories.map(({ id, name }, i) => ({ index: i, id, name })),
    images: list,
    findings: findingsOfIndex(index, false),
    imagePath: (image) => find(list.at(image).name),
    read,
    records: (work) => recordsOf(list.length, read, work),
    save: async () => {
      throw readOnly('COCO panoptic');
    },
  };
}

async function findPng(fs: FileSystem, json: string, name: string): Promise<string | undefined> {
  const folder = folderOf(json);
  for (const base of [
    join(folder, stemOf(json)),
    folder,
    join(folder, 'panoptic'),
    join(folder, 'annotations'),
  ]) {
    if ((await fs.stat(join(base, name)))?.type === 'file') return join(base, name);
  }
  return undefined;
}

/** The segments of an image: the colour `r + 256·g + 65536·b` of a pixel is the id of its segment. */
async function readSegments(
  fs: FileSystem,
  png: string | undefined,
  segments: unknown,
  classOf: ReadonlyMap<number | string, number>,
  location: NonNullable<Instance['location']>,
): Promise<Instance[]> {
  const plane = png === undefined ? undefined : readPng(png, await fs.read(png));
  const masks = plane && masksOfPlane(plane.values, plane.width, plane.height);
  const list = Array.isArray(segments) ? segments.map(membersOfValue) : [];
  return list.map(({ id, category_id: category, iscrowd, bbox, area, ...extra }, i) => {
    const rle = masks?.get(Number(id));
    const reason = plane ? say('segment-missing', { id: String(id) }) : say('segments-missing');
    return {
      key: String(i),
      classIndex: classOf.get(category as number) ?? -1,
      shape: rle ? { kind: 'pixels', rle } : { kind: 'invalid', reason },
      box: rle ? boxOfRle(rle) : [0, 0, 0, 0],
      crowd: iscrowd === 1,
      extra: { id, ...extra },
      location,
    };
  });
}
