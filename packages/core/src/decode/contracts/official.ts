import type { Framed } from '../../encode/frame.js';
import type { InputRecipe } from '../../models/manifest.js';
import type { Session } from '../../runtime/session.js';
import type { Tensor } from '../../types.js';
import type { DecodedMasks, FramePrompt, ImageEmbedding } from '../prompt-model.js';
import {
  floatOutput,
  floats,
  inputNames,
  outputNames,
  type PromptContract,
  type PromptSessions,
  takeCandidates,
} from './contract.js';
import { embedFrame, normalised } from './embed-frame.js';
import { oneByOne, withPad } from './one-by-one.js';

/** The official decoder gives this many masks; fewer where it was exported with `--return-single-mask`. */
const ALL = 4;

/**
 * Segment Anything's own decoder export (`export_onnx_model.py`) behind any encoder of its family: one prompt a run,
 * coordinates in the 1024 frame, `orig_im_size` as height, width. Only the small logits and `iou_predictions` are read.
 */
export const official: PromptContract = {
  id: 'sam-official',
  resize: 'letterbox',
  recognises(decoder) {
    const names = inputNames(decoder);
    return (
      names.has('orig_im_size') &&
      !names.has('high_res_features1') &&
      !names.has('interm_embeddings') &&
      outputNames(decoder).has('iou_predictions')
    );
  },
  embed: (sessions, image, manifest) => embedFrame(sessions, image, manifest, undefined, encoderFeed),
  async decode(sessions, embedding, prompts, multimask) {
    return oneByOne(prompts, (prompt) => decodeOne(sessions, embedding, withPad(prompt), multimask));
  },
};

/**
 * `[H, W, 3]` of 0–255 where the encoder normalises and pads for itself (samexporter's `--use-preprocess`, Acly's
 * MobileSAM), else the normalised, padded frame `[1, 3, S, S]`.
 */
export function encoderFeed(encoder: Session, frame: Framed, input: InputRecipe): Tensor {
  if (encoder.inputs[0]?.dims.length !== 3) return normalised(encoder, frame, input);
  const { width, height, data } = frame.pixels;
  return floats([height, width, 3], Float32Array.from(data));
}

/** One prompt, its pad included, through a decoder of the official kind; further tensors of the embedding go in as they are. */
export async function decodeOne(
  { decoder }: PromptSessions,
  { tensors, width, height }: ImageEmbedding,
  { points, labels, mask }: FramePrompt,
  multimask: boolean,
): Promise<DecodedMasks> {
  const side = 4 * tensors['image_embeddings']!.dims[2]!;
  const count = points.length;
  const outputs = await decoder.run({
    ...tensors,
    point_coords: floats([1, count, 2], Float32Array.from(points.flat())),
    point_labels: floats([1, count], Float32Array.from(labels)),
    mask_input: floats([1, 1, side, side], mask ?? new Float32Array(side * side)),
    has_mask_input: floats([1], Float32Array.of(mask ? 1 : 0)),
    orig_im_size: floats([2], Float32Array.of(height, width)),
  });
  const logits = smallLogits(outputs, side);
  const candidates = logits.dims[1]!;
  const scores = floatOutput(outputs, 'iou_predictions').data;
  const all = { prompts: 1, candidates, side, logits: logits.data, scores };
  if (candidates !== ALL) return all;
  return multimask ? takeCandidates(all, 1, ALL) : takeCandidates(all, 0, 1);
}

/**
 * The planes of small logits: `low_res_masks`, but for exports with `--return-extra-metrics`. Those give five outputs under
 * three names, so that `low_res_masks` is the stability and the logits have no name of their own.
 */
function smallLogits(
  outputs: Readonly<Record<string, Tensor>>,
  side: number,
): ReturnType<typeof floatOutput> {
  const isPlanes = ([name, { dims }]: [string, Tensor]) =>
    name !== 'masks' && dims.length === 4 && dims[2] === side && dims[3] === side;
  return floatOutput(outputs, Object.entries(outputs).find(isPlanes)?.[0] ?? 'low_res_masks');
}
