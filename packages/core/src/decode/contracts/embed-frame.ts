import { type Framed, framePixels, frameTensor } from '../../encode/frame.js';
import type { InputRecipe, Manifest } from '../../models/manifest.js';
import type { Session } from '../../runtime/session.js';
import type { Raster, Tensor } from '../../types.js';
import type { ImageEmbedding } from '../prompt-model.js';
import { bytesOf, floatOutput, floats, type PromptSessions } from './contract.js';

/**
 * Embeds a picture the way most families do: resized and normalised into a square frame `[1, 3, S, S]`, fed to the
 * encoder's only input. `names` are the outputs that the decoder takes; without it the only output is `image_embeddings`.
 */
export async function embedFrame(
  { encoder }: PromptSessions,
  image: Raster,
  { input }: Manifest,
  names?: readonly string[],
  feed: (encoder: Session, frame: Framed, input: InputRecipe) => Tensor = normalised,
): Promise<ImageEmbedding> {
  const frame = framePixels(image, input);
  const outputs = await encoder.run({ [encoder.inputs[0]?.name ?? 'image']: feed(encoder, frame, input) });
  const only = encoder.outputs[0]?.name ?? 'image_embeddings';
  const pairs = names?.map((name) => [name, name] as const) ?? [['image_embeddings', only] as const];
  const tensors = Object.fromEntries(pairs.map(([key, name]) => [key, floatOutput(outputs, name)]));
  const { width, height } = image;
  return { width, height, frame: input.width, content: frame.content, tensors, bytes: bytesOf(tensors) };
}

/** The normalised frame, zero where the picture does not reach. */
export function normalised(_encoder: Session, frame: Framed, input: InputRecipe): Tensor {
  return floats([1, 3, input.height, input.width], frameTensor(frame, input));
}
