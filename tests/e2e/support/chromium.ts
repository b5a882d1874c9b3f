import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const PATHS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The installed Chromium, or undefined. `CHROMIUM_PATH` overrides. */
export const CHROMIUM: string | undefined =
  process.env['CHROMIUM_PATH'] ?? PATHS.find((path) => existsSync(path));

/** Starts the installed Chromium without a window. */
export function launch(): Promise<Browser> {
  if (!CHROMIUM) throw new Error('no Chromium: install it, or set CHROMIUM_PATH');
  return chromium.launch({
    executablePath: CHROMIUM,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic'],
  });
}
