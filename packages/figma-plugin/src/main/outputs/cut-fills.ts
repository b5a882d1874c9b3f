import { rescaled } from '../../geometry/paint-geometry.js';
import { offerRelaunch, writeData } from '../cutout-data.js';
import { fillsOf, imagePaintIndex } from '../targets/image-paint.js';

/** Puts the cut-out above the paint it was made of, which is hidden (`fill-stack`), or in its place (`replace-fill`). */
export function cutFills(
  node: SceneNode & MinimalFillsMixin,
  image: Image,
  scale: number,
  output: 'fill-stack' | 'replace-fill',
): SceneNode {
  const fills = [...fillsOf(node)];
  const index = imagePaintIndex(fills);
  const original = fills[index] as ImagePaint;
  // All else of the paint stays as it is: crop, filters, opacity, blending.
  const cut: ImagePaint = {
    ...rescaled(original as ImagePaint & { scaleMode: 'FILL' }, scale),
    imageHash: image.hash,
  };
  const kept: ImagePaint = { ...original, visible: false };
  fills.splice(index, 1, ...(output === 'fill-stack' ? [kept, cut] : [cut]));
  const fillStyleId = typeof node.fillStyleId === 'string' ? node.fillStyleId : '';
  node.fills = fills;
  writeData(node, { role: 'source', output, original, cutHash: image.hash, fillStyleId });
  offerRelaunch(node);
  return node;
}
