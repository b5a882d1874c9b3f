import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Browser, Frame, Page } from 'playwright-core';
import { launch } from '../../e2e/support/chromium.js';
import type { ServerAddress } from './start-server.js';

/** A busy machine takes its time: no step of a test is about speed. */
const PATIENCE = 120_000;

/** A window of VS Code on a folder of its own, and the ways to drive it. */
export class Workbench {
  readonly page: Page;
  /** The folder that is open: a copy that the test may change. */
  readonly folder: string;
  readonly #browser: Browser;
  readonly #doors: string;
  #door = '';

  private constructor(browser: Browser, page: Page, folder: string, doors: string) {
    this.#browser = browser;
    this.page = page;
    this.folder = folder;
    this.#doors = doors;
  }

  /**
   * Opens a window of `server` on a copy of `fixture`, to which `fill` may add what is too much to be copied; with `workspace` not on
   * that folder but on the `.code-workspace` file of this name in it.
   */
  static async open(
    server: ServerAddress | undefined,
    fixture: string,
    fill: (folder: string) => Promise<void> = async () => {},
    workspace?: string,
  ): Promise<Workbench> {
    if (!server) throw new Error('no VS Code is running');
    const folder = await mkdtemp(join(tmpdir(), 'cutkit-ws-'));
    await cp(fixture, folder, { recursive: true });
    await fill(folder);
    const browser = await launch();
    const page = await browser.newPage({ viewport: { width: 1400, height: 860 } });
    page.setDefaultTimeout(PATIENCE);
    const workbench = new Workbench(browser, page, folder, server.doors);
    // The workbench is a large script: what counts is that the driver's door opens.
    const shown = workspace === undefined ? { folder } : { workspace: join(folder, workspace) };
    await page.goto(`${server.url}/?${new URLSearchParams(shown)}`, { waitUntil: 'commit' });
    await workbench.#ready();
    // What a workspace's file says is lost where the workbench reads it before it has a workspace (1.139,
    // WorkspaceConfiguration.waitAndInitialize); from then on it is in the window's cache.
    if (workspace !== undefined && !(await workbench.#hasFolders())) await workbench.reload();
    return workbench;
  }

  /** Runs code in the extension host, with `vscode` and `args`; gives what it returns. */
  async run<T>(body: string, args: unknown = {}): Promise<T> {
    const response = await fetch(this.#door, { method: 'POST', body: JSON.stringify({ body, args }) });
    const { value, error } = (await response.json()) as { value: T; error?: string };
    if (error !== undefined) throw new Error(error);
    return value;
  }

  /** Runs a command of the workbench. */
  command(name: string, ...given: unknown[]): Promise<unknown> {
    return this.run('await vscode.commands.executeCommand(args.name, ...args.given)', { name, given });
  }

  /** Starts one of our commands on a file of the folder, or its mirror, as its menu does; it may ask something first. */
  async start(name: string, file: string, scheme: 'file' | 'mirror' = 'file'): Promise<void> {
    await this.run(
      'void vscode.commands.executeCommand(args.name, vscode.Uri.file(args.path).with({ scheme: args.scheme }))',
      { name, path: join(this.folder, file), scheme },
    );
  }

  /** Chooses an entry of the list that the workbench shows. */
  async pick(label: string): Promise<void> {
    await this.page.locator('.quick-input-list .monaco-list-row', { hasText: label }).first().click();
  }

  /**
   * Chooses a file of the folder in the workbench's dialog, which is at that folder. What is typed before the dialog has read the
   * folder is overwritten by its path (1.139, SimpleFileDialog.updateItems), and what is entered is then the folder.
   */
  async choose(file: string): Promise<void> {
    const typed = this.page.locator('.quick-input-box input');
    await this.#until('the dialog is not at the folder', async () => {
      return (await typed.inputValue()) === join(this.folder, '/');
    });
    await typed.fill(join(this.folder, file));
    await this.page.locator('.quick-input-list .monaco-list-row.focused', { hasText: file }).waitFor();
    await typed.press('Enter');
  }

  /** Opens a file of the folder, or its mirror, in one of our editors and gives its page, once the picture is there. */
  async open(
    file: string,
    viewType: 'cutkit.preview' | 'cutkit.annotate',
    scheme: 'file' | 'mirror' = 'file',
  ): Promise<Frame> {
    await this.run(
      `const uri = vscode.Uri.file(args.path).with({ scheme: args.scheme });
      await vscode.commands.executeCommand('vscode.openWith', uri, args.viewType);`,
      { path: join(this.folder, file), viewType, scheme },
    );
    return this.editor(basename(file));
  }

  /** The page of the editor that shows a file. */
  async editor(name: string): Promise<Frame> {
    const shown = `#root[data-state] .status .name:text-is("${name}")`;
    return this.frame(shown);
  }

  /** The frame in which something matches. */
  async frame(selector: string, limit = PATIENCE): Promise<Frame> {
    for (const end = Date.now() + limit; Date.now() < end; await this.page.waitForTimeout(150)) {
      for (const frame of this.page.frames()) {
        const found = await frame
          .locator(selector)
          .count()
          .catch(() => 0);
        if (found > 0) return frame;
      }
    }
    throw new Error(`no webview shows ${selector}; there are:\n${await this.#seen()}`);
  }

  /** What the window and its webviews show, for a failure that cannot be looked at. */
  async #seen(): Promise<string> {
    const patience = { timeout: 2000 };
    const parts = ['.quick-input-widget', '.notifications-toasts', 'body'].map((part) =>
      this.page.locator(part).ariaSnapshot(patience).catch(String),
    );
    const pages = this.page.frames().map(async (frame) => {
      const text = await frame.locator('#root').textContent(patience).catch(String);
      return `${frame.url().slice(0, 120)}: ${String(text).slice(0, 300).replaceAll(/\s+/g, ' ')}`;
    });
    const window = await Promise.all(parts);
    return [...window.map((part) => part.slice(0, 3000)), ...(await Promise.all(pages))].join('\n');
  }

