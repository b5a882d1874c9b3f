import type { PluginManifest } from '../manifest.js';

/** Which of the editor's policies the plugin's window is under. */
export const POLICIES = ['figma', 'strict', 'data-worker', 'no-worker'] as const;

/** One of {@link POLICIES}. */
export type Policy = (typeof POLICIES)[number];

/** What a policy says of workers beyond its rule for scripts. */
const WORKERS: Readonly<Record<Policy, readonly string[]>> = {
  figma: [],
  strict: ['worker-src blob:'],
  'data-worker': ['worker-src data:'],
  'no-worker': ["worker-src 'none'"],
};

/**
 * The window's Content-Security-Policy. `figma` is what was seen in the editor, where scripts may be inline and evaluate;
 * `strict` grants only what WebAssembly and a blob worker need; the other two are Figma's with workers from `data:` alone, or none.
 * All reach no network but the manifest's domains.
 */
export function policyOf({ networkAccess }: PluginManifest, policy: Policy): string {
  const domains = (networkAccess?.allowedDomains ?? ['*']).filter((domain) => domain !== 'none').join(' ');
  if (policy === 'strict') {
    return [
      "default-src 'none'",
      "script-src 'unsafe-inline' 'wasm-unsafe-eval' blob:",
      ...WORKERS.strict,
      "style-src 'unsafe-inline'",
      'img-src data: blob:',
      `connect-src ${domains || "'none'"}`,
    ].join('; ');
  }
  return [
    `default-src data: blob: ${domains}`.trim(),
    "script-src data: blob: 'unsafe-inline' 'unsafe-eval'",
    "style-src data: blob: 'unsafe-inline'",
    ...WORKERS[policy],
  ].join('; ');
}
