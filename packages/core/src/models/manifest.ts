import * as v from 'valibot';
import { CutkitError } from '../errors.js';

const triple = v.tuple([v.number(), v.number(), v.number()]);

const file = v.object({
  /** A file beside the manifest… */
  path: v.optional(v.string()),
  /** …or where to fetch it, first choice first. Exactly one of the two is present. */
  url: v.optional(v.array(v.pipe(v.string(), v.url()))),
  /** Exact size; absent where the publisher states none. */
  bytes: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
  sha256: v.optional(v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))),
  /** The publisher's own pin, for files whose SHA-256 was never published. */
  md5: v.optional(v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/))),
});

/** One schema for every model that Cutkit runs: what the file is, how pixels go in, how alpha comes out. */
export const ManifestSchema = v.object({
  id: v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9._-]*$/)),
  title: v.string(),
  task: v.picklist(['matting', 'promptable']),
  /** The input/output convention; decides which adapter reads the outputs. */
  contract: v.picklist(['matting', 'cloth', 'sam']),
  files: v.record(v.string(), file),
  input: v.object({
    width: v.pipe(v.number(), v.integer(), v.minValue(1)),
    height: v.pipe(v.number(), v.integer(), v.minValue(1)),
    /** `stretch` ignores the aspect ratio; `letterbox` pads; `short-side` scales the short side to `height`, both floored to ×32. */
    resize: v.picklist(['stretch', 'letterbox', 'short-side']),
    filter: v.picklist(['box', 'bilinear', 'bicubic', 'lanczos', 'area']),
    /** What pixel values are divided by before mean and std: 255, or the largest value in the resized image (rembg). */
    scale: v.picklist([255, 'max']),
    mean: triple,
    std: triple,
    layout: v.picklist(['NCHW', 'NHWC']),
    /** True when the network takes any size, so large images may be tiled. */
    anySize: v.optional(v.boolean(), false),
  }),
  output: v.object({
    activation: v.picklist(['none', 'sigmoid', 'argmax']),
    /** `minmax` stretches the prediction to 0–1 as rembg does; `clamp` keeps its absolute meaning. */
    normalise: v.picklist(['minmax', 'clamp']),
    /** Filter for bringing the prediction back to the image's size. */
    filter: v.picklist(['box', 'bilinear', 'bicubic', 'lanczos', 'area']),
    /** Names of the classes of an argmax output, background first. */
    classes: v.optional(v.array(v.string())),
  }),
  /** SPDX identifier, or `unknown` / `non-commercial` with the note saying more. */
  licence: v.string(),
  licenceNote: v.optional(v.string()),
  trainingData: v.string(),
  source: v.string(),
  scores: v.optional(v.record(v.string(), v.number())),
});

/** A validated model manifest (`models/<id>/model.json`). */
export type Manifest = v.InferOutput<typeof ManifestSchema>;

/** One file of a model: local `path` or `url` list, with its exact size and SHA-256. */
export type ModelFile = Manifest['files'][string];

/** Validates what a `model.json` holds; `where` names it in the error. Throws `MODEL_MANIFEST` with the field at fault. */
export function parseManifest(json: unknown, where: string): Manifest {
  const result = v.safeParse(ManifestSchema, json);
  if (result.success) return result.output;
  const [issue] = result.issues;
  const field = v.getDotPath(issue) ?? 'the whole';
  throw new CutkitError(
    'MODEL_MANIFEST',
    `${where} is not a valid model manifest: ${field}: ${issue.message}`,
    'Compare it with models/unet-cutout/model.json.',
  );
}
