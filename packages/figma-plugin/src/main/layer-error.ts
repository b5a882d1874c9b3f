/** A layer cannot be worked on, for a reason that its user can understand. */
export class LayerError extends Error {
  override readonly name = 'LayerError';
}

/** What went wrong, in words. */
export function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
