/** The embedded cell model, as `cutkit_train.evaluate.cells` measures it. */
import { join } from 'node:path';
import { decodeImage, openCellFinder } from '@cutkit/core/node';
import { means } from './clicks.mjs';
import { readLabels, readPack, VOID } from './packs.mjs';

/** Scores by name, and the model's manifest. */
export async function evaluateCells(data) {
  const pack = await readPack(join(data, 'eval_interactive_dev.tar'));
  const finder = await openCellFinder();
  const results = [];
  for (const row of pack.rows.filter(({ src }) => src === 'dsb2018')) {
    const { srgb } = await decodeImage(pack.read(row, 'image'));
    const { labels } = await finder.find(srgb);
    results.push(compare(labels, (await readLabels(pack, row)).data));
  }
  await finder.dispose();
  return { manifest: finder.manifest, scores: means(new Map([['nuclei', results]])) };
}

function compare(found, truth) {
  const [ours, theirs, pairs] = [new Map(), new Map(), new Map()];
  const add = (map, key) => map.set(key, (map.get(key) ?? 0) + 1);
  let [both, either] = [0, 0];
  for (let i = 0; i < truth.length; i++) {
    if (truth[i] === VOID) continue;
    if (found[i]) add(ours, found[i]);
    if (truth[i]) add(theirs, truth[i]);
    if (found[i] && truth[i]) add(pairs, `${found[i]} ${truth[i]}`);
    if (found[i] && truth[i]) both++;
    if (found[i] || truth[i]) either++;
  }
  const overlaps = [...pairs].map(([key, size]) => {
    const [a, b] = key.split(' ').map(Number);
    return size / (ours.get(a) + theirs.get(b) - size);
  });
  // Above one half, a cell has at most one partner: no assignment is needed.
  const f1 = (least) =>
    (2 * overlaps.filter((iou) => iou > least).length) / Math.max(1, ours.size + theirs.size);
  return { iou: both / Math.max(1, either), f1_50: f1(0.5), f1_75: f1(0.75) };
}
