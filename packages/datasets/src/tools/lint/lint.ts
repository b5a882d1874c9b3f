import type { WorkOptions } from '@cutkit/core';
import type { AnnotationError } from '../../model/annotation-error.js';
import type { Dataset } from '../../model/dataset.js';
import type { FileSystem } from '../../model/file-system.js';
import type { Finding } from '../../model/finding.js';
import { folderOf } from '../../model/paths.js';
import type { ImageRecord } from '../../model/record.js';
import { unreadable } from '../../model/unreadable.js';
import { say } from '../../sentences/sentence.js';
import { createPictureSearch, type PictureSearch } from './find-picture.js';
import { lintFile } from './lint-file.js';
import { lintRecord } from './lint-record.js';

/** What a lint looks at. */
export interface LintOptions extends WorkOptions {
  /** Whether image files are looked up and measured, which costs a request or two an image. True by default. */
  readonly files?: boolean;
  /** The folder in which missing pictures are looked for by name; that of the data set by default. */
  readonly root?: string;
}

/** Everything wrong or likely wrong in a data set, as it is found: what opening showed, then image by image, then classes. */
export async function* lint(
  dataset: Dataset,
  fs: FileSystem,
  { files = true, root, ...work }: LintOptions = {},
): AsyncGenerator<Finding> {
  yield* dataset.findings;
  const used = new Set<number>();
  const search = files ? await searchFor(dataset, fs, root) : undefined;
  const broken: Finding[] = [];
  const onBroken = (error: AnnotationError, image: number) => broken.push(unreadable(error, image));
  for await (const record of dataset.records({ ...work, onBroken })) {
    for (const { classIndex } of record.instances) used.add(classIndex);
    yield* await lintOne(dataset, fs, record, search);
  }
  const known = new Set(dataset.findings.map(({ location }) => location.path));
  yield* broken.filter(({ location }) => !known.has(location.path));
  for (const { index, name } of dataset.classes) {
    if (used.has(index)) continue;
    yield {
      kind: 'unused-class',
      severity: 'information',
      message: say('class-unused', { name }),
      location: { path: dataset.path, start: 0, end: 0 },
      fixes: [],
    };
  }
}

/** What {@link lint} finds of some images, and what opening the data set showed of them. */
export async function lintImages(
  dataset: Dataset,
  fs: FileSystem,
  images: Iterable<number>,
  { files = true, root }: Pick<LintOptions, 'files' | 'root'> = {},
): Promise<Finding[]> {
  const search = files ? await searchFor(dataset, fs, root) : undefined;
  const found: Finding[] = [];
  for (const image of images) {
    found.push(...dataset.findings.filter((finding) => finding.image === image));
    found.push(...(await lintOne(dataset, fs, await dataset.read(image), search)));
  }
  return found;
}

async function lintOne(
  dataset: Dataset,
  fs: FileSystem,
  record: ImageRecord,
  search: PictureSearch | undefined,
): Promise<Finding[]> {
  const ofFile = search ? await lintFile(dataset, fs, record, search) : [];
  const inside = lintRecord(record, dataset.classes, dataset);
  // Where the record's size is wrong, masks of the picture's size are right.
  const size = ofFile.find(({ kind }) => kind === 'size-mismatch')?.message.args;
  return [
    ...ofFile,
    ...inside.filter(
      ({ message: { code, args } }) =>
        code !== 'mask-size-differs' ||
        args['width'] !== size?.['realWidth'] ||
        args['height'] !== size?.['realHeight'],
    ),
  ];
}

async function searchFor(
  { path }: Dataset,
  fs: FileSystem,
  root: string | undefined,
): Promise<PictureSearch> {
  const isFolder = (await fs.stat(path))?.type === 'folder';
  return createPictureSearch(fs, root ?? (isFolder ? path : folderOf(path)));
}
