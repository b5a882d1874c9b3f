import { cannotHold } from '../formats/refuse.js';
import type { FileChange } from '../model/change.js';
import type { Format } from '../model/dataset.js';
import { join } from '../model/paths.js';
import { encodeText } from '../text/utf8.js';

/** A data set that is yet to be: the files to write first, and what to open then. */
export interface NewDataset {
  readonly files: readonly FileChange[];
  /** What to give to `openDataset`, with `format`. */
  readonly path: string;
}

/**
 * The first files of an empty data set in a folder, so that it can be opened and added to: COCO's JSON, YOLO's
 * `data.yaml` over `images`, names for LabelMe and masks. Throws `FORMAT_READ_ONLY`-like errors for formats that are
 * only read.
 */
export function createDataset(format: Format, folder: string, classes: readonly string[]): NewDataset {
  const file = (name: string, text: string): FileChange => ({
    type: 'write',
    path: join(folder, name),
    bytes: encodeText(text),
  });
  switch (format) {
    case 'coco': {
      const categories = classes.map((name, i) => ({ id: i + 1, name }));
      const text = JSON.stringify({ images: [], annotations: [], categories }, null, 2);
      return { files: [file('annotations.json', `${text}\n`)], path: join(folder, 'annotations.json') };
    }
    case 'yolo': {
      const names = classes.map((name, i) => `  ${i}: ${JSON.stringify(name)}\n`).join('');
      const text = `path: .\ntrain: images\nval: images\nnames:\n${names}`;
      return { files: [file('data.yaml', text)], path: join(folder, 'data.yaml') };
    }
    case 'labelme':
      return { files: [file('labels.txt', classes.map((name) => `${name}\n`).join(''))], path: folder };
    case 'masks': {
      const text = classes.map((name, i) => `${i + 1} ${name}\n`).join('');
      return { files: [file('classes.txt', text)], path: folder };
    }
    case 'voc':
      return { files: [], path: folder };
    default:
      throw cannotHold(`${format} is read, not written.`);
  }
}
