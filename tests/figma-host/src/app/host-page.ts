import type { FigmaHost } from '../host.js';

/** What tests drive: the editor of a page, as `window.figmaHost`. */
export interface HostPage {
  readonly host: FigmaHost;
  /** Ids of the sample layers by name. */
  readonly samples: ReadonlyMap<string, string>;
  /** Draws `id` alone, in the space of `frame`, at `scale` pixels a unit. */
  pixels(id: string, frame: string, scale: number): Promise<ImageData>;
}

declare global {
  interface Window {
    figmaHost: HostPage;
  }
}
