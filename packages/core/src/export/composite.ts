import type { Raster } from '../types.js';

/**
 * Lays a cut-out (RGBA, straight alpha) over a colour `[r, g, b, a]`, 0–255, or over a picture of the same size.
 * Gives RGB over anything opaque, RGBA over a colour that is itself translucent. Throws `RangeError` when sizes differ.
 */
export function composite(
  cut: Raster,
  background: readonly [number, number, number, number] | Raster,
): Raster {
  if ('data' in background) return overPicture(cut, background);
  return background[3] === 255 ? overColour(cut, background) : overTranslucent(cut, background);
}

function overPicture(cut: Raster, { width, height, channels, data: below }: Raster): Raster {
  if (width !== cut.width || height !== cut.height) {
    throw new RangeError(`the cut-out is ${cut.width}×${cut.height} but the background ${width}×${height}`);
  }
  const data = new Uint8Array(width * height * 3);
  for (let from = 0, under = 0, to = 0; to < data.length; from += 4, under += channels, to += 3) {
    const a = cut.data[from + 3]!;
    for (let c = 0; c < 3; c++) {
      const b = below[channels === 1 ? under : under + c]!;
      data[to + c] = (cut.data[from + c]! * a + b * (255 - a) + 127) / 255;
    }
  }
  return { width, height, channels: 3, data };
}

function overColour({ width, height, data: above }: Raster, colour: readonly number[]): Raster {
  const data = new Uint8Array(width * height * 3);
  for (let from = 0, to = 0; to < data.length; from += 4, to += 3) {
    const a = above[from + 3]!;
    for (let c = 0; c < 3; c++) data[to + c] = (above[from + c]! * a + colour[c]! * (255 - a) + 127) / 255;
  }
  return { width, height, channels: 3, data };
}

/** Porter–Duff "over" with a background that lets light through itself. */
function overTranslucent({ width, height, data: above }: Raster, colour: readonly number[]): Raster {
  const data = new Uint8Array(width * height * 4);
  const below = colour[3]! / 255;
  for (let i = 0; i < data.length; i += 4) {
    const a = above[i + 3]! / 255;
    const rest = below * (1 - a);
    const total = a + rest;
    if (total === 0) continue;
    for (let c = 0; c < 3; c++) data[i + c] = Math.round((above[i + c]! * a + colour[c]! * rest) / total);
    data[i + 3] = Math.round(total * 255);
  }
  return { width, height, channels: 4, data };
}
