import type { Dataset } from '../../model/dataset.js';
import type { FileSystem } from '../../model/file-system.js';
import { createImageList } from '../../model/image-list.js';
import { membersOfValue } from '../../model/members-of-value.js';
import type { OpenOptions } from '../../model/open-options.js';
import { byName, folderOf, join, nameOf } from '../../model/paths.js';
import type { ImageRecord } from '../../model/record.js';
import { readIds } from '../../png/read-png.js';
import { say, sayCount } from '../../sentences/sentence.js';
import { parseJson } from '../../text/json-document.js';
import { recordsOf } from '../map-limited.js';
import { notFound, readOnly } from '../refuse.js';
import { CITY_CLASSES } from './city-classes.js';
import { readCityPng, readCityPolygons } from './read-city.js';

/** The files of an image, after its name; the first that is there is read. */
const FILE = /^(.+)_(gtFine|gtCoarse)_(instanceIds\.png|labelIds\.png|polygons\.json)$/;
const KINDS = ['instanceIds.png', 'labelIds.png', 'polygons.json'];
const DEEPEST = 4;

/** What there is of one image. */
interface CityEntry {
  readonly base: string;
  readonly folder: string;
  /** Paths by kind. */
  readonly files: Map<string, string>;
}

/** Opens a Cityscapes root, a folder of its annotations, or one of its files. */
export async function openCityscapes(
  fs: FileSystem,
  path: string,
  { images }: OpenOptions = {},
): Promise<Dataset> {
  const stat = await fs.stat(path);
  if (!stat) throw notFound(path);
  const entries = new Map<string, CityEntry>();
  const add = (folder: string, name: string) => {
    const [, base, , kind] = FILE.exec(name) ?? [];
    if (base === undefined || kind === undefined) return;
    const entry = entries.get(join(folder, base)) ?? { base, folder, files: new Map() };
    entries.set(join(folder, base), entry);
    entry.files.set(kind, join(folder, name));
  };
  if (stat.type === 'file') {
    const [, base] = FILE.exec(nameOf(path)) ?? [];
    for (const { name } of await fs.list(folderOf(path)))
      if (FILE.exec(name)?.[1] === base) add(folderOf(path), name);
  } else await walk(fs, path, 0, add);
  const sorted = [...entries.values()].sort((a, b) =>
    byName(`${a.folder}/${a.base}`, `${b.folder}/${b.base}`),
  );
  const list = createImageList(
    sorted.map(({ base }) => `${base}_leftImg8bit.png`),
    () => ({ width: 0, height: 0, count: undefined, classes: undefined }),
  );

  async function read(index: number): Promise<ImageRecord> {
    const { name } = list.at(index);
    const { files } = sorted[index]!;
    const kind = KINDS.find((one) => files.has(one))!;
    const file = files.get(kind)!;
    const bytes = await fs.read(file);
    const common = { index, name, files: [file], extra: {} };
    if (kind !== 'polygons.json') {
      const plane = readIds(file, bytes);
      return { ...common, width: plane.width, height: plane.height, instances: readCityPng(plane) };
    }
    const document = parseJson(file, bytes);
    const { imgWidth, imgHeight } = membersOfValue(document.value);
    return {
      ...common,
      width: Number(imgWidth) || 0,
      height: Number(imgHeight) || 0,
      instances: readCityPolygons(document),
    };
  }

  return {
    format: 'cityscapes',
    path,
    readOnly: say('only-read', { format: 'Cityscapes' }),
    notes: [say('note-cityscapes', { images: sayCount('image', list.length) })],
    classes: CITY_CLASSES,
    images: list,
    findings: [],
    async imagePath(index) {
      const { name } = list.at(index);
      const { folder } = sorted[index]!;
      const tree = folder.replace(/(^|\/)(gtFine|gtCoarse)(_[^/]*)?(?=\/|$)/, '$1leftImg8bit');
      for (const base of [...(images === undefined ? [] : [images]), tree, folder]) {
        if ((await fs.stat(join(base, name)))?.type === 'file') return join(base, name);
      }
      return undefined;
    },
    read,
    records: (work) => recordsOf(list.length, read, work),
    save: async () => {
      throw readOnly('Cityscapes');
    },
  };
}

async function walk(
  fs: FileSystem,
  folder: string,
  depth: number,
  add: (folder: string, name: string) => void,
): Promise<void> {
  for (const { name, type } of await fs.list(folder)) {
    if (type === 'file') add(folder, name);
    else if (depth < DEEPEST && !name.startsWith('leftImg8bit'))
      await walk(fs, join(folder, name), depth + 1, add);
  }
}
