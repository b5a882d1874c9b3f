import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const SRC = fileURLToPath(new URL('../../packages/core/src/', import.meta.url));

/** Rooms in the order in which data flows. A file may import its own room and those before it, never those after. */
const ROOMS = [
  'root',
  'image',
  'preprocess',
  'session',
  'models',
  'matting',
  'encode',
  'decode',
  'prompt',
  'mask',
  'cells',
  'automask',
  'export',
  'compose',
  'runtime',
  'platform',
  'worker',
  'door',
];

const DOORS = new Set(['index.ts', 'node.ts', 'browser.ts', 'worker.ts']);
const ROOT = new Set(['types.ts', 'errors.ts', 'options.ts']);
/** Rooms that may touch what only one host has. */
const HOST_ROOMS = new Set(['runtime', 'platform', 'worker', 'door']);
const HOST_GLOBALS =
  /\b(?:document|window|process|Buffer|OffscreenCanvas|createImageBitmap|ImageData|navigator|require)\b(?=[.([])|from 'node:|from 'onnxruntime|from 'sharp'/;

function room(file: string): string {
  if (DOORS.has(file)) return 'door';
  if (ROOT.has(file)) return 'root';
  if (['remover.ts', 'answers.ts', 'predictor.ts', 'cell-finder.ts'].includes(file)) return 'compose';
  if (file === 'runtime/session.ts') return 'session';
  return file.split('/')[0] ?? '';
}

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.ts'));

function importsOf(file: string): string[] {
  const text = readFileSync(join(SRC, file), 'utf8');
  return [...text.matchAll(/from '(\.[^']+)'|import\('(\.[^']+)'\)/g)].map(([, a, b]) =>
    relative(SRC, resolve(SRC, dirname(file), a ?? b ?? ''))
      .replaceAll('\\', '/')
      .replace(/\.js$/, '.ts'),
  );
}

describe('the layering of packages/core/src', () => {
  it.each(files)('%s stands in a known room', (file) => {
    expect(ROOMS).toContain(room(file));
  });

  it.each(files)('%s imports only from its own room and those before it', (file) => {
    const own = ROOMS.indexOf(room(file));
    const later = importsOf(file).filter((target) => ROOMS.indexOf(room(target)) > own);
    expect(later).toEqual([]);
  });

  it.each(files.filter((file) => !HOST_ROOMS.has(room(file))))('%s touches no host', (file) => {
    const code = readFileSync(join(SRC, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
    expect(code.match(HOST_GLOBALS)?.[0]).toBeUndefined();
  });

  it.each(files)('%s stays within 250 lines', (file) => {
    const limit = file === 'models/catalogue.ts' ? Number.POSITIVE_INFINITY : 250;
    expect(readFileSync(join(SRC, file), 'utf8').split('\n').length).toBeLessThanOrEqual(limit);
  });
});

const DATASETS = fileURLToPath(new URL('../../packages/datasets/src/', import.meta.url));
/** JSON documents and byte windows are plain values there, so those two names say nothing. */
const NODE_OR_EDITOR =
  /\b(?:process|Buffer|OffscreenCanvas|createImageBitmap|navigator|require)\b(?=[.([])|from 'node:|from 'vscode/;
/** From what passes through to what stands on everything; `index.ts` is the door. */
const DATASET_ROOMS = [
  'sentences',
  'model',
  'text',
  'geometry',
  'png',
  'images',
  'edits',
  'formats',
  'detect',
  'tools',
  'index.ts',
];

const datasetFiles = readdirSync(DATASETS, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.ts'));

describe('the layering of packages/datasets/src', () => {
  it.each(datasetFiles)(
    '%s imports only from its own room and those before it, and touches no host',
    (file) => {
      const own = DATASET_ROOMS.indexOf(file.split('/')[0]!);
      expect(own).toBeGreaterThanOrEqual(0);
      const text = readFileSync(join(DATASETS, file), 'utf8');
      const targets = [...text.matchAll(/from '(\.[^']+)'/g)].map(([, target]) =>
        relative(DATASETS, resolve(DATASETS, dirname(file), target!)).replaceAll('\\', '/'),
      );
      const later = targets.filter((target) => DATASET_ROOMS.indexOf(target.split('/')[0]!) > own);
      expect(later).toEqual([]);
      expect(text.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '').match(NODE_OR_EDITOR)?.[0]).toBeUndefined();
      expect(text.split('\n').length).toBeLessThanOrEqual(250);
    },
  );
});

/** Rooms of the Figma plugin, and which of them each may import. `rpc` is the one way between the two halves. */
const PLUGIN_ROOMS: Readonly<Record<string, readonly string[]>> = {
  geometry: [],
  protocol: ['geometry'],
  rpc: [],
  edges: [],
  packing: [],
  png: [],
  outline: ['geometry', 'edges'],
  engine: ['geometry', 'edges', 'outline', 'packing', 'png'],
  main: ['geometry', 'protocol', 'rpc'],
  ui: ['geometry', 'protocol', 'rpc', 'edges', 'engine', 'packing'],
};
const PLUGIN = fileURLToPath(new URL('../../packages/figma-plugin/src/', import.meta.url));
const pluginFiles = readdirSync(PLUGIN, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => /\.tsx?$/.test(file));
const pluginRoom = (file: string) => file.split('/')[0]!.replace(/\.tsx?$/, '');

describe('the layering of packages/figma-plugin/src', () => {
  it.each(pluginFiles)('%s imports only what its room may, and stays within 250 lines', (file) => {
    const text = readFileSync(join(PLUGIN, file), 'utf8');
    const rooms = [...text.matchAll(/from '(\.[^']+)'/g)].map(([, path]) =>
      pluginRoom(
        relative(PLUGIN, resolve(PLUGIN, dirname(file), path!.replace(/\.js$/, ''))).replaceAll('\\', '/'),
      ),
    );
    const allowed = [pluginRoom(file), ...(PLUGIN_ROOMS[pluginRoom(file)] ?? [])];
    expect(rooms.filter((room) => !allowed.includes(room))).toEqual([]);
    expect(text.split('\n').length).toBeLessThanOrEqual(250);
  });

  it.each(pluginFiles.filter((file) => pluginRoom(file) === 'main'))(
    '%s knows no page and no pixels',
    (file) => {
      const text = readFileSync(join(PLUGIN, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
      expect(
        text.match(
          /\b(?:document|window|navigator|fetch|TextEncoder|URL|OffscreenCanvas)\b(?=[.([])|@cutkit/,
        ),
      ).toBeNull();
    },
  );

  it.each(pluginFiles.filter((file) => pluginRoom(file) !== 'main'))('%s never reaches for figma', (file) => {
    const text = readFileSync(join(PLUGIN, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
    expect(text.match(/\bfigma\./)).toBeNull();
  });
});
