import { CutkitError } from '../errors.js';
import type { Backend, OpenSession, Session, SessionOptions } from './session.js';

/** A backend that may be tried, and how to open it. */
export interface Candidate {
  readonly backend: Backend;
  readonly open: OpenSession;
}

/**
 * Opens `model` on the first candidate that starts. A fall from one to the next is told once per pair through
 * `onNotice`; when none starts the error lists every failure. A damaged model fails at once: no backend can mend it.
 */
export async function pick(
  candidates: readonly Candidate[],
  model: Uint8Array,
  options: SessionOptions,
  onNotice: (text: string) => void = () => {},
): Promise<Session> {
  const failures: string[] = [];
  for (const { backend, open } of candidates) {
    try {
      const session = await open(model, options);
      if (failures.length > 0) onNotice(`${failures.join('; ')}; using ${backend} instead.`);
      return session;
    } catch (cause) {
      if (cause instanceof CutkitError) throw cause;
      failures.push(`${backend} backend did not start (${firstLine(cause)})`);
    }
  }
  throw new CutkitError(
    'BACKEND_UNAVAILABLE',
    `No backend could run the model: ${failures.join('; ')}.`,
    'Choose another with --backend, or reinstall onnxruntime-web.',
  );
}

function firstLine(cause: unknown): string {
  const text = cause instanceof Error ? cause.message : String(cause);
  return text.split('\n', 1)[0] ?? '';
}
