/**
 * Four bytes as five printable characters: a sixteenth shorter than base64. The alphabet has nothing that HTML or JavaScript
 * reads otherwise: no quotes, backslash, `&`, `<` or `>`.
 */
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%()*+,-./:;=?@[]^_{|}';
const RADIX = 85;

/** Bytes as text. The last character says how many bytes the last group really has. */
export function toBase85(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let i = 0; i < bytes.length; i += 4) {
    let word = 0;
    for (let k = 0; k < 4; k++) word = word * 256 + (bytes[i + k] ?? 0);
    let group = '';
    for (let k = 0; k < 5; k++) {
      group = ALPHABET[word % RADIX] + group;
      word = Math.floor(word / RADIX);
    }
    parts.push(group);
  }
  return `${parts.join('')}${bytes.length % 4}`;
}

/** The bytes that {@link toBase85} was given. White space around the text is skipped. */
export function fromBase85(text: string): Uint8Array<ArrayBuffer> {
  const values = new Uint8Array(128);
  for (let i = 0; i < RADIX; i++) values[ALPHABET.charCodeAt(i)] = i;
  const trimmed = text.trim();
  const groups = (trimmed.length - 1) / 5;
  const tail = Number(trimmed.at(-1));
  const bytes = new Uint8Array(groups * 4);
  for (let g = 0, at = 0; g < groups; g++, at += 5) {
    let word = 0;
    for (let k = 0; k < 5; k++) word = word * RADIX + values[trimmed.charCodeAt(at + k)]!;
    bytes[g * 4] = word >>> 24;
    bytes[g * 4 + 1] = word >>> 16;
    bytes[g * 4 + 2] = word >>> 8;
    bytes[g * 4 + 3] = word;
  }
  return tail === 0 ? bytes : bytes.slice(0, bytes.length - 4 + tail);
}
