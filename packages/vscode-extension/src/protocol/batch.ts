import type { RuntimeAssets } from './editor.js';

/** Pictures to be cut out, one after another. */
export interface BatchView {
  readonly pictures: readonly { readonly name: string; readonly url: string }[];
  readonly assets: RuntimeAssets;
}

/** What the extension host offers to the page that cuts. */
export interface BatchHost {
  ready(): Promise<BatchView>;
  /** Writes the cut-out of picture `index` beside it; gives the name that it got. */
  save(index: number, png: Uint8Array): Promise<string>;
}
