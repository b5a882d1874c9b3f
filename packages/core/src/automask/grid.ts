import type { AutomaskOptions, PointGrid } from './options.js';

/** `side²` points in the middle of equal cells, x fastest (`build_point_grid`). */
export function pointGrid(side: number): PointGrid {
  const offset = 1 / (2 * side);
  // numpy's linspace: start + i · step, the end put in exactly.
  const step = (1 - offset - offset) / Math.max(1, side - 1);
  const at = (i: number) => (i === side - 1 && side > 1 ? 1 - offset : offset + i * step);
  return Array.from({ length: side * side }, (_, i) => [at(i % side), at(Math.floor(i / side))] as const);
}

/** One grid for the image and for each layer of crops (`build_all_layer_point_grids`). */
export function layerGrids(options: AutomaskOptions): readonly PointGrid[] {
  const { pointsPerSide, pointGrids, cropNLayers, cropNPointsDownscaleFactor } = options;
  if (pointGrids) return pointGrids;
  return Array.from({ length: cropNLayers + 1 }, (_, layer) =>
    pointGrid(Math.trunc(pointsPerSide! / cropNPointsDownscaleFactor ** layer)),
  );
}
