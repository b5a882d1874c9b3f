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
  if (['remover.ts', 'predictor.ts', 'cell-finder.ts'].includes(file)) return 'compose';
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
