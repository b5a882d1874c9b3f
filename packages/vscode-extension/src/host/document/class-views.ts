import { distinctColour, type Rgb } from '@cutkit/core';
import type { DatasetClass } from '@cutkit/datasets';
import * as vscode from 'vscode';
import type { ClassView } from '../../protocol/editor.js';

/** Classes with the colours that the user's settings, else the data set, else their place give them. */
export function classViews(classes: readonly DatasetClass[], scope: vscode.Uri): ClassView[] {
  const own = vscode.workspace
    .getConfiguration('cutkit', scope)
    .get<Record<string, string>>('classColors', {});
  return classes.map(({ index, name, colour }) => ({
    index,
    name,
    colour: parseColour(own[name]) ?? colour ?? distinctColour(index),
  }));
}

/** The classes that the settings offer where annotations name none. */
export function configuredClasses(scope: vscode.Uri): DatasetClass[] {
  const names = vscode.workspace.getConfiguration('cutkit', scope).get<string[]>('classes', ['object']);
  return names.map((name, index) => ({ index, id: name, name }));
}

/** `#rrggbb` as red, green, blue; undefined for anything else. */
function parseColour(text: string | undefined): Rgb | undefined {
  const digits = /^#([0-9a-f]{6})$/i.exec(text ?? '')?.[1];
  if (!digits) return undefined;
  const value = Number.parseInt(digits, 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}
