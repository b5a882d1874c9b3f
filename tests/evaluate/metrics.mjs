/** Measures of one predicted alpha against the true one, both 0–255, as `cutkit_train.evaluate` takes them. */
export function measure(predicted, truth) {
  const [every, hits] = [new Float64Array(256), new Float64Array(256)];
  let [error, subject, both, either] = [0, 0, 0, 0];
  for (let i = 0; i < truth.length; i++) {
    const [p, t] = [predicted[i], truth[i]];
    const isSubject = t > 127;
    error += Math.abs(p - t);
    every[p]++;
    if (isSubject) {
      hits[p]++;
      subject++;
    }
    if (isSubject && p > 127) both++;
    if (isSubject || p > 127) either++;
  }
  const [precision, recall] = [new Float64Array(256), new Float64Array(256)];
  let [above, right] = [0, 0];
  for (let level = 255; level >= 0; level--) {
    above += every[level];
    right += hits[level];
    precision[255 - level] = right / Math.max(1, above);
    recall[255 - level] = right / Math.max(1, subject);
  }
  return { mae: error / truth.length / 255, precision, recall, iou: both / Math.max(1, either) };
}

/** Means of a set: maxF (β² = 0.3) of its mean precision and recall, MAE, IoU at one half. */
export function summarise(results) {
  const mean = (value) => results.reduce((sum, one) => sum + value(one), 0) / results.length;
  let maxf = 0;
  for (let level = 0; level < 256; level++) {
    const [p, r] = [mean((one) => one.precision[level]), mean((one) => one.recall[level])];
    maxf = Math.max(maxf, (1.3 * p * r) / (0.3 * p + r + 1e-9));
  }
  return { maxf, mae: mean((one) => one.mae), iou: mean((one) => one.iou) };
}
