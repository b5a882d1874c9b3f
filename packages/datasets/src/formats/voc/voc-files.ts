import type { WorkOptions } from '@cutkit/core';
import { AnnotationError } from '../../model/annotation-error.js';
import type { FileSystem } from '../../model/file-system.js';
import type { Finding } from '../../model/finding.js';
import { byName, extensionOf, folderOf, isImage, join, nameOf, stemOf } from '../../model/paths.js';
import { unreadable } from '../../model/unreadable.js';
import { mapLimited } from '../map-limited.js';
import { parseVoc } from './voc-xml.js';

/** An image of a VOC data set and where each of its files is, or would be. */
export interface VocEntry {
  readonly name: string;
  readonly image: string | undefined;
  readonly xml: string;
  readonly objectPng: string;
  readonly classPng: string;
  readonly width: number;
  readonly height: number;
  /** Names of the objects of its XML file. */
  readonly labels: readonly string[];
  readonly count: number;
}

/** The twenty classes of Pascal VOC, by the values 1 to 20 of its class masks. */
export const VOC_CLASSES: readonly string[] =
  'aeroplane bicycle bird boat bottle bus car cat chair cow diningtable dog horse motorbike person pottedplant sheep sofa train tvmonitor'.split(
    ' ',
  );

/** The root of a VOC data set, given the root or one of its XML files. */
function rootOf(path: string, isFile: boolean): string {
  if (!isFile) return path;
  return nameOf(folderOf(path)) === 'Annotations' ? folderOf(folderOf(path)) : folderOf(path);
}

/** Every image that has a picture, an XML file or a mask. XML files are read once, for names and counts. */
export async function listVoc(
  fs: FileSystem,
  path: string,
  options: WorkOptions & { readonly images?: string },
): Promise<{ entries: VocEntry[]; findings: Finding[] }> {
  const single = (await fs.stat(path))?.type === 'file';
  const root = rootOf(path, single);
  const standard = await isRoot(fs, root);
  const folders = {
    xml: standard ? join(root, 'Annotations') : root,
    image: options.images ?? (standard ? await imageFolder(fs, root) : root),
    object: join(root, 'SegmentationObject'),
    class: join(root, 'SegmentationClass'),
  };
  const images = new Map(
    (await namesIn(fs, folders.image))?.filter(isImage).map((name) => [stemOf(name), name]),
  );
  const stemsWith = async (folder: string, extension: string) =>
    ((await namesIn(fs, folder)) ?? []).filter((name) => extensionOf(name) === extension).map(stemOf);
  const xmls = new Set(await stemsWith(folders.xml, 'xml'));
  const stems = single
    ? [stemOf(path)]
    : [
        ...new Set([
          ...images.keys(),
          ...xmls,
          ...(await stemsWith(folders.object, 'png')),
          ...(await stemsWith(folders.class, 'png')),
        ]),
      ];
  const findings: Finding[] = [];
  const entries = await mapLimited(
    stems.sort(byName),
    async (stem): Promise<VocEntry> => {
      const xml = `${join(folders.xml, stem)}.xml`;
      const known = xmls.has(stem) ? await summaryOf(fs, xml, findings, single) : undefined;
      const file = images.get(stem);
      return {
        name: file ?? known?.fileName ?? stem,
        image: file === undefined ? undefined : join(folders.image, file),
        xml,
        objectPng: `${join(folders.object, stem)}.png`,
        classPng: `${join(folders.class, stem)}.png`,
        width: known?.width ?? 0,
        height: known?.height ?? 0,
        labels: known?.labels ?? [],
        count: known?.count ?? 0,
      };
    },
    options,
  );
  return { entries, findings };
}

async function summaryOf(fs: FileSystem, xml: string, findings: Finding[], single: boolean) {
  try {
    const file = parseVoc(xml, await fs.read(xml));
    if (!file) return undefined;
    const labels = [...new Set(file.objects.map(({ name }) => name))];
    const { width, height, fileName } = file;
    return { width, height, labels, count: file.objects.length, ...(fileName !== '' && { fileName }) };
  } catch (error) {
    if (single || !(error instanceof AnnotationError)) throw error;
    findings.push(unreadable(error));
    return undefined;
  }
}

/** Whether a folder has any of the folders that VOC has, rather than files side by side. */
async function isRoot(fs: FileSystem, root: string): Promise<boolean> {
  for (const name of ['Annotations', 'JPEGImages', 'SegmentationObject', 'SegmentationClass']) {
    if ((await fs.stat(join(root, name)))?.type === 'folder') return true;
  }
  return false;
}

async function imageFolder(fs: FileSystem, root: string): Promise<string> {
  for (const name of ['JPEGImages', 'images', 'Images'])
    if (await fs.stat(join(root, name))) return join(root, name);
  return join(root, 'JPEGImages');
}

async function namesIn(fs: FileSystem, folder: string): Promise<string[] | undefined> {
  if ((await fs.stat(folder))?.type !== 'folder') return undefined;
  return (await fs.list(folder)).filter(({ type }) => type === 'file').map(({ name }) => name);
}
