import { encode } from 'fast-png';

/** A grey PNG of the given size, as small as it gets: something whose size can be read. */
export function picture(width: number, height: number): Uint8Array {
  return encode({ width, height, channels: 1, data: new Uint8Array(width * height) });
}
