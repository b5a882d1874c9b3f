/** A typed array that grows: one column of a table with a row for each annotation. */
export interface Column<Values extends Float64Array | Uint32Array | Int32Array> {
  readonly length: number;
  push(value: number): void;
  /** The values so far, without the room to grow. */
  take(): Values;
}

/** A column of numbers of one type: `new` is the typed array's constructor. */
export function createColumn<Values extends Float64Array | Uint32Array | Int32Array>(
  Type: new (length: number) => Values,
): Column<Values> {
  let values = new Type(1024);
  let length = 0;
  return {
    get length() {
      return length;
    },
    push(value) {
      if (length === values.length) {
        const larger = new Type(length * 2);
        larger.set(values);
        values = larger;
      }
      values[length++] = value;
    },
    take: () => values.subarray(0, length) as Values,
  };
}
