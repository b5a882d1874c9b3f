import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { openSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { installRig, type Rig } from './install-rig.js';

/** How a running VS Code is reached. */
export interface ServerAddress {
  readonly url: string;
  /** Where each window's driver writes its port. */
  readonly doors: string;
  /** Where the extensions are installed: other servers may share it. */
  readonly extensions: string;
}

/** A running VS Code with the extension installed. */
export interface Server extends ServerAddress {
  stop(): Promise<void>;
}

interface ServerOptions {
  /** {@link ServerAddress.extensions} of a server that runs already; without it the extension is packed and installed. */
  readonly extensions?: string;
  /** Settings of the user beside those of all tests. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const DRIVER = fileURLToPath(new URL('driver/', import.meta.url));

const SETTINGS = {
  'workbench.startupEditor': 'none',
  'telemetry.telemetryLevel': 'off',
  'security.workspace.trust.enabled': false,
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'chat.disableAIFeatures': true,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.enableExperiments': false,
  'files.autoSave': 'off',
  'window.restoreWindows': 'all',
  'git.openRepositoryInParentFolders': 'never',
};

/** Starts a server with a fresh profile. */
export async function startServer({ extensions, settings = {} }: ServerOptions = {}): Promise<Server> {
  const rig = await installRig();
  const home = await mkdtemp(join(tmpdir(), 'cutkit-vscode-'));
  const [user, own, doors] = [join(home, 'user'), join(home, 'extensions'), join(home, 'doors')];
  await mkdir(join(user, 'User'), { recursive: true });
  await mkdir(doors);
  await writeFile(join(user, 'User/settings.json'), JSON.stringify({ ...SETTINGS, ...settings }));
  const profile = ['--user-data-dir', user, '--extensions-dir', extensions ?? own];
  if (!extensions) installExtensions(rig, home, profile);
  const port = await freePort();
  const log = openSync(join(home, 'server.log'), 'w');
  const server = spawn(
    rig.node,
    [
      rig.entry,
      ...profile,
      ...['--auth', 'none', '--bind-addr', `127.0.0.1:${port}`],
      ...['--disable-telemetry', '--disable-update-check'],
    ],
    { stdio: ['ignore', log, log], detached: true, env: { ...process.env, CUTKIT_TEST_DOORS: doors } },
  );
  const url = `http://127.0.0.1:${port}`;
  await untilHealthy(`${url}/healthz`, server);
  return {
    url,
    doors,
    extensions: extensions ?? own,
    async stop() {
      // The server starts a process for each window: the whole group goes.
      if (server.pid !== undefined) process.kill(-server.pid, 'SIGKILL');
      await rm(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  };
}

/** Packs the extension as for the Marketplace, and the driver, and installs both. */
function installExtensions(rig: Rig, home: string, profile: readonly string[]): void {
  const [own, driver] = [join(home, 'cutkit.vsix'), join(home, 'driver.vsix')];
  execFileSync(process.execPath, [join(ROOT, 'packages/vscode-extension/package.mjs'), own], {
    stdio: 'pipe',
  });
  const vsce = join(ROOT, 'node_modules/@vscode/vsce/vsce');
  const quick = ['package', '--no-dependencies', '--skip-license', '--allow-missing-repository'];
  execFileSync(process.execPath, [vsce, ...quick, '-o', driver], { cwd: DRIVER, stdio: 'pipe' });
  const install = ['--install-extension', own, '--install-extension', driver, '--force'];
  execFileSync(rig.node, [rig.entry, ...profile, ...install], { stdio: 'pipe' });
}

async function untilHealthy(url: string, server: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    if (server.exitCode !== null) throw new Error(`the server ended with ${server.exitCode}`);
    const healthy = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
    if (healthy) return;
    await sleep(100);
  }
  throw new Error('the server did not start');
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
