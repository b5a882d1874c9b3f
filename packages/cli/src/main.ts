#!/usr/bin/env node
import { Command, CommanderError, Option } from 'commander';
import { type Failure, printFailure } from './output/print.js';
import { addAutomask } from './program/automask.js';
import { addCells } from './program/cells.js';
import { FLIP } from './program/flip.js';
import { positive, wholeNumber } from './program/numbers.js';
import { addSegment } from './program/segment.js';
import { version } from './version.js';

/** Options that every command has. */
export interface GlobalOptions {
  readonly backend: 'auto' | 'native' | 'wasm';
  readonly threads?: number;
  readonly modelsDir?: string;
  readonly baseUrl?: string;
  readonly quiet?: boolean;
}

const USAGE = 2;
const INTERRUPTED = 130;

function buildProgram(signal: AbortSignal): Command {
  const program = new Command('cutkit')
    .description('Cut anything out of pictures, offline, on your own machine.')
    .version(version)
    .showHelpAfterError('(add --help for the options)')
    .configureHelp({ showGlobalOptions: true })
    .exitOverride()
    .addOption(
      new Option('--backend <name>', 'where the network runs')
        .choices(['auto', 'native', 'wasm'])
        .default('auto'),
    )
    .option('--threads <n>', 'processor threads for the network', wholeNumber)
    .option('--models-dir <dir>', 'where pulled models are kept (env CUTKIT_MODELS_DIR)')
    .option('--base-url <url>', 'a mirror to fetch models from (env CUTKIT_MODELS_URL)')
    .option('--quiet', 'say nothing but failures');

  program
    .command('remove')
    .description('cut the subject out of pictures')
    .argument('<inputs...>', 'files, quoted globs, directories (their tree is kept), or - for stdin')
    .option(
      '-o, --out <path>',
      'file, directory, or - for stdout; default: beside each input as NAME.cutout.png',
    )
    .option('--model <id|path>', 'id of a model, directory with model.json, or .onnx file', 'unet-cutout')
    .addOption(
      new Option('--output <what>', 'what to write').choices(['cutout', 'mask', 'both']).default('cutout'),
    )
    .option('--bg <colour|image>', 'lay the subject on #rrggbb, #rrggbbaa, a name, or a picture')
    .addOption(new Option('--format <name>', 'of the cut-outs').choices(['png', 'webp']).default('png'))
    .option(
      '--detail <px>',
      'long side that the network sees, for the embedded model; above 1024 in tiles',
      wholeNumber,
    )
    .option(...FLIP)
    .option('--no-decontaminate', "leave the old background's colour in soft edges")
    .option('--jobs <n>', 'pictures at a time', wholeNumber, 2)
    .option('--max-megapixels <n>', 'refuse larger pictures', positive, 100)
    .option('--force', 'replace files that exist')
    .option('--watch', 'go on and cut files as they appear or change')
    .option('--offline', 'never fetch a model')
    .option('--json', 'print a report on stdout')
    .addHelpText('after', REMOVE_HELP)
    .action(async (inputs: string[], _options: unknown, command: Command) => {
      const { remove } = await import('./commands/remove.js');
      process.exitCode = await remove(inputs, command.optsWithGlobals(), signal);
    });

  addSegment(program, signal);
  addAutomask(program, signal);
  addCells(program, signal);

  const models = program.command('models').description('list, inspect, fetch and verify models');
  const model = async <Name extends 'list' | 'info' | 'pull' | 'verify'>(
    name: Name,
    id: string | undefined,
    command: Command,
  ) => {
    const { models: commands } = await import('./commands/models.js');
    process.exitCode = await commands[name](id, command.optsWithGlobals(), signal);
  };
  models
    .command('list')
    .description('every model: size, licence, whether it is on this machine')
    .option('--json', 'print the manifests')
    .action((_options: unknown, command: Command) => model('list', undefined, command));
  models
    .command('info <id>')
    .description("one model's recipe, licence and training data")
    .option('--json', 'print its manifest')
    .action((id: string, _options: unknown, command: Command) => model('info', id, command));
  models
    .command('pull <id>')
    .description('fetch a model; resumes, and verifies before it is used')
    .action((id: string, _options: unknown, command: Command) => model('pull', id, command));
  models
    .command('verify [id]')
    .description('hash one model, or every local one, against its manifest')
    .action((id: string | undefined, _options: unknown, command: Command) => model('verify', id, command));

  program
    .command('demo [photo]', { hidden: true })
    .description('cut the sample picture, or yours, into cutkit-out/')
    .action(async (photo: string | undefined, _options: unknown, command: Command) => {
      const { demo } = await import('./commands/demo.js');
      process.exitCode = await demo(photo, command.optsWithGlobals(), signal);
    });
  return program;
}

const REMOVE_HELP = `
An input is never overwritten. A file that exists is replaced only with --force, or when an
earlier run of the same batch made it. An interrupted batch resumes where it stopped.
Exit: 0 all done, 1 some inputs failed (the others are done), 2 wrong usage, 130 interrupted.`;

async function main(): Promise<void> {
  const controller = new AbortController();
  // `on`, not `once`: while this listener stands, libraries that clean up at exit leave the signal to it.
  process.on('SIGINT', () => {
    if (controller.signal.aborted) process.exit(INTERRUPTED);
    controller.abort(new Error('interrupted'));
  });
  try {
    await buildProgram(controller.signal).parseAsync();
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : USAGE;
    } else {
      printFailure(error as Failure);
      process.exitCode = controller.signal.aborted ? INTERRUPTED : isUsage(error) ? USAGE : 1;
    }
  }
  // WASM threads and file watchers would keep the process alive.
  process.exit();
}

function isUsage(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'BAD_OPTION';
}

await main();
