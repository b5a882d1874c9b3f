import { type Command, InvalidArgumentError } from 'commander';
import { FLIP } from './flip.js';
import { numbers, positive } from './numbers.js';

/** Adds `cutkit segment`. */
export function addSegment(program: Command, signal: AbortSignal): void {
  program
    .command('segment')
    .description('cut out what you point at, with a promptable model')
    .argument('[image]', 'picture file')
    .option(
      '--point <x,y[,label]>',
      'a click: label 1 on the subject (default), 0 on background; repeatable',
      addPoint,
    )
    .option('--box <x0,y0,x1,y1>', 'a box around the subject, in image pixels', box)
    .option('--mask-input <png>', 'a rough mask of the same size, to be refined with clicks or a box')
    .option(
      '--from-json <file>',
      'many images: [{"image", "points": [[x, y, label]], "box"}]; -o is a directory',
    )
    .option('--multimask', 'all candidates, best first, instead of the one answer')
    .option('--close-up', 'with --box: look again at what is around the box, for finer edges; embeds twice')
    .option('--no-close-up', 'with --box: do not (sam-tiny does unless told so, others do not)')
    .option(...FLIP)
    .option('--model <id|dir>', 'id of a promptable model or directory with model.json', 'sam-tiny')
    .option('-o, --out <png>', 'write the mask here; further candidates as NAME.2.png, NAME.3.png')
    .option('--overlay <png>', 'write the picture with mask, clicks and box drawn in')
    .option('--cutout <png>', 'write the best answer cut out of the picture, its colours untouched')
    .option('--soft', 'soft edges: closed-form matting in a band around the edge, for -o and --cutout')
    .option(
      '--radius <px>',
      'half the width of that band (default: 1 % of the long side, from 4 to 16)',
      positive,
    )
    .option('--json', 'print masks as COCO run lengths, with scores')
    .option('--max-megapixels <n>', 'refuse larger pictures', Number, 100)
    .option('--force', 'replace files that exist')
    .option('--offline', 'never fetch a model')
    .action(async (image: string | undefined, _options: unknown, command: Command) => {
      const { segment } = await import('../commands/segment.js');
      process.exitCode = await segment(image, command.optsWithGlobals(), signal);
    });
}

function addPoint(text: string, before: readonly number[][] = []): number[][] {
  const point = numbers(text, 2, 3, 'x,y or x,y,label');
  if (point.length === 3 && point[2] !== 0 && point[2] !== 1) {
    throw new InvalidArgumentError('The label is 1 (subject) or 0 (background).');
  }
  return [...before, point];
}

function box(text: string): number[] {
  return numbers(text, 4, 4, 'left,top,right,bottom');
}
