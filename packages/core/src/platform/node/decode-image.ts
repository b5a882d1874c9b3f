import type { Metadata, Sharp, SharpInput, SharpOptions } from 'sharp';
import { CutkitError } from '../../errors.js';
import type { Raster } from '../../types.js';
import { loadSharp } from './load-sharp.js';

/** What to accept. */
export interface DecodeOptions {
  /** Largest picture that is decoded, in pixels; guards against decompression bombs. Default 100 million. */
  readonly maxPixels?: number;
}

/** A picture file's pixels, upright, 8 bits a channel. */
export interface DecodedImage {
  /** RGB or RGBA in the source's own RGB space. */
  readonly raster: Raster;
  /** The same pixels in sRGB, for the network: the very same object where the source is sRGB. */
  readonly srgb: Raster;
  /** The source's RGB profile, to be attached to what is made of `raster`; undefined for sRGB. */
  readonly icc: Uint8Array | undefined;
  /** `jpeg`, `png`, `webp`… */
  readonly format: string;
  /** What was simplified on the way in, one sentence each. */
  readonly notices: readonly string[];
}

const DEFAULT_MAX_PIXELS = 100e6;

/**
 * Decodes JPEG, PNG, WebP, AVIF, GIF or TIFF. EXIF orientation is applied, transparency kept, of an animation the first
 * frame taken. Rejects with `IMAGE_EMPTY`, `NOT_AN_IMAGE`, `IMAGE_TOO_LARGE` (from the header, before any pixel is
 * decoded) or `IMAGE_TRUNCATED`.
 */
export async function decodeImage(bytes: Uint8Array, options: DecodeOptions = {}): Promise<DecodedImage> {
  if (bytes.length === 0) {
    throw new CutkitError('IMAGE_EMPTY', 'The file holds no bytes.', 'Copy or download the picture again.');
  }
  const sharp = await loadSharp();
  // The limit is checked below, where the error can name both sizes; sharp's own would hide them.
  const open = (more: SharpOptions = {}): Sharp =>
    sharp(bytes as SharpInput, { limitInputPixels: false, failOn: 'error', ...more });
  const meta = await open().metadata().catch(refuse);
  checkSize(meta, options.maxPixels ?? DEFAULT_MAX_PIXELS);

  const rgb = meta.space === 'srgb' || meta.space === 'rgb16';
  const ownSpace = rgb && meta.icc !== undefined && !isSrgb(meta.icc);
  const raster = await pixels(open({ ignoreIcc: ownSpace }));
  const srgb = ownSpace ? await pixels(open()) : raster;
  const icc = ownSpace ? meta.icc : undefined;
  return { raster, srgb, icc, format: meta.format ?? 'unknown', notices: noticesOf(meta) };
}

async function pixels(image: Sharp): Promise<Raster> {
  const upright = image.autoOrient().toColourspace('srgb').raw({ depth: 'uchar' });
  const { data, info } = await upright.toBuffer({ resolveWithObject: true }).catch(truncated);
  const { width, height, channels } = info;
  if (channels === 3 || channels === 4) return { width, height, channels, data };
  return expandGrey(data, width, height, channels);
}

/** Grey, or grey with alpha, as RGB or RGBA. */
function expandGrey(data: Uint8Array, width: number, height: number, channels: number): Raster {
  const target = channels === 2 ? 4 : 3;
  const out = new Uint8Array(width * height * target);
  for (let from = 0, to = 0; to < out.length; from += channels, to += target) {
    out.fill(data[from]!, to, to + 3);
    if (target === 4) out[to + 3] = data[from + 1]!;
  }
  return { width, height, channels: target, data: out };
}

function checkSize({ width, height, pageHeight }: Metadata, maxPixels: number): void {
  const rows = pageHeight ?? height;
  if (width * rows <= maxPixels) return;
  const megapixels = (count: number) => `${(count / 1e6).toFixed(count < 1e7 ? 1 : 0)} megapixels`;
  throw new CutkitError(
    'IMAGE_TOO_LARGE',
    `The picture has ${width}×${rows} = ${megapixels(width * rows)}; the limit is ${megapixels(maxPixels)}.`,
    'Raise the limit with --max-megapixels if you trust the file.',
  );
}

function noticesOf({ pages, depth, space, format }: Metadata): string[] {
  const notices: string[] = [];
  if (pages !== undefined && pages > 1) notices.push(`animated: only the first of ${pages} frames is used`);
  if (depth === 'ushort' || depth === 'float') notices.push('more than 8 bits a channel are reduced to 8');
  if (space === 'cmyk') notices.push('CMYK is converted to sRGB');
  if (format === 'svg') notices.push('the drawing is rendered at its own size');
  return notices;
}

/** Profiles name themselves in plain ASCII or UTF-16; sRGB's many variants all say so. */
function isSrgb(icc: Uint8Array): boolean {
  return Buffer.from(icc).toString('latin1').replaceAll('\0', '').includes('sRGB');
}

function refuse(cause: unknown): never {
  if (/truncat|premature|unexpected end|corrupt|libspng read error|EOF/i.test(String(cause)))
    truncated(cause);
  throw new CutkitError(
    'NOT_AN_IMAGE',
    'The file is not a picture that Cutkit reads.',
    'Convert it to JPEG, PNG, WebP, AVIF, GIF or TIFF (HEIC and camera raw are not read).',
    cause,
  );
}

function truncated(cause: unknown): never {
  throw new CutkitError(
    'IMAGE_TRUNCATED',
    'The picture breaks off or is damaged.',
    'Copy or download it again, or open it in an editor and save it anew.',
    cause,
  );
}
