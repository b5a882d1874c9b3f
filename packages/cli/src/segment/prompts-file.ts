import { dirname, resolve } from 'node:path';
import { CutkitError, type Prompt } from '@cutkit/core';
import { readJson } from './read-json.js';

/** One line of work from a file of prompts. */
export interface ImagePrompt {
  /** As it is written in the file. */
  readonly name: string;
  /** Resolved against the file's own directory. */
  readonly path: string;
  readonly prompt: Prompt;
}

const FORM = '[{"image": "a.jpg", "points": [[x, y, label]], "box": [x0, y0, x1, y1]}]';

interface Entry {
  readonly image?: unknown;
  readonly points?: unknown;
  readonly box?: unknown;
}

/**
 * Reads `[{"image": "a.jpg", "points": [[x, y, label], …], "box": [x0, y0, x1, y1]}, …]`. Throws `BAD_OPTION` that names the
 * entry at fault.
 */
export async function readPrompts(file: string): Promise<ImagePrompt[]> {
  const entries = await readJson(file, FORM);
  if (!Array.isArray(entries)) refuse(`${file} holds no list.`);
  return (entries as Entry[]).map((entry, i) => {
    const { image, points = [], box } = entry ?? {};
    const where = `Entry ${i + 1} of ${file}`;
    if (typeof image !== 'string') refuse(`${where} names no image.`);
    if (!isList(points, (point) => isNumbers(point, 2, 3)))
      refuse(`${where} has points that are not [x, y] or [x, y, label].`);
    if (box !== undefined && !isNumbers(box, 4, 4))
      refuse(`${where} has a box that is not [x0, y0, x1, y1].`);
    const clicks = points.map(([x = 0, y = 0, label = 1]) => ({
      x,
      y,
      label: label === 0 ? (0 as const) : (1 as const),
    }));
    const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = box ?? [];
    const prompt: Prompt = { points: clicks, ...(box ? { box: [x0, y0, x1, y1] as const } : {}) };
    return { name: image, path: resolve(dirname(file), image), prompt };
  });
}

function isNumbers(value: unknown, low: number, high: number): value is number[] {
  return Array.isArray(value) && value.length >= low && value.length <= high && value.every(Number.isFinite);
}

function isList<T>(value: unknown, test: (one: unknown) => one is T): value is T[] {
  return Array.isArray(value) && value.every(test);
}

function refuse(message: string): never {
  throw new CutkitError('BAD_OPTION', message, `Give ${FORM}.`);
}
