import { describe, expect, it } from 'vitest';
import { fit, pan, reveal, toImage, zoomAt } from '../src/webview/shared/view-transform.js';

const image = { width: 4000, height: 3000 };
const stage = { width: 832, height: 632 };

describe('the view', () => {
  it('fits the whole image in the middle', () => {
    const view = fit(image, stage);
    expect(view).toEqual({ scale: 0.2, x: 16, y: 16 });
  });

  it('enlarges small images by whole times', () => {
    expect(fit({ width: 64, height: 64 }, stage).scale).toBe(8);
  });

  it('zooms around a point that stays where it is', () => {
    const before = fit(image, stage);
    const at = toImage(before, 300, 200);
    const after = zoomAt(before, 3, 300, 200, image, stage);
    expect(toImage(after, 300, 200).x).toBeCloseTo(at.x);
    expect(toImage(after, 300, 200).y).toBeCloseTo(at.y);
  });

  it('never loses the image out of the stage', () => {
    const far = pan(fit(image, stage), 1e6, -1e6, image, stage);
    expect(far.x).toBeLessThan(stage.width);
    expect(far.y + image.height * far.scale).toBeGreaterThan(0);
  });

  it('moves just as far as it must to show a point', () => {
    const close = zoomAt(fit(image, stage), 5, 0, 0, image, stage);
    const there = reveal(close, 2000, 100, image, stage);
    expect(2000 * there.scale + there.x).toBeCloseTo(stage.width - 32);
    expect(reveal(there, 1999, 100, image, stage)).toEqual(there);
  });
});
