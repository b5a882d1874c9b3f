import type { ImageRecord } from '../../model/record.js';
import { INDENTED_STYLE, stringify } from '../../text/json-style.js';
import { encodeText } from '../../text/utf8.js';
import { newShapes } from './new-shapes.js';

/** A whole LabelMe file of a record. `imagePath` is from the file's folder to the image. */
export function newLabelmeFile(
  { width, height, instances }: ImageRecord,
  names: readonly string[],
  imagePath: string,
): Uint8Array {
  let group = 0;
  const shapes = instances.flatMap((instance) => {
    const written = newShapes(instance, names, width, height, group + 1);
    if (written.length > 1) group++;
    return written;
  });
  const file = {
    version: '5.5.0',
    flags: {},
    shapes,
    imagePath,
    imageData: null,
    imageHeight: height,
    imageWidth: width,
  };
  return encodeText(`${stringify(file, INDENTED_STYLE, 0)}\n`);
}
