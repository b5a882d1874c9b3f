import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ERROR_CODES } from '../../packages/core/src/errors.js';

const PAGES = new URL('../../docs/errors/', import.meta.url);

describe('docs/errors', () => {
  it('has a page for every code and no other', () => {
    const pages = readdirSync(PAGES).map((file) => file.replace(/\.md$/, ''));
    expect(pages.sort()).toEqual([...ERROR_CODES].sort());
  });

  it.each(ERROR_CODES)('%s says what happened and gives a cure', (code) => {
    const text = readFileSync(new URL(`${code}.md`, PAGES), 'utf8');
    expect(text).toMatch(new RegExp(`^# ${code}: .+`));
    expect(text).toMatch(/\n## What happened\n\n.{40}/);
    expect(text).toMatch(/\n## Cure\n\n.{10}/);
  });
});
