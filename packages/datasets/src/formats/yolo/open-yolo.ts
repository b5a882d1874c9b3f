import { imageSize } from '../../images/image-size.js';
import type { Dataset } from '../../model/dataset.js';
import type { FileSystem } from '../../model/file-system.js';
import type { Finding } from '../../model/finding.js';
import { createImageList } from '../../model/image-list.js';
import type { OpenOptions } from '../../model/open-options.js';
import { folderOf, join } from '../../model/paths.js';
import type { ImageRecord } from '../../model/record.js';
import { say, sayCount } from '../../sentences/sentence.js';
import { linesOf } from '../../text/lines.js';
import { createFileVersions } from '../file-versions.js';
import { recordsOf } from '../map-limited.js';
import { notFound } from '../refuse.js';
import { parseDataYaml } from './data-yaml.js';
import { readLine } from './label-line.js';
import { saveYolo } from './save-yolo.js';
import { imagesAt, type YoloImage } from './yolo-images.js';
import { layoutWithoutYaml, type YoloLayout } from './yolo-layout.js';

/** Opens a YOLO data set by its `data.yaml`, or by a folder that has `images` and `labels`. */
export async function openYolo(fs: FileSystem, path: string, options: OpenOptions = {}): Promise<Dataset> {
  const stat = await fs.stat(path);
  if (!stat) throw notFound(path);
  const layout =
    stat.type === 'file' ? await layoutOfYaml(fs, path) : await layoutWithoutYaml(fs, path, options);
  const { images, names, pose } = layout;
  const classes = names.map((name, index) => ({ index, id: index, name: name || String(index) }));
  const list = createImageList(
    images.map(({ name }) => name),
    () => ({ width: 0, height: 0, count: undefined, classes: undefined }),
  );

  const versions = createFileVersions(fs);

  async function read(index: number): Promise<ImageRecord> {
    const { name } = list.at(index);
    const { path: image, label } = images[index]!;
    const { width, height } = (await imageSize(fs, image)) ?? { width: 0, height: 0 };
    const there = (await versions.note(label)) !== undefined;
    const instances = (there ? linesOf(await fs.read(label)) : []).flatMap(({ text, start, end }, i) =>
      text.trim() === ''
        ? []
        : [readLine(text, String(i), { width, height, pose }, names.length, { path: label, start, end })],
    );
    return { index, name, width, height, instances, files: there ? [label] : [], extra: {} };
  }

  const dataset: Dataset = {
    format: 'yolo',
    path,
    readOnly: undefined,
    notes: layout.notes,
    classes,
    images: list,
    findings: layout.findings,
    async imagePath(index) {
      list.at(index);
      const { path: image } = images[index]!;
      return (await fs.stat(image)) ? image : undefined;
    },
    read,
    records: (work) => recordsOf(list.length, read, work),
    save: (edits) => saveYolo({ fs, layout, dataset, versions }, edits),
  };
  return dataset;
}

async function layoutOfYaml(fs: FileSystem, path: string): Promise<YoloLayout> {
  const bytes = await fs.read(path);
  const yaml = parseDataYaml(path, bytes);
  const folder = folderOf(path);
  const roots = [...new Set([yaml.root === undefined ? folder : join(folder, yaml.root), folder])];
  // One folder is often the one of several splits.
  const byPath = new Map<string, YoloImage>();
  const findings: Finding[] = [];
  for (const { split, paths } of yaml.splits) {
    for (const one of paths) {
      const found = await firstWith(roots.map((root) => () => imagesAt(fs, root, join(root, one))));
      for (const image of found) if (!byPath.has(image.path)) byPath.set(image.path, image);
      if (found.length > 0) continue;
      const message = say('images-missing', { split, path: one });
      findings.push({
        kind: 'missing-image',
        severity: 'warning',
        message,
        location: { path, start: 0, end: 0 },
        fixes: [],
      });
    }
  }
  const images = [...byPath.values()];
  const notes = [
    say('note-yolo-yaml', {
      path,
      classes: sayCount('class', yaml.names.length),
      images: sayCount('image', images.length),
    }),
  ];
  return {
    images,
    names: yaml.names,
    pose: yaml.pose,
    notes,
    findings,
    yaml: { path, content: yaml },
    stat: await fs.stat(path),
  };
}

/** The first that gives something: `path` often names a folder of another machine. */
async function firstWith(tries: readonly (() => Promise<YoloImage[]>)[]): Promise<YoloImage[]> {
  for (const one of tries) {
    const found = await one();
    if (found.length > 0) return found;
  }
  return [];
}
