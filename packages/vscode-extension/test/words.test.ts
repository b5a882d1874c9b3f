import { readFileSync } from 'node:fs';
import { AnnotationError, openDataset, type Sentence, wordsOf } from '@cutkit/datasets';
import { describe, expect, it, vi } from 'vitest';
import { errorWords, words } from '../src/host/words.js';

/** A workbench that speaks German, with one folder, `/w`. */
vi.mock('vscode', () => {
  const bundle = JSON.parse(readFileSync(new URL('../l10n/bundle.l10n.de.json', import.meta.url), 'utf8'));
  return {
    l10n: { t: (message: string) => bundle[message] ?? message },
    workspace: { asRelativePath: (path: string) => path.replace('/w/', '') },
  };
});

describe('what is said of annotations', () => {
  it('is said in the language of the workbench, sentences inside of sentences too', () => {
    const unused: Sentence = { code: 'class-unused', args: { name: 'cat' } };
    expect(words(unused)).toBe('Keine Instanz hat die Klasse „cat“.');
    const notes: Sentence = {
      code: 'note-masks',
      args: { reading: 'index', why: { code: 'reading-named', args: {} } },
    };
    expect(words(notes)).toBe(
      'Masken-PNGs, gelesen als index: eine Datei benennt die Werte, also ist jeder Wert eine Klasse.',
    );
  });

  it('has paths as the workbench shows them', () => {
    expect(words({ code: 'note-names', args: { path: '/w/d/classes.txt' } })).toBe(
      'Namen nach d/classes.txt.',
    );
  });

  it('names the place of broken text, in errors and English texts of hosts alike', async () => {
    const text = new TextEncoder().encode('{"images": [\n 01]}');
    const fs = {
      stat: async () => ({ type: 'file', size: text.length, modified: 1 }) as const,
      list: async () => [],
      read: async (_: string, range?: { start: number; end: number }) =>
        range ? text.slice(range.start, range.end) : text,
    };
    const error = await openDataset(fs, '/w/a.json', { format: 'coco' }).catch((one: unknown) => one);
    expect(error).toBeInstanceOf(AnnotationError);
    expect((error as Error).message).toMatch(/^\/w\/a\.json:2:2: “images” must hold objects only\.$/);
    expect(errorWords(error)).toMatch(/^a\.json:2:2: „images“ darf nur Objekte enthalten\. /);
  });

  it('counts one thing and many, in any language', async () => {
    const [image, category] = [
      { id: 1, file_name: 'a.png' },
      { id: 1, name: 'cat' },
    ];
    const notesOf = async (images: unknown[], annotations: unknown[]) => {
      const text = new TextEncoder().encode(JSON.stringify({ images, annotations, categories: [category] }));
      const fs = {
        stat: async () => ({ type: 'file', size: text.length, modified: 1 }) as const,
        list: async () => [],
        read: async (_: string, range?: { start: number; end: number }) =>
          text.slice(range?.start, range?.end),
      };
      return (await openDataset(fs, '/w/a.json', { format: 'coco' })).notes;
    };
    const one = await notesOf([image], [{ id: 1, image_id: 1, category_id: 1 }]);
    expect(one.map((note) => wordsOf(note))).toEqual(['COCO instances: 1 image, 1 annotation, 1 category.']);
    expect(one.map(words)).toEqual(['COCO-Instanzen: 1 Bild, 1 Annotation, 1 Kategorie.']);
    const many = await notesOf([image, { ...image, id: 2 }], []);
    expect(many.map(words)).toEqual(['COCO-Instanzen: 2 Bilder, 0 Annotationen, 1 Kategorie.']);
  });

  it('is what other failures say, with their cure', () => {
    expect(errorWords(Object.assign(new Error('It is full.'), { hint: 'Empty it.' }))).toBe(
      'It is full. Empty it.',
    );
    expect(errorWords('text')).toBe('text');
  });
});
