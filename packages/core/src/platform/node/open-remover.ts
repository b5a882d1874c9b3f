import { checkTask } from '../../models/registry.js';
import { createRemover, type Remover } from '../../remover.js';
import { type NodeBackend, openNode } from './open-node.js';
import { type ModelSourceOptions, resolveModel } from './resolve-model.js';

/** The model that ships inside the package and needs no download. */
export const EMBEDDED_MODEL = 'unet-cutout';

/** Which model to open, where to find it and where to run it. */
export interface OpenRemoverOptions extends ModelSourceOptions {
  /** Id from the catalogue, directory with `model.json`, or `.onnx` file. Default {@link EMBEDDED_MODEL}. */
  readonly model?: string | undefined;
  /** Default `auto`: native ONNX Runtime when it is installed and starts, else WASM. */
  readonly backend?: NodeBackend | undefined;
  /** CPU threads for the network. Default: the runtime's own choice. */
  readonly threads?: number | undefined;
}

/** Opens a model, pulling it first when it is neither embedded nor in the local store. Dispose of the result. */
export async function openRemover(options: OpenRemoverOptions = {}): Promise<Remover> {
  const { model = EMBEDDED_MODEL, backend = 'auto', threads, onNotice } = options;
  const { manifest, read } = await resolveModel(model, options);
  checkTask(manifest, 'matting');
  const session = await openNode(
    await read('model'),
    backend,
    threads === undefined ? {} : { threads },
    onNotice,
  );
  return createRemover(session, manifest);
}
