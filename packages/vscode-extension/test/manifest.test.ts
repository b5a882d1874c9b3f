import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const HERE = new URL('../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, HERE), 'utf8');
const manifest = JSON.parse(read('package.json'));
const texts = JSON.parse(read('package.nls.json'));

describe('the manifest', () => {
  it('names every text that it uses, and no other', () => {
    const used = [...JSON.stringify(manifest).matchAll(/%([\w.]+)%/g)].map(([, key]) => key);
    expect([...new Set(used)].sort()).toEqual(Object.keys(texts).sort());
  });

  it('starts nothing by itself and opens nothing by force', () => {
    expect(manifest.activationEvents).toEqual([]);
    for (const { priority } of manifest.contributes.customEditors) expect(priority).toBe('option');
  });

  it('has a handler for each command', () => {
    const source = read('src/host/commands/register-commands.ts');
    for (const { command } of manifest.contributes.commands) {
      expect(source).toMatch(new RegExp(`\\b${command.replace('cutkit.', '')}\\b[:,(]`));
    }
  });

  it('binds keys only inside its own editors', () => {
    for (const { when } of manifest.contributes.keybindings) expect(when).toContain('activeCustomEditorId');
  });

  it('reads every setting that it declares', () => {
    const files = readdirSync(new URL('src/host', HERE), { recursive: true, encoding: 'utf8' });
    const source = files.filter((file) => file.endsWith('.ts')).map((file) => read(`src/host/${file}`));
    for (const name of Object.keys(manifest.contributes.configuration.properties)) {
      const key = name.replace('cutkit.', '');
      expect(source.some((text) => text.includes(`'${key}'`))).toBe(true);
    }
  });

  it('has a browser entry under a name that web hosts load: they append .js to any other', () => {
    expect(manifest.browser).toMatch(/\.js$/);
  });

  it('shows pictures that are there', () => {
    const steps = manifest.contributes.walkthroughs.flatMap(({ steps }: { steps: unknown[] }) => steps);
    const media = steps.map(({ media }: { media: { image?: string; markdown?: string } }) => media);
    const paths = [
      manifest.icon,
      ...media.map(({ image, markdown }: { image?: string; markdown?: string }) => image ?? markdown),
    ];
    for (const path of paths) expect(existsSync(fileURLToPath(new URL(path, HERE)))).toBe(true);
  });
});
