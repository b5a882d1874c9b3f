import { AUTOMASK_DEFAULTS } from '@cutkit/core';
import { type Command, Option } from 'commander';
import { FLIP } from './flip.js';
import { number } from './numbers.js';

/** What each hyperparameter does; their order is that of the help. */
const HYPERPARAMETERS = {
  pointsPerSide: 'points along one side of the grid',
  pointsPerBatch: 'points decoded at a time; changes speed, never the result',
  predIouThresh: 'drop candidates whose predicted IoU is not above this',
  stabilityScoreThresh: 'drop candidates less stable than this',
  stabilityScoreOffset: 'threshold shift that measures stability',
  maskThreshold: 'logits above this are the mask',
  boxNmsThresh: 'of overlapping masks drop the worse, above this IoU of boxes',
  cropNLayers: 'layers of crops, layer i having (2^i)² of them',
  cropNmsThresh: 'as --box-nms-thresh, between crops',
  cropOverlapRatio: 'overlap of crops, as a share of the short side',
  cropNPointsDownscaleFactor: 'divide the points per side by this for each layer',
  minMaskRegionArea: 'fill holes and drop islands of fewer pixels',
} as const;

/** Adds `cutkit automask`, with every hyperparameter in kebab-case. */
export function addAutomask(program: Command, signal: AbortSignal): void {
  const command = program
    .command('automask')
    .description('find masks for everything in a picture (SamAutomaticMaskGenerator)')
    .argument('<image>', 'picture file')
    .option('--model <id|dir>', 'id of a promptable model or directory with model.json', 'sam-tiny')
    .addOption(
      new Option(
        '--format <name>',
        'official records, a COCO data set, an index PNG, vector paths, YOLO or LabelMe',
      )
        .choices(['json', 'coco', 'png', 'svg', 'yolo', 'labelme'])
        .default('json'),
    )
    .option('-o, --out <file>', 'write here instead of stdout')
    .option('--tolerance <px>', 'how far outlines of svg, yolo and labelme may leave the pixels', number, 1)
    .option('--overlay <png>', 'write the picture with every mask tinted')
    .option('--outlines', 'in the overlay, a rim around each mask')
    .option('--ids', 'in the overlay, the number of each mask, in the order of the records')
    .option('--legend', 'in the overlay, colours with numbers and predicted IoU at the right')
    .option('--point-grids <json>', 'file with grids of points of your own, 0–1, one a layer')
    .option('--fast', 'ask a sixteenth of the points first, then only where no mask lies yet')
    .option(...FLIP)
    .option('--use-m2m', "feed each candidate's mask back once")
    .option('--no-multimask-output', 'one candidate a point instead of three');
  for (const [name, text] of Object.entries(HYPERPARAMETERS)) {
    const value = AUTOMASK_DEFAULTS[name as keyof typeof HYPERPARAMETERS];
    const kebab = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    command.option(`--${kebab} <n>`, `${text} (default: ${Number(Number(value).toFixed(4))})`, number);
  }
  command
    .option('--stub', 'the closed-form stand-in instead of a network, for conformance')
    .option('--max-megapixels <n>', 'refuse larger pictures', Number, 100)
    .option('--force', 'replace files that exist')
    .option('--offline', 'never fetch a model')
    .action(async (image: string, _options: unknown, own: Command) => {
      const { automask } = await import('../commands/automask.js');
      process.exitCode = await automask(image, own.optsWithGlobals(), Object.keys(HYPERPARAMETERS), signal);
    });
}
