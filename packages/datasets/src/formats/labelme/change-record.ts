import type { RecordEdit } from '../../edits/plan.js';
import { type Scaling, scaleInstance, scaleRing } from '../../geometry/scale.js';
import type { FileChange, Splice } from '../../model/change.js';
import { membersOfValue } from '../../model/members-of-value.js';
import { folderOf, relativePath } from '../../model/paths.js';
import type { Instance } from '../../model/record.js';
import { elementsUnder, type JsonDocument, parseJson } from '../../text/json-document.js';
import { setMembers } from '../../text/json-edit.js';
import { styleAt } from '../../text/json-style.js';
import { deletion } from '../record-changes.js';
import type { OpenLabelme } from './save-labelme.js';
import { writeShapes } from './write-shapes.js';

/** The change of a LabelMe file by an edit of its image: the members of the root, and all points where it is scaled. */
export async function recordChanges(
  { fs, entries, dataset }: OpenLabelme,
  edit: RecordEdit,
): Promise<FileChange[]> {
  if (!('image' in edit)) return [];
  const { json: path } = entries[edit.image]!;
  if (edit.type === 'removeImage') return deletion(fs, path);
  const base = await fs.stat(path);
  if (!base) return [];
  const document = parseJson(path, await fs.read(path));
  if (edit.type === 'changeImage') {
    const { path: picture, width, height } = edit.change;
    const members = {
      ...(picture !== undefined && { imagePath: relativePath(folderOf(path), picture) }),
      ...sizeMembers(width, height),
    };
    return [{ type: 'splice', path, base, splices: rootSplices(document, members) }];
  }
  if (edit.type !== 'scaleImage') return [];
  const { width, height, instances } = await dataset.read(edit.image);
  const scaling = { from: { width, height }, to: { width: edit.width, height: edit.height } };
  const splices = [
    ...rootSplices(document, sizeMembers(edit.width, edit.height)),
    ...shapeSplices(document, instances, scaling),
  ];
  return [{ type: 'splice', path, base, splices: splices.sort((a, b) => a.start - b.start) }];
}

function sizeMembers(width: number | undefined, height: number | undefined): Record<string, unknown> {
  return {
    ...(height !== undefined && { imageHeight: height }),
    ...(width !== undefined && { imageWidth: width }),
  };
}

function rootSplices({ bytes, start }: JsonDocument, members: Record<string, unknown>): Splice[] {
  return setMembers(bytes, start, members, styleAt(bytes, start, bytes.length, 0), 0);
}

/** Points of all shapes, those that are no instances too: points and lines move with the rest. */
function shapeSplices(
  { bytes, start, value }: JsonDocument,
  instances: readonly Instance[],
  scaling: Scaling,
): Splice[] {
  const shapes = membersOfValue(value)['shapes'];
  if (!Array.isArray(shapes)) return [];
  const { width, height } = scaling.to;
  return elementsUnder(bytes, start, 'shapes').flatMap((range, i) => {
    const mask = instances.find(({ key, shape }) => key === String(i) && shape.kind === 'pixels');
    const members = mask
      ? writeShapes(scaleInstance(mask, scaling), width, height)[0]!
      : { points: scalePoints(membersOfValue(shapes[i])['points'], scaling) };
    return setMembers(bytes, range.start, { ...members }, styleAt(bytes, range.start, range.end, 2), 2);
  });
}

function scalePoints(points: unknown, scaling: Scaling): unknown {
  if (!Array.isArray(points)) return points;
  return points.map((point) =>
    Array.isArray(point) && point.every((one) => typeof one === 'number') ? scaleRing(point, scaling) : point,
  );
}
