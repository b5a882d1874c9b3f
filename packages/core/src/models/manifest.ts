import * as v from 'valibot';
import { CutkitError } from '../errors.js';
import type { Filter } from '../image/resize.js';

const CONTRACTS = [
  'matting',
  'cloth',
  'sam-batched',
  'sam-official',
  'sam-optimum',
  'sam2',
  'sam2-osam',
  'sam2-optimum',
  'hq-sam',
  'edge-sam',
  'efficient-sam',
  'unet-cells',
] as const;

/** One file of a model: local `path` or `url` list, with its exact size and hash. */
export interface ModelFile {
  /** A file beside the manifest… */
  readonly path?: string | undefined;
  /** …or where to fetch it, first choice first. */
  readonly url?: readonly string[] | undefined;
  /** Exact size; absent where the publisher states none. */
  readonly bytes?: number | undefined;
  readonly sha256?: string | undefined;
  /** The publisher's own pin, for files whose SHA-256 was never published. */
  readonly md5?: string | undefined;
}

/** A red, green, blue triple. */
type Triple = readonly [number, number, number];

/** How pixels become a tensor. */
export interface InputRecipe {
  readonly width: number;
  readonly height: number;
  /** `stretch` ignores the aspect ratio; `letterbox` keeps it; `short-side` scales the short side to `height`, both floored to ×32. */
  readonly resize: 'stretch' | 'letterbox' | 'short-side';
  readonly filter: Filter;
  /**
   * Shrink by a whole factor with `box` first, to no less than this many times the network's size, then with `filter`
   * (Pillow's `reducing_gap`): a large picture is read once instead of once a tap. Absent: one step, as references do.
   */
  readonly reducingGap?: number | undefined;
  /** What values are divided by before mean and std: 255, or the largest value in the resized picture (rembg). */
  readonly scale: 255 | 'max';
  readonly mean: Triple;
  readonly std: Triple;
  readonly layout: 'NCHW' | 'NHWC';
  /** True when the network takes any size, so that large pictures may be tiled. */
  readonly anySize: boolean;
}

/** How a tensor becomes alpha. */
export interface OutputRecipe {
  /** `none`: coverage as it is; `sigmoid`: logits; `argmax`: classes, background first. */
  readonly activation: 'none' | 'sigmoid' | 'argmax';
  /** `minmax` stretches the prediction to 0–1 as rembg does; `clamp` keeps its absolute meaning. */
  readonly normalise: 'minmax' | 'clamp';
  /** Coverage that counts as 0 and as 1: for `clamp`, what lies outside is cut off and the rest stretched over it. */
  readonly range: readonly [low: number, high: number];
  /** Filter for bringing the prediction back to the picture's size. */
  readonly filter: Filter;
  readonly classes?: readonly string[] | undefined;
}

/** One schema for every model that Cutkit runs (`models/<id>/model.json`): what the file is, how it is fed and read. */
export interface Manifest {
  readonly id: string;
  readonly title: string;
  readonly task: 'matting' | 'promptable' | 'cells';
  /** The input/output convention; decides which adapter reads the outputs. */
  readonly contract: (typeof CONTRACTS)[number];
  readonly files: Readonly<Record<string, ModelFile>>;
  readonly input: InputRecipe;
  readonly output: OutputRecipe;
  /** Whether a promptable model looks closely at boxes unless told not to: for networks that see little of small things. */
  readonly closeUp?: boolean | undefined;
  /** SPDX identifier, or `undeclared`; the note says what the identifier does not. */
  readonly licence: string;
  readonly licenceNote?: string | undefined;
  readonly trainingData: string;
  readonly source: string;
  /** Measured on held-out pictures, by name. */
  readonly scores?: Readonly<Record<string, number>> | undefined;
}

const triple = v.tuple([v.number(), v.number(), v.number()]);
const size = v.pipe(v.number(), v.integer(), v.minValue(1));
const filter = v.picklist(['box', 'bilinear', 'bicubic', 'lanczos', 'area']);

const file = v.pipe(
  v.object({
    path: v.optional(v.string()),
    url: v.optional(v.array(v.pipe(v.string(), v.url()))),
    bytes: v.optional(size),
    sha256: v.optional(v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))),
    md5: v.optional(v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/))),
  }),
  v.check(({ url, sha256, md5 }) => !url || Boolean(sha256 ?? md5), 'what is fetched needs a sha256 or md5'),
);

const schema: v.GenericSchema<unknown, Manifest> = v.object({
  id: v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9._-]*$/)),
  title: v.string(),
  task: v.picklist(['matting', 'promptable', 'cells']),
  contract: v.picklist(CONTRACTS),
  files: v.record(v.string(), file),
  input: v.object({
    width: size,
    height: size,
    resize: v.picklist(['stretch', 'letterbox', 'short-side']),
    filter,
    reducingGap: v.optional(v.pipe(v.number(), v.minValue(1))),
    scale: v.picklist([255, 'max']),
    mean: triple,
    std: triple,
    layout: v.picklist(['NCHW', 'NHWC']),
    anySize: v.optional(v.boolean(), false),
  }),
  output: v.object({
    activation: v.picklist(['none', 'sigmoid', 'argmax']),
    normalise: v.picklist(['minmax', 'clamp']),
    range: v.optional(v.tuple([v.number(), v.number()]), [0, 1]),
    filter,
    classes: v.optional(v.array(v.string())),
  }),
  closeUp: v.optional(v.boolean()),
  licence: v.string(),
  licenceNote: v.optional(v.string()),
  trainingData: v.string(),
  source: v.string(),
  scores: v.optional(v.record(v.string(), v.number())),
});

/** Validates what a `model.json` holds; `where` names it in the error. Throws `MODEL_MANIFEST` with the field at fault. */
export function parseManifest(json: unknown, where: string): Manifest {
  const result = v.safeParse(schema, json);
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw new CutkitError(
    'MODEL_MANIFEST',
    `${where} is not a valid model manifest: ${v.getDotPath(issue) ?? 'the whole'}: ${issue.message}`,
    'Compare it with models/unet-cutout/model.json.',
  );
}
