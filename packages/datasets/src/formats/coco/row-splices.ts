import type { Splice } from '../../model/change.js';
import { setMembers } from '../../text/json-edit.js';
import type { ListName } from './coco-index.js';
import { rangesOf, sampleOf } from './list-splices.js';
import type { OpenCoco } from './save-coco.js';

/** The splices that set members of one element of a list, in the element's own layout. */
export async function rowSplices(
  { fs, path, index }: OpenCoco,
  list: ListName,
  row: number,
  members: Readonly<Record<string, unknown>>,
): Promise<Splice[]> {
  const { start, end } = rangesOf(index, list).range(row);
  const bytes = await fs.read(path, { start, end });
  return setMembers(bytes, 0, members, sampleOf(bytes).style, 2).map((splice) => ({
    ...splice,
    start: splice.start + start,
    end: splice.end + start,
  }));
}
