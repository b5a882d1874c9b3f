import type { AnnotationError } from './annotation-error.js';
import type { Finding } from './finding.js';

/** The finding that a file cannot be read, at its place; `image` is the index of the image whose file it is. */
export function unreadable({ path, offset, sentence }: AnnotationError, image?: number): Finding {
  return {
    kind: 'unreadable-file',
    severity: 'error',
    message: sentence,
    location: { path, start: offset, end: offset },
    ...(image === undefined ? {} : { image }),
    fixes: [],
  };
}
