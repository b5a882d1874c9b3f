import { type ComparedRecord, compareRecords, type Instance } from '@cutkit/datasets';
import * as vscode from 'vscode';
import type { ClassView, InstanceView } from '../../protocol/editor.js';
import { instanceView } from '../document/instance-view.js';

/** Right, invented, missed: told apart by colour-blind eyes too. */
const COLOURS = { match: [46, 160, 67], extra: [230, 97, 0], missed: [31, 119, 220] } as const;

/** How two annotations of one image agree, as classes and instances that an editor can show. */
export function comparisonView(
  truth: ComparedRecord,
  prediction: ComparedRecord,
): { classes: ClassView[]; instances: InstanceView[]; sentences: string[] } {
  const { matches, extra, missed } = compareRecords(truth, prediction);
  const show = (instance: Instance, side: ComparedRecord, classIndex: number, note: string): InstanceView => {
    const name = side.classes[instance.classIndex]?.name ?? vscode.l10n.t('unknown class');
    const view = instanceView(instance, truth.record);
    return { ...view, key: `${classIndex}-${instance.key}`, classIndex, note: `${name}${note}` };
  };
  const instances = [
    ...matches.map(({ prediction: instance, iou }) =>
      show(instance, prediction, 0, ` · IoU ${iou.toFixed(2)}`),
    ),
    ...extra.map((instance) => show(instance, prediction, 1, '')),
    ...missed.map((instance) => show(instance, truth, 2, '')),
  ];
  const meanIou = matches.reduce((sum, { iou }) => sum + iou, 0) / Math.max(1, matches.length);
  return {
    classes: [
      { index: 0, name: vscode.l10n.t('In both (TP)'), colour: COLOURS.match },
      { index: 1, name: vscode.l10n.t('Only in the second (FP)'), colour: COLOURS.extra },
      { index: 2, name: vscode.l10n.t('Only in the first (FN)'), colour: COLOURS.missed },
    ],
    instances,
    sentences: [
      vscode.l10n.t(
        '{0} in both, {1} only in the second, {2} only in the first; mean IoU {3}.',
        matches.length,
        extra.length,
        missed.length,
        meanIou.toFixed(3),
      ),
      vscode.l10n.t('Instances of the same class meet where they overlap by half or more.'),
    ],
  };
}
