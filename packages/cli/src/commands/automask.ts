import { basename } from 'node:path';
import {
  type AutomaskOptions,
  type CocoRle,
  CutkitError,
  canvasOf,
  createStandIn,
  decodeRle,
  expandRle,
  type MaskRecord,
  type Raster,
  automask as run,
  showAnns,
  showIds,
  withLegend,
} from '@cutkit/core';
import { encodeImage } from '@cutkit/core/node';
import type { GlobalOptions } from '../main.js';
import { createNotice, writeStdout } from '../output/print.js';
import { createBar } from '../output/progress.js';
import { cocoOf } from '../segment/coco.js';
import { type MaskFormat, maskContent } from '../segment/mask-content.js';
import { openImage } from '../segment/open-image.js';
import { openModel } from '../segment/open-model.js';
import { readJson } from '../segment/read-json.js';
import { checkOutputs, writeOutput } from '../segment/write-output.js';

/** The options of `cutkit automask`, beside the hyperparameters. */
export interface AutomaskCommandOptions extends GlobalOptions {
  readonly model: string;
  readonly format: 'json' | 'coco' | MaskFormat;
  readonly tolerance: number;
  readonly out?: string;
  readonly overlay?: string;
  readonly outlines?: boolean;
  readonly ids?: boolean;
  readonly legend?: boolean;
  readonly pointGrids?: string;
  readonly fast?: boolean;
  readonly flip?: boolean;
  readonly useM2m?: boolean;
  readonly multimaskOutput: boolean;
  readonly stub?: boolean;
  readonly maxMegapixels: number;
  readonly force?: boolean;
  readonly offline?: boolean;
}

const GRIDS = '[[[x, y], …], …], one grid a layer, 0–1';

/** `cutkit automask`: resolves to the exit code. `names` are the hyperparameters that are plain numbers. */
export async function automask(
  path: string,
  options: AutomaskCommandOptions,
  names: readonly string[],
  signal: AbortSignal,
): Promise<number> {
  const { out, overlay, outlines, ids, legend } = options;
  if (!overlay && (outlines || ids || legend)) {
    throw new CutkitError('BAD_OPTION', 'There is no overlay to draw on.', 'Give --overlay seen.png too.');
  }
  checkOutputs([out, overlay], { input: path, force: options.force ?? false });
  const notice = createNotice(options.quiet ?? false);
  const { srgb } = await openImage(path, options.maxMegapixels, notice);
  const given = await hyperparameters(options, names);
  const model = options.stub ? createStandIn() : await openModel({ ...options, signal, onNotice: notice });
  const bar = await createBar('points', options.quiet ?? false);
  const records: MaskRecord[] = [];
  try {
    const onProgress = ({ stage, done, total }: { stage: string; done: number; total: number }) => {
      if (stage === 'points') bar.update(done, total);
    };
    for await (const record of run(model, srgb, given, { signal, onProgress })) records.push(record);
  } finally {
    bar.stop();
    await model.dispose();
  }
  if (overlay) await writeOutput(overlay, await encodeImage(drawEverything(srgb, records, options)));
  const content = await contentOf(options, records, srgb, path);
  await (out ? writeOutput(out, content) : writeStdout(content));
  if (!options.quiet) process.stderr.write(`${records.length} masks\n`);
  return 0;
}

async function hyperparameters(
  options: AutomaskCommandOptions,
  names: readonly string[],
): Promise<Partial<AutomaskOptions>> {
  const values = options as unknown as Readonly<Record<string, unknown>>;
  const chosen = names.filter((name) => values[name] !== undefined).map((name) => [name, values[name]]);
  const grids = options.pointGrids ? { pointGrids: await readJson(options.pointGrids, GRIDS) } : {};
  const { fast = false, useM2m = false, multimaskOutput } = options;
  return { ...Object.fromEntries(chosen), ...grids, fast, useM2m, multimaskOutput, outputMode: 'coco_rle' };
}

async function contentOf(
  { format, tolerance }: AutomaskCommandOptions,
  records: readonly MaskRecord[],
  image: Raster,
  path: string,
): Promise<Uint8Array | string> {
  switch (format) {
    case 'json':
      return `${JSON.stringify(records)}\n`;
    case 'coco':
      return `${JSON.stringify(cocoOf(basename(path), image, records))}\n`;
    default:
      return maskContent(format, records.map(maskOfRecord), { image, path, tolerance });
  }
}

function drawEverything(
  image: Raster,
  records: readonly MaskRecord[],
  { outlines = false, ids, legend }: AutomaskCommandOptions,
): Raster {
  const canvas = canvasOf(image);
  const masks = records.map(maskOfRecord);
  showAnns(
    canvas,
    masks.map((mask, i) => ({ mask, area: records[i]!.area })),
    { outlines },
  );
  if (ids) showIds(canvas, masks);
  const scores = records.map(({ predicted_iou }) => predicted_iou);
  return legend ? withLegend(canvas, scores) : canvas;
}

function maskOfRecord({ segmentation }: MaskRecord): ReturnType<typeof decodeRle> {
  return decodeRle(expandRle(segmentation as CocoRle));
}
