import { execFileSync } from 'node:child_process';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { brokenCoco, cocoOf, folderOf, PHOTO } from '../support/fixtures.js';
import { Workbench } from '../support/workbench.js';

interface Annotation {
  readonly id: number;
  readonly bbox: readonly number[];
}

describe.runIf(inject('vscode'))('a data set', () => {
  let workbench: Workbench;
  let fixture: string;
  const patient = { timeout: 90_000, interval: 200 };
  const text = (file: string) => readFile(join(workbench.folder, file), 'utf8').catch(() => '');
  const annotations = async () => JSON.parse(await text('coco/instances.json')).annotations as Annotation[];
  /** Problems of a file and the titles of their fixes. */
  const problems = (file: string) =>
    workbench.run<{ message: string; fixes: string[] }[]>(
      `const uri = vscode.Uri.file(args.path);
      await vscode.workspace.openTextDocument(uri);
      return Promise.all(vscode.languages.getDiagnostics(uri).map(async ({ message, range }) => {
        const actions = await vscode.commands.executeCommand('vscode.executeCodeActionProvider', uri, range);
        return { message, fixes: actions.map(({ title }) => title) };
      }));`,
      { path: join(workbench.folder, file) },
    );
  /** Chooses the first fix of the last problem of the COCO file. */
  const mendBox = () =>
    workbench.run(
      `const uri = vscode.Uri.file(args.path);
      const { range } = vscode.languages.getDiagnostics(uri).at(-1);
      const [{ command }] = await vscode.commands.executeCommand('vscode.executeCodeActionProvider', uri, range);
      await vscode.commands.executeCommand(command.command, ...command.arguments);`,
      { path: join(workbench.folder, 'coco/instances.json') },
    );
  const said = async () => (await workbench.notifications()).join('\n');

  beforeAll(async () => {
    const { width, height } = await sharp(await readFile(PHOTO)).metadata();
    const coco = cocoOf(width, height);
    const predictions = JSON.parse(coco);
    predictions.annotations.splice(0, 1);
    fixture = await folderOf({
      'coco/photo.jpg': PHOTO,
      'coco/instances.json': coco,
      'predictions.json': JSON.stringify(predictions),
      'plain/alone.jpg': PHOTO,
      'broken/photo.jpg': PHOTO,
      'broken/deep/er/lost.jpg': PHOTO,
      'broken/instances.json': brokenCoco(),
      // Few questions, and every answer is good enough: this is not about the network.
      '.vscode/settings.json': JSON.stringify({
        'cutkit.suggest.pointsPerSide': 3,
        'cutkit.suggest.predIouThresh': 0,
        'cutkit.suggest.stabilityScoreThresh': 0,
      }),
    });
    const git = (...args: string[]) => execFileSync('git', args, { cwd: fixture, stdio: 'pipe' });
    git('init', '--quiet');
    git('add', '.');
    git('-c', 'user.name=Test', '-c', 'user.email=test@example.org', 'commit', '--quiet', '-m', 'first');
    workbench = await Workbench.open(inject('vscode'), fixture);
  });

  afterAll(async () => {
    await workbench?.close();
    await rm(fixture, { recursive: true, force: true });
  });

  it('is checked: problems with fixes, each of which mends its own', async () => {
    await workbench.start('cutkit.lint', 'coco');
    await expect.poll(() => problems('coco/instances.json'), patient).toHaveLength(2);
    for (const { message, fixes } of await problems('coco/instances.json')) {
      expect(message).toBe('The stated box is not around the shape.');
      expect(fixes).toContain('Fit the box to the shape');
    }
    const [, disc, bar] = await annotations();
    await mendBox();
    await expect.poll(() => problems('coco/instances.json'), patient).toHaveLength(1);
    const after = await annotations();
    expect(after[1]).toEqual(disc);
    expect(after[2]?.bbox).not.toEqual(bar?.bbox);
  });

  it('takes a fix back: by its notification, and by undo in a text editor', async () => {
    const before = await text('coco/instances.json');
    await workbench.command('notifications.clearAll');
    await mendBox();
    await expect.poll(() => problems('coco/instances.json'), patient).toEqual([]);
    await workbench.answer('Undo');
    await expect.poll(() => text('coco/instances.json'), patient).toBe(before);
    await expect.poll(() => problems('coco/instances.json'), patient).toHaveLength(1);

    await workbench.run(
      'await vscode.window.showTextDocument(vscode.Uri.file(args))',
      join(workbench.folder, 'coco/instances.json'),
    );
    await mendBox();
    const shown = () => workbench.run<string>('return vscode.window.activeTextEditor.document.getText()');
    await expect.poll(shown, patient).not.toBe(before);
    await workbench.command('undo');
    await expect.poll(shown, patient).toBe(before);
    await workbench.command('workbench.action.files.save');
    // A file that is saved by hand is checked anew.
    await expect.poll(() => problems('coco/instances.json'), patient).toHaveLength(1);
    expect(await text('coco/instances.json')).toBe(before);
  });

  it('takes no fix back over what was written since', async () => {
    const before = await text('coco/instances.json');
    await workbench.command('notifications.clearAll');
    await mendBox();
    await expect.poll(() => problems('coco/instances.json'), patient).toEqual([]);
    const since = `{ "by": "another program",${(await text('coco/instances.json')).slice(1)}`;
    await writeFile(join(workbench.folder, 'coco/instances.json'), since);
    await workbench.answer('Undo');
    await expect.poll(said, patient).toContain('instances.json was changed by another program.');
    expect(await text('coco/instances.json')).toBe(since);
    await writeFile(join(workbench.folder, 'coco/instances.json'), before);
    await workbench.start('cutkit.lint', 'coco');
    await expect.poll(() => problems('coco/instances.json'), patient).toHaveLength(1);
  });

  it('is mended in one go: unknown classes, double ids, no image, sizes and lost pictures', async () => {
    await workbench.start('cutkit.lint', 'broken');
    const codes = () =>
      workbench.run<string[]>(
        `return vscode.languages.getDiagnostics(vscode.Uri.file(args)).map(({ code }) => code).sort();`,
        join(workbench.folder, 'broken/instances.json'),
      );
    await expect
      .poll(codes, patient)
      .toEqual([
        'duplicate-id',
        'missing-image',
        'size-mismatch',
        'unknown-class',
        'unknown-class',
        'unknown-image',
        'unused-class',
      ]);
    const mend = async (title: string) => {
      await workbench.start('cutkit.mend', 'broken');
      await workbench.pick(title);
    };
    await mend('Remove the annotation');
    await expect.poll(codes, patient).not.toContain('unknown-image');
    await mend('Give it a new id');
    await expect.poll(codes, patient).not.toContain('duplicate-id');
    await mend('Add the class 9 to the list of classes');
    const name = workbench.page.locator('.quick-input-box input');
    await expect.poll(() => name.inputValue(), patient).toBe('class 9');
    await name.fill('ox');
    await name.press('Enter');
    await expect.poll(codes, patient).not.toContain('unknown-class');
    await mend('Use broken/deep/er/lost.jpg');
    await expect.poll(codes, patient).toEqual(['size-mismatch', 'unused-class']);
    await mend('Scale the annotations to 1200×900');
    await expect.poll(codes, patient).toEqual(['unused-class']);
    expect(JSON.parse(await text('broken/instances.json'))).toEqual({
      images: [
        { id: 1, file_name: 'photo.jpg', width: 1200, height: 900 },
        { id: 2, file_name: 'deep/er/lost.jpg', width: 1200, height: 900 },
      ],
      annotations: [
        { id: 1, image_id: 1, category_id: 9, bbox: [20, 20, 40, 40], segmentation: [], area: 1600 },
        { id: 2, image_id: 2, category_id: 9, bbox: [10, 10, 20, 20], segmentation: [] },
      ],
      categories: [
        { id: 1, name: 'cat' },
        { id: 9, name: 'ox' },
      ],
    });
  });

  it('is compared with the last commit', async () => {
    const json = JSON.parse(await text('coco/instances.json'));
    json.annotations = json.annotations.filter(({ id }: Annotation) => id !== 12);
    await writeFile(join(workbench.folder, 'coco/instances.json'), JSON.stringify(json, null, 1));
    await workbench.start('cutkit.compareWithHead', 'coco/photo.jpg');
    const page = await workbench.frame(
      '.found .sentences li:has-text("2 in both, 0 only in the second, 1 only")',
    );
    expect(await page.locator('.instances li').count()).toBe(3);
    expect(await page.locator('.classes').textContent()).toContain('Only in the first');
  });

  it('is compared with a file of predictions', async () => {
    await workbench.start('cutkit.compare', 'coco/photo.jpg');
    await workbench.choose('predictions.json');
    await workbench.frame('.found .sentences li:has-text("1 in both, 1 only in the second, 1 only")');
  });

  it('is converted into a folder beside its own', async () => {
    await workbench.start('cutkit.convert', 'coco');
    await workbench.pick('YOLO');
    await workbench.pick('Copy the pictures too');
    await expect.poll(said, patient).toContain('Converted into coco-yolo');
    const folder = join(workbench.folder, 'coco-yolo');
    const written = await readdir(folder, { recursive: true });
    expect(written.sort()).toEqual(['data.yaml', 'images', 'images/photo.jpg', 'labels', 'labels/photo.txt']);
    expect(await readFile(join(folder, 'images/photo.jpg'))).toEqual(await readFile(PHOTO));
    expect((await text('coco-yolo/labels/photo.txt')).trim().split('\n').length).toBeGreaterThan(1);
  });

  it('loses backgrounds: cut-outs beside their pictures', async () => {
    await workbench.start('cutkit.removeBackground', 'plain/alone.jpg');
    const file = join(workbench.folder, 'plain/alone.cutout.png');
    await expect
      .poll(
        () =>
          readFile(file).then(
            ({ length }) => length,
            () => 0,
          ),
        patient,
      )
      .toBeGreaterThan(0);
    const { channels } = await sharp(await readFile(file)).stats();
    expect([channels.length, channels[3]?.min, channels[3]?.max]).toEqual([4, 0, 255]);
  });

  it('is segmented throughout: suggestions that become annotations when they are taken', async () => {
    await workbench.start('cutkit.segmentEverything', 'plain/alone.jpg');
    const editor = await workbench.editor('alone.jpg');
    const listed = editor.locator('.suggestions h2 .count');
    await listed.waitFor();
    const count = Number(await listed.textContent());
    expect(count).toBeGreaterThan(0);
    await editor.getByRole('button', { name: 'Accept all of object' }).click();
    await expect.poll(() => editor.locator('.instances li').count(), patient).toBe(count);
    expect(await text('plain/alone.json')).toBe('');
  });
});
