/**
 * Thirteen bits as two printable characters: a thirteenth shorter than base64. The alphabet is ASCII without space and without
 * `<`, `&` and the backslash: inside a script element nothing of it means anything.
 */
const ALPHABET = Array.from({ length: 94 }, (_, i) => String.fromCharCode(0x21 + i))
  .filter((char) => !'<&\\'.includes(char))
  .join('');
const RADIX = 91;
const BITS = 13;
/** What one character alone holds, at the end. */
const HALF = 6;

/** Bytes as text. */
export function toBase91(bytes: Uint8Array): string {
  const codes = new Uint8Array(Math.ceil((bytes.length * 16) / BITS));
  let [held, bits, at] = [0, 0, 0];
  const put = (value: number) => {
    codes[at++] = ALPHABET.charCodeAt(value % RADIX);
  };
  for (const byte of bytes) {
    held |= byte << bits;
    bits += 8;
    if (bits >= BITS) {
      const value = held & ((1 << BITS) - 1);
      put(value);
      put(Math.floor(value / RADIX));
      held >>>= BITS;
      bits -= BITS;
    }
  }
  if (bits > 0) put(held);
  if (bits > HALF) put(Math.floor(held / RADIX));
  return new TextDecoder().decode(codes.subarray(0, at));
}

/** The bytes that {@link toBase91} was given. White space around the text is skipped. */
export function fromBase91(text: string): Uint8Array<ArrayBuffer> {
  const values = new Uint8Array(128);
  for (let i = 0; i < RADIX; i++) values[ALPHABET.charCodeAt(i)] = i;
  const trimmed = text.trim();
  const pairs = Math.floor(trimmed.length / 2);
  const bytes = new Uint8Array(Math.floor((pairs * BITS + (trimmed.length % 2) * HALF) / 8));
  let [held, bits, at] = [0, 0, 0];
  for (let i = 0; i < trimmed.length; i += 2) {
    const high = i + 1 < trimmed.length ? values[trimmed.charCodeAt(i + 1)]! : 0;
    held |= (values[trimmed.charCodeAt(i)]! + high * RADIX) << bits;
    for (bits += BITS; bits >= 8; bits -= 8) {
      bytes[at++] = held;
      held >>>= 8;
    }
  }
  return bytes;
}
