import { imageSize as sizeOfBytes } from 'image-size';
import type { FileSystem } from '../model/file-system.js';

/** Enough for the header of nearly every picture; a JPEG with a large preview needs more. */
const HEAD = 64 * 1024;
const MOST = 4 * 2 ** 20;

/**
 * A picture's size in pixels as programs show it, turned by its EXIF orientation, from the first bytes of the file.
 * `undefined` when there is no such file or it is no picture.
 */
export async function imageSize(
  fs: FileSystem,
  path: string,
): Promise<{ readonly width: number; readonly height: number } | undefined> {
  const stat = await fs.stat(path);
  if (stat?.type !== 'file') return undefined;
  for (let head = HEAD; ; head *= 8) {
    const bytes = await fs.read(path, { start: 0, end: Math.min(head, stat.size) });
    const size = sizeOf(bytes);
    if (size || head >= stat.size || head >= MOST) return size;
  }
}

function sizeOf(bytes: Uint8Array): { width: number; height: number } | undefined {
  try {
    const { width, height, orientation = 1 } = sizeOfBytes(bytes);
    return orientation >= 5 ? { width: height, height: width } : { width, height };
  } catch {
    return undefined;
  }
}
