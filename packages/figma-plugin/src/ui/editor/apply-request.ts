import type { Edit, Finished, OpenedPicture, Wanted } from '../../engine/engine-api.js';
import { pixelsToLayer } from '../../geometry/paint-geometry.js';
import type { ApplyRequest, Layer, LayerResult, OutputChoice, Picture } from '../../protocol.js';
import { outputFor } from '../describe-output.js';

type Finish = (edit: Edit, wanted: Wanted) => Promise<Finished>;

/** One cut of the layer as the chosen result. Throws in words when the result cannot be had. */
export async function cutOf(
  layer: Layer,
  opened: OpenedPicture,
  edit: Edit,
  finish: Finish,
  choice: OutputChoice,
): Promise<ApplyRequest> {
  const answer = outputFor(layer, choice);
  if ('refused' in answer) throw new Error(answer.refused);
  const { output } = answer;
  const { id, name } = layer;
  if (output === 'vector-outline') {
    const { outlines } = await finish(edit, { outlines: [pixelsToLayer(layer.geometry, layer, opened)] });
    return { pictures: [], results: [{ id, layer: name, output, outline: outlines[0] ?? '' }] };
  }
  const isMask = output === 'mask-group';
  const { mask, cutout } = await finish(edit, { mask: isMask, cutout: !isMask });
  const pictures = [{ bytes: (mask ?? cutout)!, scale: opened.scale }];
  return { pictures, results: [{ id, layer: name, output, picture: 0 }] };
}

/** Each part as a new layer, right above the old one. */
export async function partsOf(
  layer: Layer,
  opened: OpenedPicture,
  edits: readonly Edit[],
  finish: Finish,
  onProgress: (share: number) => void,
): Promise<ApplyRequest> {
  const pictures: Picture[] = [];
  const results: LayerResult[] = [];
  for (const [number, edit] of edits.entries()) {
    const { cutout } = await finish(edit, { cutout: true });
    const picture = pictures.push({ bytes: cutout!, scale: opened.scale }) - 1;
    const name = `${layer.name} part ${number + 1}`;
    results.push({ id: layer.id, layer: layer.name, output: 'new-layer', place: 'above', picture, name });
    onProgress((number + 1) / edits.length);
  }
  return { pictures, results };
}
