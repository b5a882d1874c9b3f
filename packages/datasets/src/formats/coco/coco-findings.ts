import type { Edit } from '../../model/edit.js';
import type { Finding, Fix } from '../../model/finding.js';
import { say } from '../../sentences/sentence.js';
import type { CocoIndex } from './coco-index.js';

/** Findings of one kind that are listed one by one; the rest is a number. */
const MOST = 1000;

/**
 * What an index alone shows: ids that stand twice, annotations of images and categories that are not there. Fixes come
 * with them where the file can be written.
 */
export function findingsOfIndex(index: CocoIndex, fixable: boolean): Finding[] {
  const { path, images, annotations, categories, duplicates, first, order } = index;
  const spanOf = (start: number, length: number) => ({ path, start, end: start + length });
  const ofImage = (row: number) => spanOf(images.start[row]!, images.length[row]!);
  const ofAnnotation = (row: number) => spanOf(annotations.start[row]!, annotations.length[row]!);
  const ofCategory = (row: number) => ({ path, start: categories[row]!.start, end: categories[row]!.end });
  const orphans = annotations.image.length === order.length ? [] : rowsWhere(annotations.image, -1);
  const newId = (edit: Edit): Fix[] => (fixable ? [{ title: say('fix-new-id'), edits: [edit] }] : []);
  return [
    ...capped(duplicates.images, (row) => ({
      kind: 'duplicate-id',
      severity: 'error',
      message: say('image-id-twice', { id: images.ids[row]! }),
      location: ofImage(row),
      image: row,
      fixes: newId({ type: 'renumberImage', image: row }),
    })),
    ...capped(duplicates.categories, (row) => ({
      kind: 'duplicate-id',
      severity: 'error',
      message: say('class-id-twice', { id: categories[row]!.id }),
      location: ofCategory(row),
      fixes: newId({ type: 'renumberClass', classIndex: row }),
    })),
    ...capped(duplicates.annotations, (row) => {
      const image = annotations.image[row]!;
      const key = String(row);
      return {
        kind: 'duplicate-id',
        severity: 'error',
        message: say('annotation-id-twice'),
        location: ofAnnotation(row),
        ...(image >= 0 && { image, key }),
        fixes: image >= 0 ? newId({ type: 'renumber', image, key }) : [],
      };
    }),
    ...capped(orphans, (row) => ({
      kind: 'unknown-image',
      severity: 'error',
      message: say('image-unlisted'),
      location: ofAnnotation(row),
      key: String(row),
      fixes: fixable
        ? [{ title: say('fix-remove'), edits: [{ type: 'removeOrphan', key: String(row) }] }]
        : [],
    })),
    ...(first.length === 1 && annotations.start.length === 0
      ? [
          {
            kind: 'empty',
            severity: 'information',
            message: say('no-images'),
            location: spanOf(0, 0),
            fixes: [],
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
  const [sentence, count] = [last.message, rows.length - MOST];
  const message = count === 1 ? say('and-one-more', { sentence }) : say('and-more', { sentence, count });
  return [...findings.slice(0, -1), { ...last, message }];
}
