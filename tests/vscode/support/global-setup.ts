import type { TestProject } from 'vitest/node';
import { CHROMIUM } from '../../e2e/support/chromium.js';
import { type Server, startServer } from './start-server.js';

declare module 'vitest' {
  export interface ProvidedContext {
    readonly vscode: { readonly url: string; readonly doors: string } | undefined;
  }
}

/**
 * One VS Code for all specs. Without Chromium there is nothing to drive it with, and the specs skip themselves. Env
 * `CUTKIT_VSCODE_SERVER`, its URL and the drivers' folder, names one that runs already.
 */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  if (!CHROMIUM) {
    project.provide('vscode', undefined);
    return undefined;
  }
  const [url, doors] = process.env['CUTKIT_VSCODE_SERVER']?.split(' ') ?? [];
  if (url && doors) {
    project.provide('vscode', { url, doors });
    return undefined;
  }
  const server: Server = await startServer();
  project.provide('vscode', { url: server.url, doors: server.doors });
  return () => server.stop();
}
