import { areaOfRle, type WorkOptions } from '@cutkit/core';
import { rleOf } from '../geometry/instance-pixels.js';
import type { Dataset } from '../model/dataset.js';
import type { ImageRecord, Instance } from '../model/record.js';

/** Figures of a class. */
export interface ClassStatistics {
  readonly index: number;
  readonly name: string;
  readonly instances: number;
  /** Images that have one or more. */
  readonly images: number;
  /** Median of the pixels of an instance, 0 without any. */
  readonly medianArea: number;
}

/** Figures of a data set. */
export interface Statistics {
  readonly images: number;
  readonly instances: number;
  /** Images without instances. */
  readonly emptyImages: number;
  readonly crowds: number;
  /** Instances that are only a box, and those that are broken. */
  readonly boxesOnly: number;
  readonly invalid: number;
  /** Images whose annotations cannot be read, which all other figures leave out. */
  readonly unreadable: number;
  readonly classes: readonly ClassStatistics[];
  /** How many images have 0, 1, 2, … instances; the last bin is 50 and more. */
  readonly perImage: readonly number[];
  /** Instances by the side of a square of their area: COCO's small (below 32), medium (below 96) and large. */
  readonly sizes: { readonly small: number; readonly medium: number; readonly large: number };
  /** The most common sizes of images, the most first, 20 at most. */
  readonly imageSizes: readonly {
    readonly width: number;
    readonly height: number;
    readonly images: number;
  }[];
}

const MOST_PER_IMAGE = 50;
const MOST_SIZES = 20;

/** Counts classes, sizes and instances in one pass over all records. */
export async function statistics(dataset: Dataset, options: WorkOptions = {}): Promise<Statistics> {
  const areas: number[][] = dataset.classes.map(() => []);
  const imagesWith = dataset.classes.map(() => 0);
  const perImage = new Array<number>(MOST_PER_IMAGE + 1).fill(0);
  const sizes = { small: 0, medium: 0, large: 0 };
  const imageSizes = new Map<string, number>();
  let [images, instances, crowds, boxesOnly, invalid, unreadable] = [0, 0, 0, 0, 0, 0];
  const onBroken = () => {
    unreadable++;
  };
  for await (const record of dataset.records({ ...options, onBroken })) {
    images++;
    instances += record.instances.length;
    perImage[Math.min(MOST_PER_IMAGE, record.instances.length)]!++;
    const size = `${record.width}×${record.height}`;
    imageSizes.set(size, (imageSizes.get(size) ?? 0) + 1);
    for (const index of new Set(record.instances.map(({ classIndex }) => classIndex))) {
      if (index >= 0) imagesWith[index]!++;
    }
    for (const instance of record.instances) {
      if (instance.crowd) crowds++;
      if (instance.shape.kind === 'box') boxesOnly++;
      if (instance.shape.kind === 'invalid') invalid++;
      const area = areaOf(instance, record);
      areas[instance.classIndex]?.push(area);
      sizes[area < 32 ** 2 ? 'small' : area < 96 ** 2 ? 'medium' : 'large']++;
    }
  }
  return {
    images,
    instances,
    emptyImages: perImage[0]!,
    crowds,
    boxesOnly,
    invalid,
    unreadable,
    classes: dataset.classes.map(({ index, name }) => ({
      index,
      name,
      instances: areas[index]!.length,
      images: imagesWith[index]!,
      medianArea: median(areas[index]!),
    })),
    perImage,
    sizes,
    imageSizes: [...imageSizes]
      .sort((a, b) => b[1] - a[1])
      .slice(0, MOST_SIZES)
      .map(([size, count]) => {
        const [width, height] = size.split('×').map(Number) as [number, number];
        return { width, height, images: count };
      }),
  };
}

function areaOf(instance: Instance, { width, height }: ImageRecord): number {
  if (instance.shape.kind === 'box') return instance.box[2] * instance.box[3];
  if (instance.shape.kind === 'pixels') return areaOfRle(instance.shape.rle);
  return areaOfRle(rleOf(instance, width, height));
}

function median(values: number[]): number {
  if (values.length === 0) return 0;
  values.sort((a, b) => a - b);
  return values[values.length >> 1]!;
}
