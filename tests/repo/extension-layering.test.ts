import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const SRC = fileURLToPath(new URL('../../packages/vscode-extension/src/', import.meta.url));

/** What a place may import of the others, besides itself. */
const PLACES: Readonly<Record<string, readonly string[]>> = {
  protocol: [],
  engine: ['protocol'],
  pixels: ['protocol', 'engine'],
  webview: ['protocol', 'pixels', 'engine'],
  host: ['protocol', 'engine'],
};
/** Files that may name Node: the door of Node's host, its thread, its downloads. */
const NODE = new Set(['extension.ts', 'engine/node-worker.ts', 'host/inference/node-models.ts']);

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.ts'));
const textOf = (file: string) => readFileSync(join(SRC, file), 'utf8');

describe('the places of packages/vscode-extension/src', () => {
  it.each(files.filter((file) => file.includes('/')))('%s imports only what its place may', (file) => {
    const place = file.split('/')[0]!;
    const up = '../'.repeat(file.split('/').length - 1);
    const others = [...textOf(file).matchAll(/from '((?:\.\.\/)+)(\w+)\//g)]
      .filter(([, dots]) => dots === up)
      .map(([, , target]) => target!)
      .filter((target) => target !== place);
    expect(others.filter((target) => !PLACES[place]!.includes(target))).toEqual([]);
  });

  it.each(files)('%s names VS Code only in the host, Node only behind its doors', (file) => {
    const text = textOf(file);
    if (!file.startsWith('host/') && !file.startsWith('extension')) expect(text).not.toMatch(/from 'vscode'/);
    if (!NODE.has(file)) expect(text).not.toMatch(/from 'node:|@cutkit\/core\/node/);
  });

  it.each(files)('%s stays within 250 lines', (file) => {
    expect(textOf(file).split('\n').length).toBeLessThanOrEqual(250);
  });
});
