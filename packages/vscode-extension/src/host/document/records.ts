import { CutkitError } from '@cutkit/core';
import type { ImageRecord } from '@cutkit/datasets';
import type * as vscode from 'vscode';
import { words } from '../words.js';
import type { AnnotationSource } from './annotation-source.js';
import type { FileState } from './plan-save.js';

/** The record of an image that has no annotations yet. */
export function emptyRecord({ path }: vscode.Uri): ImageRecord {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return { index: 0, name, width: 0, height: 0, instances: [], files: [], extra: {} };
}

/** Whether two readings of an image say the same, wherever in the file they say it. */
export function isSameRecord(a: ImageRecord, b: ImageRecord): boolean {
  return saidBy(a) === saidBy(b);
}

function saidBy({ instances, width, height }: ImageRecord): string {
  return JSON.stringify([
    width,
    height,
    instances.map(({ key, classIndex, shape, box, crowd, extra }) => [
      key,
      classIndex,
      shape,
      box,
      crowd,
      extra,
    ]),
  ]);
}

/** What a file holds that was just read. */
export function fileState(source: AnnotationSource | undefined): FileState {
  return {
    image: source?.index ?? 0,
    classes: source?.dataset.classes ?? [],
    instances: source?.record.instances ?? [],
    keys: new Map(),
  };
}

/** Why a save stops: someone else changed the same annotations. */
export function changedElsewhere({ path }: vscode.Uri): CutkitError {
  return new CutkitError(
    'DATASET_CHANGED',
    `The annotations of ${path.slice(path.lastIndexOf('/') + 1)} were changed by another program.`,
    'Keep yours, or load theirs.',
  );
}

/** What was recognised, and why it is read as it is. */
export function sentencesOf({ detection, dataset }: AnnotationSource): string[] {
  return [detection.reason, ...dataset.notes].map(words);
}
