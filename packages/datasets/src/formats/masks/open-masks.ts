import { boxOfRle } from '../../geometry/rle.js';
import { imageSize } from '../../images/image-size.js';
import { AnnotationError } from '../../model/annotation-error.js';
import type { Dataset } from '../../model/dataset.js';
import type { FileSystem } from '../../model/file-system.js';
import { createImageList } from '../../model/image-list.js';
import type { MaskReading, OpenOptions } from '../../model/open-options.js';
import { folderOf, nameOf } from '../../model/paths.js';
import type { DatasetClass, ImageRecord, Instance } from '../../model/record.js';
import { masksOfPlane } from '../../png/plane-masks.js';
import { type PngPlane, readIds } from '../../png/read-png.js';
import { say } from '../../sentences/sentence.js';
import { createFileVersions } from '../file-versions.js';
import { mapLimited, recordsOf } from '../map-limited.js';
import { notFound } from '../refuse.js';
import { chooseReading, IGNORED, type MaskSample } from './choose-reading.js';
import { findNames, type NamedValue, type NamesFile } from './class-names.js';
import { type MaskPair, pairMasks } from './mask-files.js';
import { inColours, readMask } from './read-mask.js';
import { saveMasks } from './save-masks.js';

/** Masks that are read to learn how all are to be read. */
const SAMPLES = 12;

/** Opens a folder of mask PNGs, or one of them. What a value stands for is chosen from a few, and said in the notes. */
export async function openMasks(fs: FileSystem, path: string, options: OpenOptions = {}): Promise<Dataset> {
  const stat = await fs.stat(path);
  if (!stat) throw notFound(path);
  const folder = stat.type === 'file' ? folderOf(path) : path;
  const all = await pairMasks(fs, folder, options.images);
  const pairs = stat.type === 'file' ? all.filter(({ mask }) => mask === path) : all;
  const names = await findNames(fs, folder);
  const greys = await sample(fs, spread(all), options);
  const chosen = chooseReading(greys, nameOf(folder), names);
  const reading = options.reading ?? chosen.reading;
  const samples = reading === 'rgb' ? greys.map(inColours) : greys;
  const classes = classesOf(reading, samples, names);
  const classOf = new Map(classes.map(({ id, index }) => [id, index]));
  const versions = createFileVersions(fs);
  const list = createImageList(
    pairs.map(({ name }) => name),
    () => ({ width: 0, height: 0, count: undefined, classes: undefined }),
  );

  async function read(index: number): Promise<ImageRecord> {
    const { name } = list.at(index);
    const { image, mask } = pairs[index]!;
    if (!(await versions.note(mask))) {
      const size = (image !== undefined && (await imageSize(fs, image))) || { width: 0, height: 0 };
      return { index, name, ...size, instances: [], files: [], extra: {} };
    }
    const plane = readMask(mask, await fs.read(mask), reading);
    const instances = instancesOf(
      plane,
      reading,
      (value) => classOf.get(reading === 'index' || reading === 'rgb' ? value : classes[0]!.id) ?? -1,
    );
    return { index, name, width: plane.width, height: plane.height, instances, files: [mask], extra: {} };
  }

  const why = options.reading ? say('reading-asked') : chosen.why;
  const dataset: Dataset = {
    format: 'masks',
    path,
    readOnly: undefined,
    notes: [
      say('note-masks', { reading, why }),
      ...(samples.some(({ plane }) => plane.grey) ? [say('note-mask-greys')] : []),
      ...(names ? [say('note-names', { path: names.path })] : []),
      ...(pairs.some(({ image }) => image === undefined) ? [say('note-mask-images')] : []),
    ],
    classes,
    images: list,
    findings: [],
    imagePath: async (index) => {
      list.at(index);
      return pairs[index]!.image;
    },
    read,
    records: (work) => recordsOf(list.length, read, work),
    save: (edits) => saveMasks({ fs, folder, pairs, reading, names, samples, versions, dataset }, edits),
  };
  return dataset;
}

/** A mask for each value that stands for something. */
function instancesOf(plane: PngPlane, reading: MaskReading, classOf: (value: number) => number): Instance[] {
  const { width, height } = plane;
  const values = reading === 'binary' ? plane.values.map((value) => (value === 0 ? 0 : 1)) : plane.values;
  const masks = masksOfPlane(values, width, height);
  if (reading === 'index' && masks.size > 1) masks.delete(IGNORED);
  return [...masks].map(([value, rle]) => ({
    key: String(value),
    classIndex: classOf(value),
    ...(classOf(value) < 0 && { classId: value }),
    shape: { kind: 'pixels', rle },
    box: boxOfRle(rle),
    crowd: false,
    extra: reading === 'binary' ? {} : { value },
  }));
}

/** A few masks from over the whole list. */
function spread(pairs: readonly MaskPair[]): MaskPair[] {
  const step = Math.max(1, Math.floor(pairs.length / SAMPLES));
  return pairs.filter((_, i) => i % step === 0).slice(0, SAMPLES);
}

async function sample(
  fs: FileSystem,
  pairs: readonly MaskPair[],
  options: OpenOptions,
): Promise<MaskSample[]> {
  const read = await mapLimited(
    pairs,
    async ({ mask }) => {
      if ((await fs.stat(mask))?.type !== 'file') return [];
      try {
        const plane = readIds(mask, await fs.read(mask));
        return [
          {
            plane: { ...plane, values: new Uint8Array(0) },
            values: [...new Set(plane.values)].sort((a, b) => a - b),
          },
        ];
      } catch (error) {
        // Reading it later tells; the others show how to read.
        if (error instanceof AnnotationError) return [];
        throw error;
      }
    },
    options,
  );
  return read.flat();
}

function classesOf(
  reading: MaskReading,
  samples: readonly MaskSample[],
  names: NamesFile | undefined,
): DatasetClass[] {
  if (reading === 'binary' || reading === 'id') return [{ index: 0, id: 'object', name: 'object' }];
  const seen = [...new Set(samples.flatMap(({ values }) => values))]
    .filter((value) => value !== 0)
    .sort((a, b) => a - b);
  const palette = samples.find(({ plane }) => plane.palette)?.plane.palette;
  const known = names?.names.filter(({ colour }) => (colour !== undefined) === (reading === 'rgb')) ?? [];
  const rest = seen
    .filter(
      (value) =>
        !known.some((one) => one.value === value) &&
        !(reading === 'index' && value === IGNORED && seen.length > 1),
    )
    .map((value): NamedValue => ({ value, name: reading === 'rgb' ? hex(value) : `class ${value}` }));
  return [...known, ...rest].map(({ value, name, colour: named }, index) => {
    const colour = reading === 'rgb' ? rgbOf(value) : (named ?? palette?.[value]);
    return { index, id: value, name, ...(colour && { colour }) };
  });
}

function rgbOf(value: number): readonly [number, number, number] {
  return [value & 255, (value >> 8) & 255, value >> 16];
}

function hex(value: number): string {
  return `#${rgbOf(value)
    .map((channel) => channel.toString(16).padStart(2, '0'))
    .join('')}`;
}
