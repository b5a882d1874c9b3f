import type { PluginManifest } from '../manifest.js';

/** Which of the editor's policies the plugin's window is under. */
export type Policy = 'figma' | 'strict';

/**
 * The window's Content-Security-Policy. `figma` is what was seen in the editor, where scripts may be inline and evaluate;
 * `strict` grants only what WebAssembly and a blob worker need. Both reach no network but the manifest's domains.
 */
export function policyOf({ networkAccess }: PluginManifest, policy: Policy): string {
  const domains = (networkAccess?.allowedDomains ?? ['*']).filter((domain) => domain !== 'none').join(' ');
  if (policy === 'strict') {
    return [
      "default-src 'none'",
      "script-src 'unsafe-inline' 'wasm-unsafe-eval' blob:",
      'worker-src blob:',
      "style-src 'unsafe-inline'",
      'img-src data: blob:',
      `connect-src ${domains || "'none'"}`,
    ].join('; ');
  }
  return [
    `default-src data: blob: ${domains}`.trim(),
    "script-src data: blob: 'unsafe-inline' 'unsafe-eval'",
    "style-src data: blob: 'unsafe-inline'",
  ].join('; ');
}
