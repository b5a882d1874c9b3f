import type { ImageEntry, ImageList } from './dataset.js';
import { join, nameOf } from './paths.js';

/** An {@link ImageList} over what a format's index holds; `entry` is called for one image at a time. */
export function createImageList(
  names: readonly string[],
  entry: (index: number) => Omit<ImageEntry, 'index' | 'name'>,
): ImageList {
  let byLastName: Map<string, number[]> | undefined;
  return {
    length: names.length,
    at(index) {
      const name = names[index];
      if (name === undefined) throw new RangeError(`image ${index} of ${names.length}`);
      return { index, name, ...entry(index) };
    },
    find(path) {
      byLastName ??= indexByLastName(names);
      const wanted = join('', path).split('/');
      const candidates = byLastName.get(wanted.at(-1)!) ?? [];
      let [best, depth] = [-1, 0];
      for (const index of candidates) {
        const name = join('', names[index]!);
        const parts = name.split('/');
        const agreed = agreement(parts, wanted);
        // A path of another machine agrees in its last names only; a relative one must agree whole.
        const whole = agreed === Math.min(parts.length, wanted.length);
        const elsewhere = candidates.length === 1 && /^(\.\.\/|\/|[A-Za-z]:)/.test(name);
        if (agreed > depth && (whole || elsewhere)) [best, depth] = [index, agreed];
      }
      return best;
    },
  };
}

function indexByLastName(names: readonly string[]): Map<string, number[]> {
  const map = new Map<string, number[]>();
  names.forEach((name, index) => {
    const last = nameOf(name.replaceAll('\\', '/'));
    const list = map.get(last);
    if (list) list.push(index);
    else map.set(last, [index]);
  });
  return map;
}

/** How many names agree from the end on. */
function agreement(a: readonly string[], b: readonly string[]): number {
  let count = 0;
  while (count < a.length && count < b.length && a.at(-1 - count) === b.at(-1 - count)) count++;
  return count;
}
