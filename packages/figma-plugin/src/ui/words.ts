/** What went wrong, in words, from errors of either half or the engine. */
export function wordsOf(error: unknown): string {
  const { message = String(error), hint } = (error ?? {}) as { message?: string; hint?: string };
  return hint ? `${message} ${hint}` : message;
}

/** “1 layer”, “3 layers”. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** A duration as a person would say it. */
export function duration(seconds: number): string {
  if (seconds < 60) return `${Math.max(1, Math.round(seconds))} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}
