import { CutkitError } from '../../errors.js';
import { flatten } from '../../image/color.js';
import { normalize } from '../../preprocess/normalize.js';
import { bestOf } from '../best.js';
import { bytesOf, floatOutput, floats, inputNames, type PromptContract } from './contract.js';
import { oneByOne } from './one-by-one.js';
import { refusePrompts } from './refuse-prompts.js';

const WHITE = [255, 255, 255] as const;
const MOST_POINTS = 6;
/** Side that the graph is asked to draw its masks at: that of its own logits, so that nothing is enlarged in it. */
const SIDE = 256;
/** Values as they are, 0–1: the graph stretches the picture to its frame and normalises it. */
const UNIT = { scale: 255, mean: [0, 0, 0], std: [1, 1, 1], layout: 'NCHW' } as const;

/**
 * EfficientSAM: `batched_images [1, 3, H, W]` of 0–1 at the picture's own size, `batched_point_coords [1, 1, N, 2]` in pixels
 * of `orig_im_size`, masks of that size out. It is told that the picture is 256 × 256, which makes them low-resolution
 * logits of a stretched frame. At most six points, none on background, no masks in.
 */
export const efficientSam: PromptContract = {
  id: 'efficient-sam',
  resize: 'stretch',
  recognises(decoder) {
    return inputNames(decoder).has('batched_point_coords');
  },
  async embed({ encoder }, image) {
    const { width, height } = image;
    const name = encoder.inputs[0]?.name ?? 'batched_images';
    const outputs = await encoder.run({
      [name]: floats([1, 3, height, width], normalize(flatten(image, WHITE), UNIT)),
    });
    const tensors = {
      image_embeddings: floatOutput(outputs, encoder.outputs[0]?.name ?? 'image_embeddings'),
    };
    const content = { width: SIDE, height: SIDE };
    return { width, height, frame: SIDE, content, tensors, bytes: bytesOf(tensors) };
  },
  decode({ decoder }, embedding, prompts, multimask) {
    refusePrompts(prompts, { masks: true, background: true });
    return oneByOne(prompts, async ({ points, labels }) => {
      if (points.length > MOST_POINTS) {
        throw new CutkitError(
          'BAD_OPTION',
          `This model takes ${MOST_POINTS} points at most, not ${points.length}.`,
          'Give fewer points, or use another model.',
        );
      }
      const outputs = await decoder.run({
        ...embedding.tensors,
        batched_point_coords: floats([1, 1, points.length, 2], Float32Array.from(points.flat())),
        batched_point_labels: floats([1, 1, points.length], Float32Array.from(labels)),
        orig_im_size: { type: 'int64', dims: [2], data: BigInt64Array.of(BigInt(SIDE), BigInt(SIDE)) },
      });
      const masks = floatOutput(outputs, 'output_masks');
      const scores = floatOutput(outputs, 'iou_predictions').data;
      const all = { prompts: 1, candidates: scores.length, side: SIDE, logits: masks.data, scores };
      return multimask ? all : bestOf(all);
    });
  },
};
