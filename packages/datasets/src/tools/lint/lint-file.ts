import { labelOf } from '../../formats/yolo/yolo-images.js';
import { imageSize } from '../../images/image-size.js';
import type { Dataset, Format } from '../../model/dataset.js';
import type { FileSystem } from '../../model/file-system.js';
import type { Finding, Fix } from '../../model/finding.js';
import { nameOf } from '../../model/paths.js';
import type { ImageRecord, Location } from '../../model/record.js';
import { say } from '../../sentences/sentence.js';
import type { PictureSearch } from './find-picture.js';

/** What of an image each format can be told anew. */
const HOLDS: Readonly<Record<'path' | 'size' | 'scale' | 'listed' | 'files', ReadonlySet<Format>>> = {
  path: new Set<Format>(['coco', 'labelme', 'yolo']),
  size: new Set<Format>(['coco', 'labelme', 'voc']),
  scale: new Set<Format>(['coco', 'labelme', 'voc', 'masks']),
  listed: new Set<Format>(['coco', 'yolo']),
  files: new Set<Format>(['labelme', 'voc', 'masks']),
};
/** Sides may be this share apart and still be those of the same picture in another size. */
const SAME_SHAPE = 0.01;

/** Whether an image's file is there, and has the size that the annotations are for. */
export async function lintFile(
  dataset: Dataset,
  fs: FileSystem,
  record: ImageRecord,
  search: PictureSearch,
): Promise<Finding[]> {
  const { index: image, name, width, height } = record;
  const about = { location: placeOfRecord(dataset, record), image };
  const path = await dataset.imagePath(image);
  if (path === undefined) {
    const message =
      dataset.format === 'masks' ? say('image-missing-beside', { name }) : say('image-missing', { name });
    const fixes = await missingFixes(dataset, record, search);
    return [{ kind: 'missing-image', severity: 'warning', message, ...about, fixes }];
  }
  const size = await imageSize(fs, path);
  if (!size) {
    const message = say('not-a-picture', { path });
    return [{ kind: 'unreadable-file', severity: 'warning', message, ...about, fixes: [] }];
  }
  if (width === 0 || (size.width === width && size.height === height)) return [];
  const turned = size.width === height && size.height === width;
  const args = { width, height, name, realWidth: size.width, realHeight: size.height };
  const message = turned ? say('size-turned', args) : say('size-differs', args);
  const fixes = sizeFixes(dataset, record, size, turned);
  return [{ kind: 'size-mismatch', severity: 'error', message, ...about, fixes }];
}

function placeOfRecord(dataset: Dataset, { files, instances, location }: ImageRecord): Location {
  return location ?? instances[0]?.location ?? { path: files[0] ?? dataset.path, start: 0, end: 0 };
}

/** Another picture of the name, where there is just one; or the image goes. */
async function missingFixes(
  { format, readOnly }: Dataset,
  { index: image, name, files }: ImageRecord,
  search: PictureSearch,
): Promise<Fix[]> {
  if (readOnly) return [];
  const fixes: Fix[] = [];
  const path = HOLDS.path.has(format) ? await search.only(nameOf(name.replaceAll('\\', '/'))) : undefined;
  // YOLO finds labels by the picture's place: elsewhere it would lose them.
  const keepsLabel = format !== 'yolo' || files.length === 0 || (path && files.includes(labelOf(path)));
  if (path !== undefined && keepsLabel) {
    const edits = [{ type: 'changeImage', image, change: { path } }] as const;
    fixes.push({ title: say('fix-use-picture', { path }), edits });
  }
  const edits = [{ type: 'removeImage', image }] as const;
  if (HOLDS.listed.has(format)) fixes.push({ title: say('fix-remove-image'), edits });
  if (HOLDS.files.has(format)) fixes.push({ title: say('fix-remove-files'), edits });
  return fixes;
}

/** Scaling comes first where both sizes have one shape; turned pictures are never scaled. */
function sizeFixes(
  { format, readOnly }: Dataset,
  { index: image, width, height, files }: ImageRecord,
  real: { readonly width: number; readonly height: number },
  turned: boolean,
): Fix[] {
  if (readOnly) return [];
  const scale: Fix = { title: say('fix-scale', real), edits: [{ type: 'scaleImage', image, ...real }] };
  const record: Fix = {
    title: say('fix-record-size', real),
    edits: [{ type: 'changeImage', image, change: real }],
  };
  const sameShape = Math.abs((real.width * height) / (real.height * width) - 1) < SAME_SHAPE;
  const hasMasks = format === 'voc' && files.some((path) => path.endsWith('.png'));
  return [
    ...(sameShape && HOLDS.scale.has(format) ? [scale] : []),
    ...(HOLDS.size.has(format) && !hasMasks ? [record] : []),
    ...(!sameShape && !turned && HOLDS.scale.has(format) ? [scale] : []),
  ];
}