  /** Reloads the window as a user does, so that hot exit is at work. */
  async reload(): Promise<void> {
    await rm(this.#doorFile, { force: true });
    this.page.once('dialog', (dialog) => void dialog.accept());
    const loaded = this.page.waitForEvent('framenavigated');
    void this.command('workbench.action.reloadWindow').catch(() => undefined);
    await loaded;
    await this.#ready();
  }

  /** Labels of the tabs, those with unsaved changes with a dot. */
  tabs(): Promise<string[]> {
    return this.run(
      `return vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map((tab) => (tab.isDirty ? '● ' : '') + tab.label))`,
    );
  }

  /** The texts of open notifications. */
  notifications(): Promise<string[]> {
    return this.page.locator('.notification-list-item-message').allTextContents();
  }

  /** Presses a button of the newest notification that has it, in the list: one that repeats another need not come up by itself. */
  async answer(button: string): Promise<void> {
    await this.command('notifications.showList');
    const list = this.page.locator('.notifications-center');
    await list.getByRole('button', { name: button, exact: true }).first().click();
    await this.command('notifications.hideList');
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await rm(this.folder, { recursive: true, force: true });
  }

  #hasFolders(): Promise<boolean> {
    return this.run('return (vscode.workspace.workspaceFolders ?? []).length > 0');
  }

  get #doorFile(): string {
    return join(this.#doors, `${basename(this.folder)}.port`);
  }

  /**
   * The driver's door says that the extension host runs; it may before the workbench knows what our extension contributes. A file
   * would open as text then, as no custom editor is known (1.139, EditorResolverService.resolveEditor, without a cache). Its
   * settings come with its editors.
   */
  async #ready(): Promise<void> {
    await this.#until('the extension host did not start', async () => {
      const port = await readFile(this.#doorFile, 'utf8').catch(() => '');
      this.#door = `http://127.0.0.1:${port}`;
      return port !== '';
    });
    await this.#until('the extension is not known', () =>
      this.run(
        "return vscode.workspace.getConfiguration('cutkit').inspect('gallery.maxImages')?.defaultValue !== undefined",
      ),
    );
  }

  async #until(failure: string, check: () => Promise<boolean>): Promise<void> {
    for (const end = Date.now() + PATIENCE; Date.now() < end; await this.page.waitForTimeout(100)) {
      if (await check()) return;
    }
    throw new Error(`${failure}; there is:\n${await this.#seen()}`);
  }
}
