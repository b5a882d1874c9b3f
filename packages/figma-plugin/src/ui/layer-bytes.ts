import type { Layer } from '../protocol.js';
import type { Main } from './main-half.js';

/** The key of a layer's picture: layers that show the same one share it. */
export function pictureKey({ id, source }: Layer): string {
  return source.kind === 'image' ? source.hash : `render ${id}`;
}

/** The bytes of a layer's picture. */
export function layerBytes(main: Main, { id, source }: Layer): Promise<Uint8Array> {
  return source.kind === 'image' ? main.imageBytes(source.hash) : main.renderLayer(id);
}
