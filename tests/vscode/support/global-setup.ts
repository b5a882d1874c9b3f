import type { TestProject } from 'vitest/node';
import { CHROMIUM } from '../../e2e/support/chromium.js';
import { type ServerAddress, startServer } from './start-server.js';

declare module 'vitest' {
  export interface ProvidedContext {
    readonly vscode: ServerAddress | undefined;
  }
}

/**
 * One VS Code for all specs. Without Chromium there is nothing to drive it with, and the specs skip themselves. Env
 * `CUTKIT_VSCODE_SERVER`, its URL, the drivers' folder and that of the extensions, names one that runs already.
 */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  if (!CHROMIUM) {
    project.provide('vscode', undefined);
    return undefined;
  }
  const [url, doors, extensions] = process.env['CUTKIT_VSCODE_SERVER']?.split(' ') ?? [];
  if (url && doors && extensions) {
    project.provide('vscode', { url, doors, extensions });
    return undefined;
  }
  const { stop, ...address } = await startServer();
  project.provide('vscode', address);
  return stop;
}
