import { basename, dirname, extname, join } from 'node:path';
import {
  CutkitError,
  canvasOf,
  createPredictor,
  cutout,
  estimateForeground,
  maskOf,
  type PredictedMask,
  type Predictor,
  type Prompt,
  type PromptBox,
  type Raster,
  showBox,
  showMask,
  showPoints,
  withOwnAlpha,
} from '@cutkit/core';
import { encodeImage } from '@cutkit/core/node';
import type { GlobalOptions } from '../main.js';
import { createNotice, writeStdout } from '../output/print.js';
import { alphaOf, checkEdge, type EdgeOptions } from '../segment/answer-alpha.js';
import { reportOf } from '../segment/answer-report.js';
import { openImage } from '../segment/open-image.js';
import { openModel } from '../segment/open-model.js';
import { checkOutputs, writeOutput } from '../segment/write-output.js';

/** The options of `cutkit segment`. */
export interface SegmentCommandOptions extends GlobalOptions, EdgeOptions {
  readonly point?: readonly (readonly number[])[];
  readonly box?: readonly number[];
  readonly maskInput?: string;
  readonly fromJson?: string;
  readonly multimask?: boolean;
  readonly closeUp?: boolean;
  readonly flip?: boolean;
  readonly model: string;
  readonly out?: string;
  readonly overlay?: string;
  readonly cutout?: string;
  readonly json?: boolean;
  readonly maxMegapixels: number;
  readonly force?: boolean;
  readonly offline?: boolean;
}

/** `cutkit segment`: resolves to the exit code. */
export async function segment(
  path: string | undefined,
  options: SegmentCommandOptions,
  signal: AbortSignal,
): Promise<number> {
  if (options.fromJson !== undefined) {
    const { segmentMany } = await import('./segment-many.js');
    return segmentMany(options.fromJson, path, options, signal);
  }
  if (path === undefined) {
    throw new CutkitError('BAD_OPTION', 'No image is named.', 'Give a picture file, or --from-json.');
  }
  const { out, overlay, cutout: cut, json } = options;
  if (!out && !overlay && !cut && !json) {
    throw new CutkitError(
      'BAD_OPTION',
      'Nothing would be written.',
      'Give -o mask.png, --cutout, --overlay or --json.',
    );
  }
  checkEdge(options);
  if (options.closeUp && !options.box) {
    throw new CutkitError('BAD_OPTION', '--close-up looks at what is around a box.', 'Give --box too.');
  }
  const paths = [0, 1, 2].map((i) => candidatePath(out, i)).slice(0, options.multimask ? 3 : 1);
  checkOutputs([...paths, overlay, cut], { input: path, force: options.force ?? false });
  const notice = createNotice(options.quiet ?? false);
  const image = await openImage(path, options.maxMegapixels, notice);
  const predictor = createPredictor(await openModel({ ...options, signal, onNotice: notice }));
  try {
    await predictor.setImage(image.srgb, { signal });
    const prompt = await promptOf(options, predictor, notice);
    const { multimask = false, closeUp } = options;
    const answers = await predictor.predict(prompt, { multimask, closeUp, signal });
    for (const [i, answer] of answers.entries()) {
      const target = paths[i];
      if (target) await writeOutput(target, await encodeImage(await alphaOf(answer, predictor, options)));
    }
    if (cut && answers[0]) {
      const { raster, icc } = image;
      const alpha = withOwnAlpha(raster, await alphaOf(answers[0], predictor, options));
      await writeOutput(
        cut,
        await encodeImage(estimateForeground(raster, alpha, cutout(raster, alpha)), { icc }),
      );
    }
    if (overlay) await writeOutput(overlay, await encodeImage(drawOverlay(image.srgb, prompt, answers)));
    if (json) await writeStdout(`${JSON.stringify(reportOf(image.srgb, answers), null, 2)}\n`);
    return 0;
  } finally {
    await predictor.dispose();
  }
}

/** `mask.png`, `mask.2.png`, `mask.3.png`. */
function candidatePath(out: string | undefined, i: number): string | undefined {
  if (!out || i === 0) return out;
  return join(dirname(out), `${basename(out, extname(out))}.${i + 1}${extname(out)}`);
}

async function promptOf(
  { point = [], box, maskInput, maxMegapixels }: SegmentCommandOptions,
  predictor: Predictor,
  notice: (text: string) => void,
): Promise<Prompt> {
  const points = point.map(([x = 0, y = 0, label = 1]) => ({
    x,
    y,
    label: label === 0 ? (0 as const) : (1 as const),
  }));
  const prompt: Prompt = { points, ...(box ? { box: box as unknown as PromptBox } : {}) };
  if (!maskInput) return prompt;
  const { raster } = await openImage(maskInput, maxMegapixels, notice);
  const { width, height, channels, data } = raster;
  const grey = Uint8Array.from({ length: width * height }, (_, i) => (data[i * channels]! > 127 ? 1 : 0));
  return { ...prompt, mask: predictor.maskInput(maskOf(width, height, grey)) };
}

function drawOverlay(image: Raster, { points = [], box }: Prompt, [best]: readonly PredictedMask[]): Raster {
  const canvas = canvasOf(image);
  if (best) showMask(canvas, best.mask);
  if (box) showBox(canvas, box);
  showPoints(canvas, points);
  return canvas;
}
