import type { CocoRle } from '@cutkit/core';
import type { ChangeStep, EditorPatch, InstanceView } from '../../protocol/editor.js';
import type { DrawnMask } from '../shared/drawn-mask.js';
import { runMaskOf } from '../shared/run-mask.js';

/**
 * What painted or segmented pixels will look like once the extension host has taken them in, to be shown until then; and
 * what takes that back. The host's own patch follows and is the last word.
 */
export function foresee(
  steps: readonly ChangeStep[],
  masks: ReadonlyMap<string, DrawnMask>,
): { readonly patch: EditorPatch; readonly undo: EditorPatch } {
  const shown: InstanceView[] = [];
  const before: InstanceView[] = [];
  const added: string[] = [];
  for (const step of steps) {
    if (step.type !== 'add' && step.type !== 'change') continue;
    if (step.shape?.kind !== 'pixels') continue;
    const { key, shape } = step;
    const old = masks.get(key)?.view;
    const { parts: _, ...facts } = old ?? { classIndex: step.classIndex ?? 0, crowd: false };
    shown.push({ ...facts, key, kind: 'pixels', mask: shape.mask, ...measured(shape.mask) });
    if (old) before.push(old);
    else added.push(key);
  }
  return { patch: { upsert: shown, remove: [] }, undo: { upsert: before, remove: added } };
}

function measured(mask: CocoRle): Pick<InstanceView, 'area' | 'box'> {
  const { area, bounds } = runMaskOf(mask);
  return { area, box: [bounds.x0, bounds.y0, bounds.x1 - bounds.x0, bounds.y1 - bounds.y0] };
}
