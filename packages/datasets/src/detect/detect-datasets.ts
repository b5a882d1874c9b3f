import { CutkitError } from '@cutkit/core';
import { MASK_FOLDER } from '../formats/masks/mask-files.js';
import { notFound } from '../formats/refuse.js';
import type { FileSystem, FolderEntry } from '../model/file-system.js';
import { byName, extensionOf, isImage, join, nameOf } from '../model/paths.js';
import { say } from '../sentences/sentence.js';
import { classifyJson } from './classify-json.js';
import type { Detection } from './detection.js';

/** JSON files of a folder that are looked into. */
const MOST_JSON = 24;
/** Folders of a folder that are looked into for COCO files. */
const MOST_FOLDERS = 24;

/** Every data set at a file or in a folder, the likeliest first; empty when there is none. Lists a few folders only. */
export async function detectDatasets(fs: FileSystem, path: string): Promise<Detection[]> {
  const stat = await fs.stat(path);
  if (!stat) throw notFound(path);
  return stat.type === 'file' ? detectFile(fs, path) : detectFolder(fs, path);
}

/** What a path is, or `DATASET_UNKNOWN` with what was looked for. */
export async function detectDataset(fs: FileSystem, path: string): Promise<Detection> {
  const [first] = await detectDatasets(fs, path);
  if (first) return first;
  throw new CutkitError(
    'DATASET_UNKNOWN',
    `${path} is no data set that Cutkit knows: no COCO, LabelMe or SA-1B JSON, data.yaml, labels folder, VOC XML or folder of masks was found.`,
    'Give the annotation file itself, or say the format.',
  );
}

async function detectFile(fs: FileSystem, path: string): Promise<Detection[]> {
  const name = nameOf(path);
  switch (extensionOf(path)) {
    case 'json': {
      const found = await classifyJson(fs, path);
      return found ? [{ ...found, path }] : [];
    }
    case 'yaml':
    case 'yml': {
      const text = new TextDecoder().decode(await fs.read(path));
      if (!/^names\s*:/m.test(text) && !/^(train|val)\s*:/m.test(text)) return [];
      return [{ format: 'yolo', path, reason: say('is-yolo-yaml', { name }) }];
    }
    case 'xml': {
      const head = new TextDecoder().decode(await fs.read(path, { start: 0, end: 4096 }));
      return /<annotation[\s>]/.test(head)
        ? [{ format: 'voc', path, reason: say('is-voc-xml', { name }) }]
        : [];
    }
    case 'png':
      return cityFile(name) ?? [{ format: 'masks', path, reason: say('is-mask', { name }) }];
    default:
      return [];
  }

  function cityFile(file: string): Detection[] | undefined {
    if (!/_gt(Fine|Coarse)_(instanceIds|labelIds)\.png$/.test(file)) return undefined;
    return [{ format: 'cityscapes', path, reason: say('is-city-mask', { name: file }) }];
  }
}

