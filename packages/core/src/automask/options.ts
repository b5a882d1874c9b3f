import { CutkitError } from '../errors.js';
import { nearest } from '../models/nearest.js';

/** Points of one crop layer, each x and y as a share of the crop, 0–1. */
export type PointGrid = readonly (readonly [x: number, y: number])[];

/** How masks leave: a byte a pixel, COCO's run lengths, or those as COCO's text. */
export type OutputMode = 'binary_mask' | 'uncompressed_rle' | 'coco_rle';

/** Segment Anything's `SamAutomaticMaskGenerator`, every hyperparameter, with its defaults. */
export interface AutomaskOptions {
  /** Points along one side of the image's grid; `null` with {@link pointGrids}. Default 32. */
  readonly pointsPerSide: number | null;
  /** Points that the network decodes at a time, at most; it gets no more than 16. Never changes the result. Default 64. */
  readonly pointsPerBatch: number;
  /** Candidates whose predicted IoU is not above this are dropped, 0–1. Default 0.88. */
  readonly predIouThresh: number;
  /** Candidates whose stability is below this are dropped, 0–1. Default 0.95. */
  readonly stabilityScoreThresh: number;
  /** By how much the threshold is shifted to measure stability. Default 1. */
  readonly stabilityScoreOffset: number;
  /** Logits above this are the mask. Default 0. */
  readonly maskThreshold: number;
  /** Of two boxes of one crop that overlap more than this, the worse goes, IoU 0–1. Default 0.7. */
  readonly boxNmsThresh: number;
  /** Layers of crops beyond the whole image; layer i has (2^i)² crops. Default 0. */
  readonly cropNLayers: number;
  /** As {@link boxNmsThresh}, between crops. Default 0.7. */
  readonly cropNmsThresh: number;
  /** By how much crops overlap, as a share of the image's short side. Default 512 / 1500. */
  readonly cropOverlapRatio: number;
  /** Layer i has points per side divided by this to the i-th. Default 1. */
  readonly cropNPointsDownscaleFactor: number;
  /** Points of one's own, one grid a layer, instead of {@link pointsPerSide}. Default null. */
  readonly pointGrids: readonly PointGrid[] | null;
  /** Holes and islands of fewer pixels are removed; 0 leaves them. Default 0. */
  readonly minMaskRegionArea: number;
  readonly outputMode: OutputMode;
  /** Feed each candidate's logits back once before it is judged (SAM 2). Default false. */
  readonly useM2m: boolean;
  /** Three candidates a point; else the single mask. Default true. */
  readonly multimaskOutput: boolean;
  /**
   * Not in the official code: ask a sixteenth of the points first, and of the others only those on which no mask lies yet.
   * Fewer runs of the decoder for nearly the same masks. Default false.
   */
  readonly fast: boolean;
}

/** The official defaults. */
export const AUTOMASK_DEFAULTS: AutomaskOptions = {
  pointsPerSide: 32,
  pointsPerBatch: 64,
  predIouThresh: 0.88,
  stabilityScoreThresh: 0.95,
  stabilityScoreOffset: 1,
  maskThreshold: 0,
  boxNmsThresh: 0.7,
  cropNLayers: 0,
  cropNmsThresh: 0.7,
  cropOverlapRatio: 512 / 1500,
  cropNPointsDownscaleFactor: 1,
  pointGrids: null,
  minMaskRegionArea: 0,
  outputMode: 'binary_mask',
  useM2m: false,
  multimaskOutput: true,
  fast: false,
};

const OUTPUT_MODES: readonly string[] = ['binary_mask', 'uncompressed_rle', 'coco_rle'];

/** The range of each number: lowest, highest, and whether it must be whole. */
const RANGES: Partial<Record<keyof AutomaskOptions, readonly [low: number, high: number, whole: boolean]>> = {
  pointsPerSide: [1, 1024, true],
  pointsPerBatch: [1, 65536, true],
  predIouThresh: [0, 1, false],
  stabilityScoreThresh: [0, 1, false],
  stabilityScoreOffset: [0, 100, false],
  maskThreshold: [-100, 100, false],
  boxNmsThresh: [0, 1, false],
  cropNLayers: [0, 5, true],
  cropNmsThresh: [0, 1, false],
  cropOverlapRatio: [0, 1, false],
  cropNPointsDownscaleFactor: [1, 1024, true],
  minMaskRegionArea: [0, 1e9, true],
};

/**
 * The options given, over the defaults. Throws `BAD_OPTION` for an option that does not exist (with the nearest that
 * does), a value out of range, and `pointsPerSide` beside `pointGrids`, of which exactly one may be given.
 */
export function resolveAutomask(given: Partial<AutomaskOptions> = {}): AutomaskOptions {
  for (const name of Object.keys(given)) {
    if (name in AUTOMASK_DEFAULTS) continue;
    const near = nearest(name, Object.keys(AUTOMASK_DEFAULTS));
    refuse(`There is no option "${name}".`, near ? `Did you mean "${near}"?` : 'See AutomaskOptions.');
  }
  const entries = Object.entries(given).filter(([, value]) => value !== undefined);
  const own = given.pointGrids != null && given.pointsPerSide === undefined ? { pointsPerSide: null } : {};
  const options = { ...AUTOMASK_DEFAULTS, ...own, ...Object.fromEntries(entries) } as AutomaskOptions;
  if ((options.pointsPerSide === null) === (options.pointGrids === null)) {
    refuse(
      'Exactly one of pointsPerSide and pointGrids says where the points are.',
      'Leave one out, or set it to null.',
    );
  }
  for (const [name, range] of Object.entries(RANGES))
    checkRange(name, options[name as keyof AutomaskOptions], range);
  if (!OUTPUT_MODES.includes(options.outputMode)) {
    refuse(`outputMode is "${options.outputMode}".`, `Choose one of ${OUTPUT_MODES.join(', ')}.`);
  }
  checkGrids(options);
  return options;
}

function checkRange(
  name: string,
  value: unknown,
  [low, high, whole]: readonly [number, number, boolean],
): void {
  if (value === null && name === 'pointsPerSide') return;
  const fits =
    typeof value === 'number' && value >= low && value <= high && (!whole || Number.isInteger(value));
  if (!fits)
    refuse(`${name} is ${String(value)}.`, `Give a ${whole ? 'whole ' : ''}number from ${low} to ${high}.`);
}

function checkGrids({ pointGrids, cropNLayers }: AutomaskOptions): void {
  if (pointGrids === null) return;
  if (
    !Array.isArray(pointGrids) ||
    !pointGrids.every((grid) => Array.isArray(grid) && grid.every(Array.isArray))
  ) {
    refuse('pointGrids is no list of grids.', 'Give [[[x, y], …], …], one grid a layer.');
  }
  if (pointGrids.length <= cropNLayers) {
    refuse(
      `pointGrids has ${pointGrids.length} grids, but there are ${cropNLayers + 1} layers.`,
      'Give one grid for the image and one for each layer of crops.',
    );
  }
  const outside = pointGrids.flat().find((point) => !point.every((value) => value >= 0 && value <= 1));
  if (outside) refuse(`The grid point [${outside.join(', ')}] is not in 0–1.`, 'Give shares of the crop.');
}

function refuse(message: string, hint: string): never {
  throw new CutkitError('BAD_OPTION', message, hint);
}
