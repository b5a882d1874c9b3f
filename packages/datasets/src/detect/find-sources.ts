import { CutkitError } from '@cutkit/core';
import { imageStem, MASK_FOLDER } from '../formats/masks/mask-files.js';
import { labelOf } from '../formats/yolo/yolo-images.js';
import type { FileSystem, FolderEntry } from '../model/file-system.js';
import { byName, extensionOf, folderOf, join, nameOf, stemOf } from '../model/paths.js';
import { type Sentence, say } from '../sentences/sentence.js';
import { classifyJson, type JsonClass } from './classify-json.js';
import type { Detection, SourceSearch } from './detection.js';

/** Where to stop looking. */
export interface FindOptions {
  /** The highest folder that is looked into, such as the workspace's. */
  readonly root: string;
}

/** Folders above the image that are looked into. */
const LEVELS = 5;
/** JSON files of a folder that are looked into. */
const MOST_JSON = 16;
/** Folders that COCO files lie in. */
const ANNOTATIONS = /^(annotations?|annos?|labels?|coco)$/i;

/**
 * The annotations that an image may have: files of its own first, then files for many images, in its folder and those
 * above. A file for many images is listed unread: `dataset.images.find(path)` of the opened one tells.
 */
export async function findSources(
  fs: FileSystem,
  image: string,
  { root }: FindOptions,
): Promise<SourceSearch> {
  const found: Detection[] = [];
  const tried: { path: string; why: Sentence }[] = [];
  const stem = stemOf(image);
  const take = (one: Detection) => {
    if (!found.some(({ path, format }) => path === one.path && format === one.format)) found.push(one);
  };
  await ownFiles();
  let folder = folderOf(image);
  for (let level = 0; level < LEVELS && folder !== ''; level++) {
    const entries = await listed(folder);
    await masksBeside(folder, entries);
    await vocAt(folder, entries);
    await jsonOf(folder, entries);
    for (const { name, type } of entries) {
      if (type === 'folder' && ANNOTATIONS.test(name))
        await jsonOf(join(folder, name), await listed(join(folder, name)));
    }
    if (folder === root || folderOf(folder) === folder) break;
    folder = folderOf(folder);
  }
  return { found, tried };

  /** What a file is; `null` for one that the host will not read, which is told. */
  async function classified(path: string): Promise<JsonClass | undefined | null> {
    try {
      return await classifyJson(fs, path);
    } catch (error) {
      if (!(error instanceof CutkitError)) throw error;
      const why = say('parser-says', { problem: `${error.message} ${error.hint}` });
      if (!tried.some((one) => one.path === path)) tried.push({ path, why });
      return null;
    }
  }

  async function listed(path: string): Promise<readonly FolderEntry[]> {
    try {
      return [...(await fs.list(path))].sort((a, b) => byName(a.name, b.name));
    } catch {
      tried.push({ path, why: say('tried-folder') });
      return [];
    }
  }

  async function isFile(path: string): Promise<boolean> {
    return (await fs.stat(path))?.type === 'file';
  }

  /** Files that are for this image alone. */
  async function ownFiles(): Promise<void> {
    const beside = join(folderOf(image), `${stem}.json`);
    if (await isFile(beside)) {
      const known = await classified(beside);
      if (known && known.format !== 'coco' && known.format !== 'panoptic') take({ ...known, path: beside });
      else if (known === undefined) tried.push({ path: beside, why: say('tried-json') });
    } else tried.push({ path: beside, why: say('tried-no-json') });
    const label = labelOf(image);
    if (await isFile(label)) take(await yoloOf(label));
    else tried.push({ path: label, why: say('tried-no-label') });
    const city = /^(.*)_leftImg8bit$/.exec(stem)?.[1];
    if (city !== undefined) await cityFiles(city);
    const xml = join(folderOf(image), `${stem}.xml`);
    if (await isFile(xml)) take({ format: 'voc', path: xml, reason: say('own-xml', { name: nameOf(xml) }) });
  }

  /** A label belongs to the nearest `data.yaml` above it, else to the folder that has `labels`. */
  async function yoloOf(label: string): Promise<Detection> {
    const home = label.includes('/labels/') ? label.slice(0, label.lastIndexOf('/labels/')) : folderOf(label);
    for (let at = home, level = 0; level < LEVELS; at = folderOf(at), level++) {
      for (const { name, type } of await listed(at)) {
        if (type !== 'file' || !/\.ya?ml$/i.test(name)) continue;
        const text = new TextDecoder().decode(await fs.read(join(at, name)));
        if (/^names\s*:/m.test(text))
          return {
            format: 'yolo',
            path: join(at, name),
            reason: say('own-label-named', { name: nameOf(label), names: name }),
          };
      }
      if (at === root || folderOf(at) === at || folderOf(at) === '') break;
    }
    return { format: 'yolo', path: home, reason: say('own-label', { name: nameOf(label) }) };
  }

  async function cityFiles(base: string): Promise<void> {
    const folders = [folderOf(image).replace(/(^|\/)leftImg8bit(?=\/|$)/, '$1gtFine'), folderOf(image)];
    for (const at of folders) {
      for (const kind of ['instanceIds.png', 'labelIds.png', 'polygons.json']) {
        const path = join(at, `${base}_gtFine_${kind}`);
        if (await isFile(path))
          return take({
            format: 'cityscapes',
            path,
            reason: say('own-city', { name: nameOf(path) }),
          });
      }
    }
    tried.push({ path: folders[0]!, why: say('tried-no-city') });
  }

  async function masksBeside(at: string, entries: readonly FolderEntry[]): Promise<void> {
    for (const { name, type } of entries) {
      if (
        type === 'file' &&
        at === folderOf(image) &&
        extensionOf(name) === 'png' &&
        name !== nameOf(image)
      ) {
        if (stemOf(name) !== stem && imageStem(name) === stem) {
          take({ format: 'masks', path: join(at, name), reason: say('own-mask', { name }) });
        }
      }
      if (type !== 'folder' || !MASK_FOLDER.test(name) || /^Segmentation(Class|Object)$/.test(name)) continue;
      const inside = await maskIn(join(at, name));
      if (inside)
        take({
          format: 'masks',
          path: join(at, name),
          reason: say('own-mask-inside', { name: `${name}/${inside}` }),
        });
      else
        tried.push({
          path: join(at, name),
          why: say('tried-no-mask'),
        });
    }
  }

  async function maskIn(at: string): Promise<string | undefined> {
    if (await isFile(join(at, `${stem}.png`))) return `${stem}.png`;
    for (const suffix of ['_mask', '-mask', '_gt', '_seg', '_label', '_L']) {
      if (await isFile(join(at, `${stem}${suffix}.png`))) return `${stem}${suffix}.png`;
    }
    return undefined;
  }

  async function vocAt(at: string, entries: readonly FolderEntry[]): Promise<void> {
    const names = new Set(entries.map(({ name }) => name));
    for (const folderName of ['Annotations', 'SegmentationObject', 'SegmentationClass']) {
      if (!names.has(folderName)) continue;
      const file = `${stem}.${folderName === 'Annotations' ? 'xml' : 'png'}`;
      if (!(await isFile(join(at, `${folderName}/${file}`)))) {
        tried.push({ path: join(at, folderName), why: say('tried-no-file', { name: file }) });
        continue;
      }
      const path = folderName === 'Annotations' ? join(at, `${folderName}/${file}`) : at;
      return take({
        format: 'voc',
        path,
        reason: say('own-voc', { name: `${folderName}/${file}` }),
      });
    }
  }

  async function jsonOf(at: string, entries: readonly FolderEntry[]): Promise<void> {
    const jsons = entries.filter(({ name, type }) => type === 'file' && extensionOf(name) === 'json');
    for (const { name } of jsons.slice(0, MOST_JSON)) {
      const path = join(at, name);
      const known = await classified(path);
      if (known?.format === 'coco' || known?.format === 'panoptic') take({ ...known, path });
    }
    if (jsons.length > MOST_JSON) {
      tried.push({
        path: at,
        why: say('tried-many', { count: jsons.length, most: MOST_JSON }),
      });
    }
  }
}
