import { CutkitError } from '@cutkit/core';
import { nameOf } from '../../model/paths.js';
import type { ImageRecord } from '../../model/record.js';
import { encodeText } from '../../text/utf8.js';
import { objectText } from './edit-voc-xml.js';
import { escapeXml } from './voc-xml.js';

/** A whole VOC file of a record. */
export function newVocFile(
  { name, width, height, instances }: ImageRecord,
  names: readonly string[],
): Uint8Array {
  const objects = instances.map((instance) => {
    const label = names[instance.classIndex];
    if (label === undefined) {
      throw new CutkitError(
        'BAD_OPTION',
        `There is no class ${instance.classIndex}.`,
        'Add the class first.',
      );
    }
    return `\t${objectText(instance, label, '\n\t')}\n`;
  });
  const segmented = Number(instances.some(({ shape }) => shape.kind !== 'box'));
  const text = `<annotation>
\t<filename>${escapeXml(nameOf(name))}</filename>
\t<size>
\t\t<width>${width}</width>
\t\t<height>${height}</height>
\t\t<depth>3</depth>
\t</size>
\t<segmented>${segmented}</segmented>
${objects.join('')}</annotation>
`;
  return encodeText(text);
}