async function detectFolder(fs: FileSystem, path: string): Promise<Detection[]> {
  const entries = [...(await fs.list(path))].sort((a, b) => byName(a.name, b.name));
  const folders = new Set(entries.filter(({ type }) => type === 'folder').map(({ name }) => name));
  const files = entries.filter(({ type }) => type === 'file').map(({ name }) => name);
  const found: Detection[] = [];
  for (const name of files.filter((one) => /\.ya?ml$/i.test(one)).slice(0, MOST_JSON))
    found.push(...(await detectFile(fs, join(path, name))));
  if (
    folders.has('Annotations') &&
    (folders.has('JPEGImages') || folders.has('SegmentationClass') || folders.has('SegmentationObject'))
  ) {
    found.push({
      format: 'voc',
      path,
      reason: say('is-voc-folder'),
    });
  } else if (folders.has('SegmentationClass') || folders.has('SegmentationObject')) {
    found.push({
      format: 'voc',
      path,
      reason: say('is-voc-masks'),
    });
  }
  if (folders.has('gtFine') || files.some((name) => /_gt(Fine|Coarse)_/.test(name))) {
    found.push({
      format: 'cityscapes',
      path,
      reason: say('is-city-folder'),
    });
  }
  found.push(...(await jsonIn(fs, path, files, true)));
  for (const name of [...folders].slice(0, MOST_FOLDERS)) {
    const inside = await namesIn(fs, join(path, name));
    found.push(...(await jsonIn(fs, join(path, name), inside, false)));
  }
  const hasYolo = found.some(({ format }) => format === 'yolo');
  if (!hasYolo && folders.has('labels') && folders.has('images')) {
    found.push({ format: 'yolo', path, reason: say('is-yolo-folder') });
  } else if (!hasYolo && (await hasLabelText(fs, path, files))) {
    found.push({
      format: 'yolo',
      path,
      reason: say('is-yolo-labels'),
    });
  }
  if (files.some((name) => extensionOf(name) === 'xml') && !found.some(({ format }) => format === 'voc')) {
    const first = files.find((name) => extensionOf(name) === 'xml')!;
    if ((await detectFile(fs, join(path, first))).length > 0) {
      found.push({ format: 'voc', path, reason: say('is-voc-files', { name: first }) });
    }
  }
  if (!found.some(({ format }) => format === 'voc' || format === 'cityscapes'))
    found.push(...(await masksIn(fs, path, entries)));
  return found;
}

/** COCO files, each on its own; files for one image, all as one. */
async function jsonIn(
  fs: FileSystem,
  folder: string,
  names: readonly string[],
  perImage: boolean,
): Promise<Detection[]> {
  const found: Detection[] = [];
  const jsons = names
    .filter((name) => extensionOf(name) === 'json')
    .sort(byName)
    .slice(0, MOST_JSON);
  for (const name of jsons) {
    const one = await classifyJson(fs, join(folder, name));
    if (!one) continue;
    if (one.format === 'coco' || one.format === 'panoptic') found.push({ ...one, path: join(folder, name) });
    else if (perImage && !found.some(({ format }) => format === one.format))
      found.push({ ...one, path: folder });
  }
  return found;
}

async function hasLabelText(fs: FileSystem, folder: string, files: readonly string[]): Promise<boolean> {
  const stems = new Set(files.filter(isImage).map((name) => name.replace(/\.[^.]+$/, '')));
  const label = files.find((name) => extensionOf(name) === 'txt' && stems.has(name.slice(0, -4)));
  if (!label) return false;
  const head = new TextDecoder().decode(await fs.read(join(folder, label), { start: 0, end: 256 }));
  return /^\s*\d+(\s+-?[\d.]+){4}/.test(head);
}

async function masksIn(fs: FileSystem, path: string, entries: readonly FolderEntry[]): Promise<Detection[]> {
  const found: Detection[] = [];
  const pngs = entries
    .filter(({ name, type }) => type === 'file' && extensionOf(name) === 'png')
    .map(({ name }) => name);
  if (pngs.length > 0 && MASK_FOLDER.test(nameOf(path))) {
    found.push({
      format: 'masks',
      path,
      reason: say('is-mask-folder'),
    });
  } else if (pngs.some((name) => /[_-]masks?\.png$/i.test(name))) {
    found.push({ format: 'masks', path, reason: say('is-masks-beside') });
  }
  for (const { name, type } of entries) {
    if (type !== 'folder' || !MASK_FOLDER.test(name)) continue;
    const inside = await namesIn(fs, join(path, name));
    if (inside.some((one) => extensionOf(one) === 'png')) {
      found.push({
        format: 'masks',
        path: join(path, name),
        reason: say('is-mask-folder-inside', { name }),
      });
    }
  }
  return found;
}

async function namesIn(fs: FileSystem, folder: string): Promise<string[]> {
  try {
    return (await fs.list(folder)).filter(({ type }) => type === 'file').map(({ name }) => name);
  } catch {
    // A folder that cannot be listed holds nothing that can be opened.
    return [];
  }
}
