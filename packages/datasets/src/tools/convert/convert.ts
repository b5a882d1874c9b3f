import type { WorkOptions } from '@cutkit/core';
import { cannotHold } from '../../formats/refuse.js';
import type { Dataset, Format } from '../../model/dataset.js';
import { join } from '../../model/paths.js';
import type { Loss } from '../loss.js';
import { layoutOf } from './layout.js';
import { createLossLog } from './loss-log.js';
import { prepare } from './prepare.js';
import { type ConvertedFile, type CopiedFile, writerOf } from './writers.js';

/** How to convert. */
export interface ConvertOptions extends WorkOptions {
  /**
   * Turns pixels into outlines, none of whose dropped corners is farther than this many pixels from the line. Exact at
   * 0. Left out, pixels stay pixels where the format holds them, and become exact outlines for YOLO.
   */
  readonly outlines?: number;
  /** Whether the new data set gets copies of the images, where its format has them; without, only annotations are made. */
  readonly pictures?: boolean;
}

/** A conversion: files one by one, and what they could not keep. */
export interface Conversion {
  /** To be written, or copied, as they come. */
  readonly files: AsyncIterable<ConvertedFile | CopiedFile>;
  /** Complete when the last file has come. */
  losses(): Loss[];
}

/**
 * Writes a data set in another format: COCO, YOLO, LabelMe, VOC or index masks. `folder` is where the files are meant to
 * go. Throws `FORMAT_CANNOT_HOLD` for formats that are only read, and where two images would have one file in the format.
 */
export function convert(
  source: Dataset,
  format: Format,
  folder: string,
  { outlines, pictures = false, ...work }: ConvertOptions = {},
): Conversion {
  const log = createLossLog();
  const layout = layoutOf(format, pictures);
  const writer = writerOf(format, layout, folder, source.classes, log);
  if (format !== 'coco') assertOwnFiles(namesOf(source), layout.stem);
  // COCO can list a picture twice: it is copied once.
  else if (pictures) assertOwnFiles(new Set(namesOf(source)), (name) => layout.picture(name, name));
  const copied = new Set<string>();
  const tolerance = outlines ?? (format === 'yolo' ? 0 : undefined);
  async function* files(): AsyncGenerator<ConvertedFile | CopiedFile> {
    const onBroken = (_: unknown, image: number) => log.add('unreadable', source.images.at(image).name);
    for await (const record of source.records({ ...work, onBroken })) {
      const image = pictures || format === 'labelme' ? await source.imagePath(record.index) : undefined;
      const copy = pictures && image !== undefined ? layout.picture(record.name, image) : undefined;
      if (image === undefined) {
        if (pictures) log.add('picture', record.name);
      } else if (copy !== undefined && !copied.has(copy)) {
        copied.add(copy);
        yield { path: join(folder, copy), copyOf: image };
      }
      yield* writer.image(prepare(record, format, tolerance, log), { image, copy });
    }
    yield* writer.rest();
  }
  return { files: files(), losses: () => log.losses() };
}

function* namesOf({ images }: Dataset): Generator<string> {
  for (let i = 0; i < images.length; i++) yield images.at(i).name;
}

/** Two images of one file would write over one another. */
function assertOwnFiles(names: Iterable<string>, fileOf: (name: string) => string): void {
  const seen = new Map<string, string>();
  for (const name of names) {
    const file = fileOf(name);
    const other = seen.get(file);
    if (other !== undefined)
      throw cannotHold(
        `${other} and ${name} would have one file in this format.`,
        'Rename one of them, or convert to COCO and leave the pictures where they are.',
      );
    seen.set(file, name);
  }
}
