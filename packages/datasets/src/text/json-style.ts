/** How a JSON text is laid out, so that what is added looks like what is there. */
export interface JsonStyle {
  /** After a colon, and after a comma on one line: a space or nothing. */
  readonly colonGap: string;
  readonly commaGap: string;
  /** Line break of the file, and one step of indentation; undefined when objects stand on one line. */
  readonly newline?: string;
  readonly step?: string;
  /** Whether arrays of numbers stand on one line in spite of indented objects. */
  readonly inlineArrays: boolean;
}

/** What Python's `json.dump` writes. */
export const PYTHON_STYLE: JsonStyle = { colonGap: ' ', commaGap: ' ', inlineArrays: true };

/** Two spaces, arrays of numbers on one line. */
export const INDENTED_STYLE: JsonStyle = {
  colonGap: ' ',
  commaGap: ' ',
  newline: '\n',
  step: '  ',
  inlineArrays: true,
};

/** The style of the object at `at`, which stands `depth` objects and arrays deep. */
export function styleAt(bytes: Uint8Array, at: number, end: number, depth: number): JsonStyle {
  const text = new TextDecoder().decode(bytes.subarray(at, Math.min(end, at + 4096)));
  const colonGap = /":[^\S\n]/.test(text) ? ' ' : '';
  const broken = /^\{(\r?\n)([ \t]*)/.exec(text);
  if (!broken) return { colonGap, commaGap: /,[^\S\n]/.test(text) ? ' ' : '', inlineArrays: true };
  const [, newline, indent] = broken;
  const step = indent!.slice(0, Math.max(1, Math.round(indent!.length / (depth + 1))));
  const array = text.search(/\[\s*[-\d[]/);
  const inlineArrays = array < 0 || !/^\[\s*\n/.test(text.slice(array));
  return { colonGap, commaGap: ' ', newline: newline!, step: indent ? step : '', inlineArrays };
}

/** A value as text in a style, `depth` deep; the first line is not indented. */
export function stringify(value: unknown, style: JsonStyle, depth: number): string {
  if (Array.isArray(value)) {
    const inline = style.inlineArrays && value.every((one) => typeof one !== 'object' || Array.isArray(one));
    return wrap(
      '[',
      ']',
      value.map((one) => stringify(one, style, depth + 1)),
      inline,
      style,
      depth,
    );
  }
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value)
      .filter(([, one]) => one !== undefined)
      .map(([key, one]) => `${JSON.stringify(key)}:${style.colonGap}${stringify(one, style, depth + 1)}`);
    return wrap('{', '}', members, false, style, depth);
  }
  return JSON.stringify(value);
}

function wrap(
  open: string,
  close: string,
  items: readonly string[],
  inline: boolean,
  style: JsonStyle,
  depth: number,
): string {
  if (items.length === 0) return open + close;
  if (inline || style.newline === undefined) return open + items.join(`,${style.commaGap}`) + close;
  const indent = (deep: number) => style.newline + style.step!.repeat(deep);
  return open + items.map((item) => indent(depth + 1) + item).join(',') + indent(depth) + close;
}
