import type { Finding } from '../../model/finding.js';
import type { CocoIndex } from './coco-index.js';

/** Findings of one kind that are listed one by one; the rest is a number. */
const MOST = 1000;

/** What an index alone shows: ids that stand twice, annotations of images and categories that are not there. */
export function findingsOfIndex({
  path,
  images,
  annotations,
  duplicates,
  first,
  order,
}: CocoIndex): Finding[] {
  const spanOf = (start: number, length: number) => ({ path, start, end: start + length });
  const ofImage = (row: number) => spanOf(images.start[row]!, images.length[row]!);
  const ofAnnotation = (row: number) => spanOf(annotations.start[row]!, annotations.length[row]!);
  const orphans = annotations.image.length === order.length ? [] : rowsWhere(annotations.image, -1);
  return [
    ...capped(duplicates.images, (row) => ({
      kind: 'duplicate-id',
      severity: 'error',
      message: `Image id ${images.ids[row]} stands twice; annotations go to the first.`,
      location: ofImage(row),
      image: row,
    })),
    ...capped(duplicates.annotations, (row) => ({
      kind: 'duplicate-id',
      severity: 'error',
      message: 'The annotation has the id of an earlier one.',
      location: ofAnnotation(row),
      ...(annotations.image[row]! >= 0 && { image: annotations.image[row]!, key: String(row) }),
    })),
    ...capped(orphans, (row) => ({
      kind: 'unknown-image',
      severity: 'error',
      message: 'The annotation names an image that is not in the file.',
      location: ofAnnotation(row),
    })),
    ...(first.length === 1 && annotations.start.length === 0
      ? [
          {
            kind: 'empty',
            severity: 'information',
            message: 'The file has no images.',
            location: spanOf(0, 0),
          } satisfies Finding,
        ]
      : []),
  ];
}

function rowsWhere(values: Int32Array, value: number): number[] {
  const rows: number[] = [];
  for (let row = 0; row < values.length; row++) if (values[row] === value) rows.push(row);
  return rows;
}

function capped(rows: readonly number[], find: (row: number) => Finding): Finding[] {
  const findings = rows.slice(0, MOST).map(find);
  if (rows.length <= MOST) return findings;
  const last = findings.at(-1)!;
  return [...findings, { ...last, message: `${last.message} So have ${rows.length - MOST} more.` }];
}
