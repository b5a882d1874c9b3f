import { createPromptModel } from '../../decode/create-prompt-model.js';
import { leanDecoder } from '../../decode/lean-decoder.js';
import type { PromptModel } from '../../decode/prompt-model.js';
import { checkTask, findManifest } from '../../models/registry.js';
import { type BrowserModelOptions, fetchModel } from './fetch-model.js';
import { type OpenWebOptions, openWeb } from './open-web.js';

const EMBEDDED_PROMPT_MODEL = 'sam-tiny';

/** Which promptable model a page opens and where its bytes come from. */
export interface OpenBrowserPromptOptions extends OpenWebOptions, BrowserModelOptions {
  /** Id from the catalogue. Default: the embedded `sam-tiny`. */
  readonly model?: string;
  /** The ONNX bytes, when the host has them already. */
  readonly bytes?: { readonly encoder: Uint8Array; readonly decoder: Uint8Array };
}

/** Opens a promptable model in a browser page or worker, for `createPredictor` and `automask`. Dispose of the result. */
export async function openPromptModel(options: OpenBrowserPromptOptions = {}): Promise<PromptModel> {
  const manifest = findManifest(options.model ?? EMBEDDED_PROMPT_MODEL);
  checkTask(manifest, 'promptable');
  const read = async (role: 'encoder' | 'decoder') =>
    options.bytes?.[role] ?? fetchModel(manifest, role, options);
  const encoder = await openWeb(await read('encoder'), options);
  try {
    const decoder = await openWeb(leanDecoder(await read('decoder')), options);
    return createPromptModel({ encoder, decoder }, manifest);
  } catch (error) {
    await encoder.dispose();
    throw error;
  }
}
