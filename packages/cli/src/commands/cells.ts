import { basename } from 'node:path';
import { type Cell, type Cells, canvasOf, compressRle, encodeRle, showAnns } from '@cutkit/core';
import { encodeImage, openCellFinder } from '@cutkit/core/node';
import type { GlobalOptions } from '../main.js';
import { createNotice, writeStdout } from '../output/print.js';
import { cocoOf } from '../segment/coco.js';
import { type MaskContext, type MaskFormat, maskContent } from '../segment/mask-content.js';
import { openImage } from '../segment/open-image.js';
import { checkOutputs, writeOutput } from '../segment/write-output.js';

/** The options of `cutkit cells`. */
export interface CellsCommandOptions extends GlobalOptions {
  readonly model: string;
  readonly format: 'json' | 'coco' | MaskFormat;
  readonly tolerance: number;
  readonly smallest: number;
  readonly out?: string;
  readonly overlay?: string;
  readonly maxMegapixels: number;
  readonly force?: boolean;
  readonly offline?: boolean;
}

/** `cutkit cells`: resolves to the exit code. */
export async function cells(
  path: string,
  options: CellsCommandOptions,
  signal: AbortSignal,
): Promise<number> {
  const { out, overlay, format, tolerance, smallest } = options;
  checkOutputs([out, overlay], { input: path, force: options.force ?? false });
  const notice = createNotice(options.quiet ?? false);
  const { srgb } = await openImage(path, options.maxMegapixels, notice);
  const finder = await openCellFinder({ ...options, signal, onNotice: notice });
  const found = await finder.find(srgb, { signal, smallest }).finally(() => finder.dispose());
  if (overlay) {
    const canvas = canvasOf(srgb);
    showAnns(canvas, found.cells);
    await writeOutput(overlay, await encodeImage(canvas));
  }
  const content = await contentOf(format, found, { image: srgb, path, tolerance });
  await (out ? writeOutput(out, content) : writeStdout(content));
  if (!options.quiet) process.stderr.write(`${found.cells.length} cells\n`);
  return 0;
}

async function contentOf(
  format: CellsCommandOptions['format'],
  { width, height, cells: found }: Cells,
  context: MaskContext,
): Promise<Uint8Array | string> {
  if (format === 'json') return `${JSON.stringify({ width, height, cells: found.map(recordOf) })}\n`;
  if (format === 'coco') {
    return `${JSON.stringify(cocoOf(basename(context.path), context.image, found.map(recordOf), 'cell'))}\n`;
  }
  return maskContent(
    format,
    found.map(({ mask }) => mask),
    context,
  );
}

function recordOf({ mask, area, bbox, score }: Cell) {
  return { segmentation: compressRle(encodeRle(mask)), area, bbox, score: Number(score.toFixed(4)) };
}
