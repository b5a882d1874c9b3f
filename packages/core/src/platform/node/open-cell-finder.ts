import { type CellFinder, createCellFinder } from '../../cell-finder.js';
import { checkTask } from '../../models/registry.js';
import { openNode } from './open-node.js';
import type { OpenRemoverOptions } from './open-remover.js';
import { resolveModel } from './resolve-model.js';

/** The cell network that ships inside the package and needs no download. */
export const EMBEDDED_CELL_MODEL = 'unet-cells';

/** Opens a cell network. Dispose of the result. */
export async function openCellFinder(options: OpenRemoverOptions = {}): Promise<CellFinder> {
  const { model = EMBEDDED_CELL_MODEL, backend = 'auto', threads, onNotice } = options;
  const { manifest, read } = await resolveModel(model, options);
  checkTask(manifest, 'cells');
  const runtime = threads === undefined ? {} : { threads };
  return createCellFinder(await openNode(await read('model'), backend, runtime, onNotice), manifest);
}
