/** A byte's line and column, from 1; columns count bytes. */
export interface Place {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

/** Where byte `offset` stands in a text. */
export function placeOf(bytes: Uint8Array, offset: number): Place {
  let [line, start] = [1, 0];
  for (let at = bytes.indexOf(10); at >= 0 && at < offset; at = bytes.indexOf(10, at + 1)) {
    line++;
    start = at + 1;
  }
  return { line, column: offset - start + 1, offset };
}
