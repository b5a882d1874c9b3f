import type { ApplyRequest, LayerNote, LayerResult, Picture, Report } from '../../protocol.js';
import { createBreath, turn } from '../breathe.js';
import { wordsOf } from '../layer-error.js';
import { contextOf } from '../targets/context.js';
import { cutFills } from './cut-fills.js';
import { maskGroup } from './mask-group.js';
import { newLayer } from './new-layer.js';
import { restore } from './restore.js';

/**
 * Puts results into the file. Everything that takes time comes first; then the file changes at once and the undo step is
 * closed, so that nobody's click falls between.
 */
export async function apply({ pictures, results }: ApplyRequest): Promise<Report> {
  const problems: LayerNote[] = [];
  const nodes = await Promise.all(results.map(({ id }) => figma.getNodeByIdAsync(id)));
  const images = await createImages(pictures);
  await turn();
  const styles: (() => Promise<void>)[] = [];
  figma.commitUndo();
  const made = results.flatMap((result, i) => {
    const node = nodes[i] as SceneNode | null;
    if (!node || node.removed) {
      problems.push({ layer: result.layer, text: 'It was deleted meanwhile.' });
      return [];
    }
    try {
      const picture = result.picture === undefined ? undefined : images[result.picture];
      return [applyOne(node, result, picture, pictures[result.picture ?? 0]?.scale ?? 1, styles)];
    } catch (error) {
      problems.push({ layer: node.name, text: wordsOf(error) });
      return [];
    }
  });
  if (made.length > 0) figma.currentPage.selection = made;
  figma.commitUndo();
  return { done: made.length, problems };
}

/** The pictures in the editor's store. They are none of the document's layers: the editor has its turn between them. */
async function createImages(pictures: readonly Picture[]): Promise<Image[]> {
  const breathe = createBreath();
  const images: Image[] = [];
  for (const { bytes } of pictures) {
    images.push(figma.createImage(bytes));
    await breathe();
  }
  return images;
}

function applyOne(
  node: SceneNode,
  { output, outline, place, name }: LayerResult,
  image: Image | undefined,
  scale: number,
  styles: (() => Promise<void>)[],
): SceneNode {
  if (output === 'new-layer') {
    if (!image) throw new Error('No picture was made for it.');
    return newLayer(node, image, scale, { place, name });
  }
  // A second cut takes the place of the first, never piles up on it.
  restore(node, styles);
  if (output === 'fill-stack' || output === 'replace-fill') {
    if (!image) throw new Error('No picture was made for it.');
    return cutFills(node as SceneNode & MinimalFillsMixin, image, scale, output);
  }
  const { noGroup } = contextOf(node);
  if (noGroup) throw new Error(`It cannot be masked: ${noGroup}. Choose another result.`);
  if (output === 'vector-outline') {
    if (!outline) throw new Error('The outline is empty.');
    return maskGroup(node as SceneNode & LayoutMixin, { outline });
  }
  if (!image) throw new Error('No picture was made for it.');
  return maskGroup(node as SceneNode & LayoutMixin, { image, scale });
}
