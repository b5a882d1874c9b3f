import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { cocoOf, folderOf, PHOTO } from '../support/fixtures.js';
import { type Server, startServer } from '../support/start-server.js';
import { Workbench } from '../support/workbench.js';

/** A folder that no one said to trust, as one from the internet is opened. */
describe.runIf(inject('vscode'))('in an untrusted workspace', () => {
  let server: Server;
  let workbench: Workbench;
  let fixture: string;
  const patient = { timeout: 90_000, interval: 200 };
  const json = () => readFile(join(workbench.folder, 'instances.json'), 'utf8');

  beforeAll(async () => {
    const { width, height } = await sharp(await readFile(PHOTO)).metadata();
    fixture = await folderOf({
      'photo.jpg': PHOTO,
      'instances.json': cocoOf(width, height),
      '.vscode/settings.json': JSON.stringify({
        'cutkit.model.segment': './their-model',
        'cutkit.overlay.opacity': 0.25,
      }),
    });
    server = await startServer({
      ...inject('vscode'),
      settings: {
        'security.workspace.trust.enabled': true,
        'security.workspace.trust.startupPrompt': 'never',
      },
    });
    workbench = await Workbench.open(server, fixture);
  });

  afterAll(async () => {
    await workbench?.close();
    await server?.stop();
    await rm(fixture, { recursive: true, force: true });
  });

  it('takes looks from the workspace, but no model', async () => {
    const setting = (name: string) =>
      workbench.run(`return vscode.workspace.getConfiguration('cutkit').get(args)`, name);
    expect(await workbench.run('return vscode.workspace.isTrusted')).toBe(false);
    expect(await setting('model.segment')).toBe('sam-tiny');
    expect(await setting('overlay.opacity')).toBe(0.25);
  });

  it('writes nothing, whatever is asked', async () => {
    await workbench.start('cutkit.convert', '.');
    await expect
      .poll(async () => (await workbench.notifications()).join(' '), patient)
      .toContain('Trust this workspace');
    await workbench.start('cutkit.lint', '.');
    const fixes = `const uri = vscode.Uri.file(args);
      await vscode.workspace.openTextDocument(uri);
      const [problem] = vscode.languages.getDiagnostics(uri);
      const found = problem && await vscode.commands.executeCommand('vscode.executeCodeActionProvider', uri, problem.range);
      return found?.filter(({ command }) => command?.command === 'cutkit.applyFix').length;`;
    await expect.poll(() => workbench.run(fixes, join(workbench.folder, 'instances.json')), patient).toBe(0);
  });

  it('shows masks without a tool that edits, until it is trusted', async () => {
    const before = await json();
    const editor = await workbench.open('photo.jpg', 'cutkit.annotate');
    expect(await editor.locator('.instances li').count()).toBe(3);
    expect(await editor.locator('.found .hint').textContent()).toContain('Trust this workspace');
    const suggest = editor.getByRole('button', { name: 'Suggest masks for everything' });
    expect(await suggest.count()).toBe(0);
    const stage = editor.locator('.stage');
    await stage.focus();
    for (const key of ['g', 'Space', 'Shift+ArrowRight', 'Space', 'Shift+ArrowDown', 'Space', 'Enter']) {
      await stage.press(key);
    }
    expect(await editor.locator('.instances li').count()).toBe(3);
    expect(await json()).toBe(before);
    await workbench.command('workbench.trust.manage');
    await workbench.page
      .locator('.workspace-trust-editor')
      .getByRole('button', { name: 'Trust', exact: true })
      .click();
    await expect.poll(() => suggest.count(), patient).toBe(1);
  });
});
