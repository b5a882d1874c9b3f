import type { Layer, Output, OutputChoice } from '../protocol.js';

/** Names and one-line explanations of the results, in the order in which they are offered. */
export const OUTPUT_WORDS: Readonly<Record<OutputChoice, { readonly name: string; readonly help: string }>> =
  {
    auto: { name: 'Auto', help: 'A mask where a group is possible, a fill stack elsewhere.' },
    'mask-group': { name: 'Mask group', help: 'The layer behind a mask. Its own pixels are not touched.' },
    'fill-stack': { name: 'Fill stack', help: 'The cut-out above the original fill, which is hidden.' },
    'replace-fill': {
      name: 'Replace fill',
      help: 'The cut-out in place of the picture. Restore still works.',
    },
    'new-layer': { name: 'New layer', help: 'The cut-out as a layer of its own, beside the old one.' },
    'vector-outline': { name: 'Vector outline', help: 'The layer behind a Bézier outline with holes.' },
  };

/** What a choice means for a layer, or why it cannot be had. */
export function outputFor(layer: Layer, choice: OutputChoice): { output: Output } | { refused: string } {
  const output = choice === 'auto' ? layer.preferred : choice;
  const reason = layer.refused[output];
  if (reason === undefined) return { output };
  return { refused: `“${OUTPUT_WORDS[output].name}” is not possible here: ${reason}. Choose “Auto”.` };
}
