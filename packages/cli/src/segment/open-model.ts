import { type PromptModel, withFlip } from '@cutkit/core';
import { openPromptModel } from '@cutkit/core/node';

type OpenOptions = NonNullable<Parameters<typeof openPromptModel>[0]> & { readonly flip?: boolean };

/** Opens the promptable model that is asked for; with `flip` it looks at each picture twice. */
export async function openModel({ flip = false, ...options }: OpenOptions): Promise<PromptModel> {
  const model = await openPromptModel(options);
  return flip ? withFlip(model) : model;
}
