import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cropBoxes, isNearCropEdge } from '../../src/automask/crops.js';
import { layerGrids, pointGrid } from '../../src/automask/grid.js';
import { nms } from '../../src/automask/nms.js';
import { resolveAutomask } from '../../src/automask/options.js';

const FILE = new URL('../../../../../shared/goldens/amg_utils.json', import.meta.url);

describe('pointGrid', () => {
  it('puts points in the middle of cells, x fastest', () => {
    expect(pointGrid(2)).toEqual([
      [0.25, 0.25],
      [0.75, 0.25],
      [0.25, 0.75],
      [0.75, 0.75],
    ]);
    expect(pointGrid(1)).toEqual([[0.5, 0.5]]);
  });
});

describe('cropBoxes', () => {
  it('is the whole image, then overlapping parts, x outer', () => {
    expect(cropBoxes(1440, 1096, 1, 512 / 1500)).toEqual([
      { x0: 0, y0: 0, x1: 1440, y1: 1096, layer: 0 },
      { x0: 0, y0: 0, x1: 907, y1: 735, layer: 1 },
      { x0: 0, y0: 361, x1: 907, y1: 1096, layer: 1 },
      { x0: 533, y0: 0, x1: 1440, y1: 735, layer: 1 },
      { x0: 533, y0: 361, x1: 1440, y1: 1096, layer: 1 },
    ]);
  });
});

describe('nms', () => {
  it('keeps the best of what overlaps, ties in the order given', () => {
    const boxes = [
      [0, 0, 10, 10],
      [1, 0, 11, 10],
      [50, 50, 60, 60],
      [50, 50, 60, 60],
    ] as const;
    expect(nms(boxes, [0.8, 0.9, 0.5, 0.5], 0.7)).toEqual([1, 2]);
    expect(nms(boxes, [0.8, 0.9, 0.5, 0.5], 0.9)).toEqual([1, 0, 2]);
  });

  it('never drops empty boxes for each other: 0 / 0 is above nothing', () => {
    expect(
      nms(
        [
          [3, 3, 3, 3],
          [3, 3, 3, 3],
        ],
        [1, 1],
        0,
      ),
    ).toEqual([0, 1]);
  });
});

describe('resolveAutomask', () => {
  it.each([
    [{ pointsPerSid: 3 }, 'Did you mean "pointsPerSide"?'],
    [{ points_per_side: 3 }, 'Did you mean "pointsPerSide"?'],
    [{ predIouThresh: 1.2 }, 'from 0 to 1'],
    [{ predIouThresh: Number.NaN }, 'from 0 to 1'],
    [{ minMaskRegionArea: -4 }, 'from 0'],
    [{ pointsPerSide: 2.5 }, 'whole number'],
    [{ pointsPerSide: 8, pointGrids: [[[0.5, 0.5]]] }, 'Leave one out'],
    [{ pointGrids: [[[0.5, 1.5]]] }, 'shares of the crop'],
    [{ pointGrids: [[[0.5, 0.5]]], cropNLayers: 1 }, 'one grid for the image'],
    [{ pointGrids: [[0.5, 0.5]] }, 'one grid a layer'],
    [{ outputMode: 'rle' }, 'coco_rle'],
  ])('refuses %j', (given, hint) => {
    expect(() => resolveAutomask(given as object)).toThrow(
      expect.objectContaining({ code: 'BAD_OPTION', hint: expect.stringContaining(hint) }),
    );
  });

  it('takes grids instead of points per side', () => {
    expect(resolveAutomask({ pointGrids: [[[0.5, 0.5]]] }).pointsPerSide).toBeNull();
  });
});

describe.runIf(existsSync(FILE))('against the official utilities', () => {
  const goldens = existsSync(FILE) ? JSON.parse(readFileSync(FILE, 'utf8')) : {};

  it('point grids', () => {
    for (const [side, grid] of Object.entries(goldens.pointGrid))
      expect(pointGrid(Number(side))).toEqual(grid);
    for (const { n, layers, scale, counts } of goldens.layerGrids) {
      const options = { pointsPerSide: n, cropNLayers: layers, cropNPointsDownscaleFactor: scale };
      expect(layerGrids(resolveAutomask(options)).map((grid) => grid.length)).toEqual(counts);
    }
  });

  it('crops', () => {
    for (const { width, height, nLayers, overlapRatio, boxes, layers } of goldens.cropBoxes) {
      const crops = cropBoxes(width, height, nLayers, overlapRatio);
      expect(crops.map(({ x0, y0, x1, y1 }) => [x0, y0, x1, y1])).toEqual(boxes);
      expect(crops.map(({ layer }) => layer)).toEqual(layers);
    }
  });

  it('the edge filter', () => {
    const { cropBox, origBox, boxes, near, cases2 } = goldens.nearCropEdge;
    const crop = ([x0, y0, x1, y1]: number[]) => ({ x0: x0!, y0: y0!, x1: x1!, y1: y1! });
    const test = (box: number[]) => (of: number[]) => isNearCropEdge(of, crop(box), origBox[2], origBox[3]);
    expect(boxes.map(test(cropBox))).toEqual(near);
    expect(boxes.map(test(cases2.cropBox))).toEqual(cases2.near);
  });

  it('suppression order', () => {
    for (const { boxes, scores, threshold, iouThreshold, keep } of goldens.nms) {
      expect(nms(boxes, scores, threshold ?? iouThreshold)).toEqual(keep);
    }
  });
});
