/** Serves the editor's pages on a port of this machine (default: a free one) with a plugin's built folder (default: Cutkit's). */
export declare function serveFigma(
  port?: number,
  plugin?: string,
): Promise<{ url: string; close(): Promise<void> }>;
