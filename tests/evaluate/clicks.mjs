/** The embedded promptable model, asked by simulated users, as `cutkit_train.evaluate.clicks` does. */
import { join } from 'node:path';
import { createPredictor, findManifest, pixelsOf, withFlip } from '@cutkit/core';
import { decodeImage, openPromptModel } from '@cutkit/core/node';
import { readLabels, readPack, VOID } from './packs.mjs';
import { drawnBox, iouOf, nextClick, noiseOf, things } from './users.mjs';

const SETS = { bsds500: 'bsds500', dsb2018: 'nuclei' };
const REPORTED = [1, 3, 5];
const MOST = 20;

/** Scores by name, and the model's manifest; with `flip` as `--flip` answers. */
export async function evaluateClicks(data, flip) {
  const pack = await readPack(join(data, 'eval_interactive_dev.tar'));
  const model = await openPromptModel();
  const predictor = createPredictor(flip ? withFlip(model) : model);
  const sets = new Map();
  for (const [number, row] of pack.rows.entries()) {
    const { srgb } = await decodeImage(pack.read(row, 'image'));
    await predictor.setImage(srgb);
    const labels = await readLabels(pack, row);
    for (const id of things(labels, VOID)) {
      const thing = {
        width: labels.width,
        height: labels.height,
        truth: Uint8Array.from(labels.data, (value) => (value === id ? 1 : 0)),
        unknown: Uint8Array.from(labels.data, (value) => (value === VOID ? 1 : 0)),
      };
      const noise = noiseOf(number * 1000 + id);
      const scores = await clicked(predictor, thing, MOST);
      const moved = await clicked(predictor, thing, Math.max(...REPORTED), noise);
      for (const n of REPORTED) scores[`jittered${n}`] = moved[`iou${n}`];
      const prompt = { box: drawnBox(thing, noise) };
      for (const [name, closeUp] of [
        ['box', false],
        ['closeup', true],
      ]) {
        const [answer] = await predictor.predict(prompt, { multimask: false, closeUp });
        scores[name] = iouOf(thing, pixelsOf(answer.mask));
      }
      const name = SETS[row.src] ?? 'objects';
      sets.set(name, [...(sets.get(name) ?? []), scores]);
    }
  }
  const manifest = findManifest(predictor.model.id);
  await predictor.dispose();
  return { manifest, scores: means(sets) };
}

async function clicked(predictor, thing, most, noise) {
  let found = new Uint8Array(thing.truth.length);
  let mask;
  const [points, ious, result] = [[], [], {}];
  for (let n = 1; n <= most; n++) {
    points.push(nextClick(thing, found, noise));
    const prompt = { points, ...(mask ? { mask } : {}) };
    const [answer] = await predictor.predict(prompt, { multimask: false });
    found = pixelsOf(answer.mask);
    mask = answer.logits;
    ious.push(iouOf(thing, found));
    if (n === 1) {
      const candidates = (await predictor.predict({ points })).map((one) => iouOf(thing, pixelsOf(one.mask)));
      Object.assign(result, { best1: candidates[0], oracle1: Math.max(...candidates) });
    }
    if (n >= Math.max(...REPORTED) && Math.max(...ious) >= 0.9) break;
  }
  for (const n of REPORTED) result[`iou${n}`] = ious[n - 1];
  const reached = (goal) => ious.findIndex((iou) => iou >= goal) + 1 || most;
  return most === MOST ? { ...result, noc85: reached(0.85), noc90: reached(0.9) } : result;
}

/** The mean of each score of each set, keyed `objects_iou1`, … */
export function means(sets) {
  const scores = {};
  for (const [name, rows] of [...sets].sort()) {
    for (const key of Object.keys(rows[0])) {
      const sum = rows.reduce((total, row) => total + row[key], 0);
      scores[`${name}_${key}`] = Number((sum / rows.length).toFixed(3));
    }
  }
  return scores;
}
