import { CutkitError } from '../errors.js';
import type { Raster } from '../types.js';
import { createRaster } from './raster.js';

/** The 16 basic colours of CSS, as RGB. */
const NAMES: Readonly<Record<string, string>> = {
  aqua: '00ffff',
  black: '000000',
  blue: '0000ff',
  fuchsia: 'ff00ff',
  gray: '808080',
  green: '008000',
  lime: '00ff00',
  maroon: '800000',
  navy: '000080',
  olive: '808000',
  purple: '800080',
  red: 'ff0000',
  silver: 'c0c0c0',
  teal: '008080',
  transparent: '00000000',
  white: 'ffffff',
  yellow: 'ffff00',
};

/**
 * Reads `#rgb`, `#rgba`, `#rrggbb`, `#rrggbbaa`, `transparent` or a basic CSS name, in any case, as red, green, blue
 * and alpha, each 0–255.
 *
 * @example parseColor('#f80') // [255, 136, 0, 255]
 */
export function parseColor(text: string): [number, number, number, number] {
  const word = text.trim().toLowerCase();
  const hex = Object.hasOwn(NAMES, word)
    ? NAMES[word]
    : /^#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/.exec(word)?.[1];
  if (hex === undefined) {
    throw new CutkitError(
      'BAD_OPTION',
      `"${text}" is not a colour.`,
      `Write it as #rrggbb or #rrggbbaa, or as one of ${Object.keys(NAMES).join(', ')}.`,
    );
  }
  const digits = hex.length <= 4 ? hex.replace(/./g, '$&$&') : hex;
  const byte = (i: number): number => Number.parseInt(digits.slice(i * 2, i * 2 + 2) || 'ff', 16);
  return [byte(0), byte(1), byte(2), byte(3)];
}

/**
 * The picture as opaque RGB: straight alpha is laid over `background` and rounded to nearest, grey is repeated, and RGB
 * is returned as it is, not copied.
 */
export function flatten(image: Raster, background: readonly [number, number, number]): Raster {
  const { width, height, channels, data } = image;
  if (channels === 3) return image;
  const result = createRaster(width, height, 3);
  const out = result.data;
  if (channels === 1) {
    for (let i = 0, o = 0; i < data.length; i++, o += 3) out[o] = out[o + 1] = out[o + 2] = data[i]!;
    return result;
  }
  const [red, green, blue] = background;
  for (let i = 0, o = 0; i < data.length; i += 4, o += 3) {
    const alpha = data[i + 3]!;
    const rest = 255 - alpha;
    // 255 is odd, so no blend falls halfway and adding 127 before the truncating store rounds exactly.
    out[o] = (data[i]! * alpha + red * rest + 127) / 255;
    out[o + 1] = (data[i + 1]! * alpha + green * rest + 127) / 255;
    out[o + 2] = (data[i + 2]! * alpha + blue * rest + 127) / 255;
  }
  return result;
}
