import { CutkitError } from '../../errors.js';
import type { Manifest } from '../../models/manifest.js';
import type { Session } from '../../runtime/session.js';
import type { Raster, Tensor } from '../../types.js';
import type { DecodedMasks, FramePrompt, ImageEmbedding } from '../prompt-model.js';

/** The two files of a promptable network, open. */
export interface PromptSessions {
  readonly encoder: Session;
  readonly decoder: Session;
}

/** What a network takes and gives, whether it is open or only read. */
export type Ports = Pick<Session, 'inputs' | 'outputs'>;

/** What one family of exports wants and gives. The only place that knows its names, axes and habits. */
export interface PromptContract {
  readonly id: Manifest['contract'];
  /** How the family brings a picture into its frame. */
  readonly resize: 'letterbox' | 'stretch';
  /** Whether a decoder belongs to the family, by the names of what it takes and gives. */
  recognises(decoder: Ports): boolean;
  embed(sessions: PromptSessions, image: Raster, manifest: Manifest): Promise<ImageEmbedding>;
  decode(
    sessions: PromptSessions,
    embedding: ImageEmbedding,
    prompts: readonly FramePrompt[],
    multimask: boolean,
  ): Promise<DecodedMasks>;
}

/** The names that a network takes. */
export function inputNames({ inputs }: Pick<Ports, 'inputs'>): Set<string> {
  return new Set(inputs.map(({ name }) => name));
}

/** The names that a network gives. */
export function outputNames({ outputs }: Pick<Ports, 'outputs'>): Set<string> {
  return new Set(outputs.map(({ name }) => name));
}

/** A float32 tensor. */
export function floats(dims: readonly number[], data: Float32Array): Tensor {
  return { type: 'float32', dims, data };
}

/** An output that a family promises. Throws `MODEL_INPUTS` when the network does not give it. */
export function floatOutput(
  outputs: Readonly<Record<string, Tensor>>,
  name: string,
): Tensor & { data: Float32Array } {
  const found = outputs[name];
  if (found?.type === 'float32') return found;
  throw new CutkitError(
    'MODEL_INPUTS',
    `The network gives ${Object.keys(outputs).join(', ')}, but no float32 "${name}".`,
    'Encoder and decoder may be of different models: fetch both from the same place.',
  );
}

/** Bytes that tensors take. */
export function bytesOf(tensors: Readonly<Record<string, Tensor>>): number {
  return Object.values(tensors).reduce((sum, { data }) => sum + data.byteLength, 0);
}

/**
 * Points and labels of several prompts as rectangular arrays; shorter prompts are padded with (0, 0), label −1. With
 * `padClicks` each prompt without a box gets such a pad of its own, where a family's graph does not add it.
 */
export function packPoints(
  prompts: readonly FramePrompt[],
  padClicks: boolean,
): { count: number; coords: Float32Array; labels: Float32Array } {
  const lengths = prompts.map(({ labels }) => labels.length + (padClicks && !labels.includes(2) ? 1 : 0));
  const count = Math.max(1, ...lengths);
  const coords = new Float32Array(prompts.length * count * 2);
  const labels = new Float32Array(prompts.length * count).fill(-1);
  for (const [p, { points, labels: own }] of prompts.entries()) {
    for (const [n, point] of points.entries()) coords.set(point, (p * count + n) * 2);
    labels.set(own, p * count);
  }
  return { count, coords, labels };
}

/** Some of the candidates of each prompt: planes `from` to `to` of `[prompts, candidates, side, side]`. */
export function takeCandidates(all: DecodedMasks, from: number, to: number): DecodedMasks {
  const { prompts, candidates, side } = all;
  const [kept, plane] = [to - from, side * side];
  if (kept === candidates) return all;
  const logits = new Float32Array(prompts * kept * plane);
  const scores = new Float32Array(prompts * kept);
  for (let p = 0; p < prompts; p++) {
    const at = p * candidates + from;
    logits.set(all.logits.subarray(at * plane, (at + kept) * plane), p * kept * plane);
    scores.set(all.scores.subarray(at, at + kept), p * kept);
  }
  return { prompts, candidates: kept, side, logits, scores };
}
