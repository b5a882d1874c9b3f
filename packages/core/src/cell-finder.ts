import { type Cell, cellsOf } from './cells/cell.js';
import { standardGrey } from './cells/grey.js';
import { labelCells } from './cells/label-cells.js';
import { predictCells } from './cells/predict-cells.js';
import { CutkitError } from './errors.js';
import { flatten } from './image/color.js';
import type { Manifest } from './models/manifest.js';
import { step } from './options.js';
import type { Backend, Session } from './runtime/session.js';
import type { Raster, WorkOptions } from './types.js';

/** How cells are looked for. */
export interface FindCellsOptions extends WorkOptions {
  /** Cells of fewer pixels are dropped. Default 12. */
  readonly smallest?: number;
}

/** The cells of one picture. */
export interface Cells {
  readonly width: number;
  readonly height: number;
  /** For each pixel, row-major, 1… the cell it is part of (`cells[label - 1]`), 0 for none. */
  readonly labels: Int32Array;
  readonly cells: readonly Cell[];
}

/** A cell network, ready for one picture after another. */
export interface CellFinder {
  readonly manifest: Manifest;
  readonly backend: Backend;
  /** Throws `BAD_OPTION` for a smallest cell that is no positive number. */
  find(image: Raster, options?: FindCellsOptions): Promise<Cells>;
  dispose(): Promise<void>;
}

const SMALLEST = 12;

/** Composes the stages of finding cells over an open session. The finder owns the session. */
export function createCellFinder(session: Session, manifest: Manifest): CellFinder {
  return {
    manifest,
    backend: session.backend,
    find: (image, options = {}) => find(session, image, options),
    dispose: () => session.dispose(),
  };
}

async function find(session: Session, image: Raster, options: FindCellsOptions): Promise<Cells> {
  const { width, height } = image;
  const { smallest = SMALLEST } = options;
  if (!(smallest > 0)) {
    throw new CutkitError(
      'BAD_OPTION',
      `The smallest cell has ${smallest} pixels.`,
      'Give a number of pixels above 0.',
    );
  }
  step(options, 'grey', 0, 1);
  const plane = standardGrey(flatten(image, [255, 255, 255]));
  const maps = await predictCells(session, plane, width, height, options);
  step(options, 'label', 0, 1);
  const found = labelCells(maps, width, height, smallest);
  const cells = cellsOf(found, maps, width, height);
  step(options, 'label', 1, 1);
  return { width, height, labels: found.labels, cells };
}
