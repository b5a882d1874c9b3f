import { createPromptModel } from '../../decode/create-prompt-model.js';
import { leanDecoder } from '../../decode/lean-decoder.js';
import type { PromptModel } from '../../decode/prompt-model.js';
import { checkTask } from '../../models/registry.js';
import { openNode } from './open-node.js';
import type { OpenRemoverOptions } from './open-remover.js';
import { resolveModel } from './resolve-model.js';

/** The promptable model that ships inside the package and needs no download. */
export const EMBEDDED_PROMPT_MODEL = 'sam-tiny';

/** Opens a promptable model for `createPredictor` and `automask`, pulling it first where it must be. Dispose of the result. */
export async function openPromptModel(options: OpenRemoverOptions = {}): Promise<PromptModel> {
  const { model = EMBEDDED_PROMPT_MODEL, backend = 'auto', threads, onNotice } = options;
  const { manifest, read, locate } = await resolveModel(model, options);
  checkTask(manifest, 'promptable');
  const runtime = threads === undefined ? {} : { threads };
  const encoder = await openNode(await read('encoder'), backend, runtime, onNotice, locate?.('encoder'));
  try {
    const lean = leanDecoder(await read('decoder'));
    return createPromptModel(
      { encoder, decoder: await openNode(lean, backend, runtime, onNotice) },
      manifest,
    );
  } catch (error) {
    await encoder.dispose();
    throw error;
  }
}
