/** Downloads of models, in a bundle of its own: most sessions never need it. */
import { listModels, pullModel as pull } from '@cutkit/core/node';

/** Fetches a model into a folder; verified before it takes its name. */
export async function pullModel(
  id: string,
  folder: string,
  options: {
    readonly baseUrl: string | undefined;
    readonly signal: AbortSignal;
    readonly onProgress: (done: number, total: number) => void;
  },
): Promise<void> {
  const { baseUrl, signal, onProgress } = options;
  await pull(id, {
    modelsDir: folder,
    baseUrl,
    signal,
    onProgress: ({ done, total }) => onProgress(done, total),
  });
}

/** The ids of models that need no download. */
export async function localModels(folder: string): Promise<string[]> {
  const models = await listModels({ modelsDir: folder });
  return models.filter(({ local }) => local).map(({ manifest }) => manifest.id);
}
