import { readFileSync } from 'node:fs';
import { removeBackground } from '@cutkit/core/node';
import sharp from 'sharp';

const SAMPLE = new URL('../packages/cli/sample/photo.jpg', import.meta.url);
const WIDTH = 480;
const SQUARE = 12;

/** README's pictures as JPEG bytes: the sample, and its cut-out by the embedded model on a checkerboard. */
export async function pictures() {
  const photo = readFileSync(SAMPLE);
  const { bytes } = await removeBackground(photo, { backend: 'wasm' });
  const small = await sharp(bytes).resize(WIDTH).png().toBuffer({ resolveWithObject: true });
  const board = checkerboard(small.info.width, small.info.height);
  return {
    'before.jpg': await sharp(photo).resize(WIDTH).jpeg({ quality: 88 }).toBuffer(),
    'after.jpg': await board
      .composite([{ input: small.data }])
      .jpeg({ quality: 88 })
      .toBuffer(),
  };
}

function checkerboard(width, height) {
  const pixels = Buffer.alloc(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      pixels[y * width + x] = (Math.floor(x / SQUARE) + Math.floor(y / SQUARE)) % 2 ? 255 : 215;
    }
  }
  return sharp(pixels, { raw: { width, height, channels: 1 } }).toColourspace('srgb');
}
