import { basename, extname, join } from 'node:path';
import { CutkitError, createPredictor, type Predictor } from '@cutkit/core';
import { encodeImage } from '@cutkit/core/node';
import { createNotice, failureLine, writeStdout } from '../output/print.js';
import { alphaOf, checkEdge } from '../segment/answer-alpha.js';
import { reportOf } from '../segment/answer-report.js';
import { openImage } from '../segment/open-image.js';
import { openModel } from '../segment/open-model.js';
import { type ImagePrompt, readPrompts } from '../segment/prompts-file.js';
import { checkOutputs, writeOutput } from '../segment/write-output.js';
import type { SegmentCommandOptions } from './segment.js';

/** `cutkit segment --from-json`: many images, each with its prompt. A failure is named and the others go on. */
export async function segmentMany(
  file: string,
  image: string | undefined,
  options: SegmentCommandOptions,
  signal: AbortSignal,
): Promise<number> {
  const { point, box, maskInput, overlay, cutout, out, json, quiet = false } = options;
  checkEdge(options);
  if (image !== undefined || point || box || maskInput || overlay || cutout) {
    throw new CutkitError(
      'BAD_OPTION',
      '--from-json names images and prompts itself.',
      'Leave the others out.',
    );
  }
  if (!out && !json)
    throw new CutkitError('BAD_OPTION', 'Nothing would be written.', 'Give -o directory or --json.');
  const work = await readPrompts(file);
  const notice = createNotice(quiet);
  const predictor = createPredictor(await openModel({ ...options, signal, onNotice: notice }));
  const reports: object[] = [];
  let failed = 0;
  try {
    for (const [i, one] of work.entries()) {
      try {
        reports.push({
          image: one.name,
          ...(await answer(predictor, one, target(out, one, i), options, signal)),
        });
      } catch (error) {
        signal.throwIfAborted();
        failed++;
        process.stderr.write(`${one.name}: ${failureLine(error)}\n`);
      }
    }
  } finally {
    await predictor.dispose();
  }
  if (json) await writeStdout(`${JSON.stringify(reports, null, 2)}\n`);
  if (!quiet) process.stderr.write(`${reports.length} done, ${failed} failed\n`);
  return failed > 0 ? 1 : 0;
}

/** `DIR/3-photo.mask.png`: numbered, since one image may be asked about twice. */
function target(out: string | undefined, { path }: ImagePrompt, i: number): string | undefined {
  return out && join(out, `${i + 1}-${basename(path, extname(path))}.mask.png`);
}

async function answer(
  predictor: Predictor,
  { path, prompt }: ImagePrompt,
  to: string | undefined,
  options: SegmentCommandOptions,
  signal: AbortSignal,
): Promise<object> {
  const { maxMegapixels, multimask = false, closeUp, force = false } = options;
  checkOutputs([to], { input: path, force });
  const { srgb } = await openImage(path, maxMegapixels, () => {});
  await predictor.setImage(srgb, { signal });
  const answers = await predictor.predict(prompt, { multimask, closeUp, signal });
  if (to && answers[0])
    await writeOutput(to, await encodeImage(await alphaOf(answers[0], predictor, options)));
  return reportOf(srgb, answers);
}
