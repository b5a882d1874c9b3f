import { readdirSync, readFileSync } from 'node:fs';
import { ENGLISH } from '@cutkit/datasets';
import { describe, expect, it } from 'vitest';

const HERE = new URL('../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, HERE), 'utf8');
const textsOf = (path: string) => JSON.parse(read(path)) as Record<string, string>;

/** A call that looks a message up, by the host's API or by the webviews' `t`, and the literal that it is given. */
const CALL = /(?<![\w.])(?:vscode\.l10n\.t|t)\(\s*(?:'((?:[^'\\]|\\.)*)')?/g;

/** Looks up the sentences of the datasets package, whose English is a table there. */
const BY_TABLE = 'host/words.ts';

/** All messages of the sources. */
function messages(): (string | undefined)[] {
  return readdirSync(new URL('src', HERE), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && file.replaceAll('\\', '/') !== BY_TABLE)
    .flatMap((file) => [...read(`src/${file}`).matchAll(CALL)].map(([, message]) => message));
}

/** The places for values in a text, `{0}` or `{name}`, and its links and code, which no translation may change. */
function marksOf(text: string): string[] {
  return (text.match(/\{\w+\}|\]\(command:[\w.]+\)|`[^`]*`/g) ?? []).sort();
}

const languages = readdirSync(new URL('l10n', HERE)).map(
  (name) => /^bundle\.l10n\.(\w+)\.json$/.exec(name)?.[1],
);

describe.each(languages)('the texts in %s', (language) => {
  const bundle = textsOf(`l10n/bundle.l10n.${language}.json`);
  const manifest = textsOf(`package.nls.${language}.json`);

  it('are those of the sources, each of which is a literal', () => {
    const used = messages();
    expect(used.length).toBeGreaterThan(100);
    expect(used).not.toContain(undefined);
    const all = new Set([...used, ...Object.values(ENGLISH)]);
    expect(Object.keys(bundle).sort()).toEqual([...all].sort());
  });

  it('are those of the manifest', () => {
    expect(Object.keys(manifest)).toEqual(Object.keys(textsOf('package.nls.json')));
  });

  it('have places for the same values, and the same links and code', () => {
    for (const [message, text] of Object.entries(bundle)) expect(marksOf(text)).toEqual(marksOf(message));
    for (const [key, text] of Object.entries(textsOf('package.nls.json')))
      expect(marksOf(manifest[key] ?? '')).toEqual(marksOf(text));
  });
});
