import { type Command, Option } from 'commander';
import { number, positive } from './numbers.js';

/** Adds `cutkit cells`. */
export function addCells(program: Command, signal: AbortSignal): void {
  program
    .command('cells')
    .description('count the nuclei of a microscope picture and cut each out')
    .argument('<image>', 'picture file')
    .option('--model <id|dir>', 'id of a cell model or directory with model.json', 'unet-cells')
    .addOption(
      new Option(
        '--format <name>',
        'a list with run lengths, COCO, an index PNG, vector paths, YOLO or LabelMe',
      )
        .choices(['json', 'coco', 'png', 'svg', 'yolo', 'labelme'])
        .default('json'),
    )
    .option('-o, --out <file>', 'write here instead of stdout')
    .option('--overlay <png>', 'write the picture with every cell tinted')
    .option('--smallest <px>', 'drop cells of fewer pixels', positive, 12)
    .option('--tolerance <px>', 'how far outlines of svg, yolo and labelme may leave the pixels', number, 1)
    .option('--max-megapixels <n>', 'refuse larger pictures', positive, 100)
    .option('--force', 'replace files that exist')
    .option('--offline', 'never fetch a model')
    .action(async (image: string, _options: unknown, command: Command) => {
      const { cells } = await import('../commands/cells.js');
      process.exitCode = await cells(image, command.optsWithGlobals(), signal);
    });
}
