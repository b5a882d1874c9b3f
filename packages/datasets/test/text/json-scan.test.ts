import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AnnotationError } from '../../src/model/annotation-error.js';
import { parseJson } from '../../src/text/json-document.js';
import { setMembers } from '../../src/text/json-edit.js';
import { JsonProblem, MORE, scanValue } from '../../src/text/json-scan.js';
import { INDENTED_STYLE, PYTHON_STYLE, stringify, styleAt } from '../../src/text/json-style.js';
import { applySplices } from '../../src/text/splice.js';

const bytesOf = (text: string) => new TextEncoder().encode(text);

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe('the JSON scanner', () => {
  it('takes what JSON.parse takes, and ends where it ends', () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom('', ' ', '\n\t'), (json, space) => {
        const bytes = bytesOf(`${json}${space},`);
        expect(scanValue(bytes, 0)).toBe(bytesOf(json).length);
      }),
    );
  });

  it('refuses what JSON.parse refuses, with a place in the text', () => {
    const pieces = fc.constantFrom(
      ...'{}[]:,"\\ \n-+.0e19axu',
      'true',
      'null',
      '"k"',
      '1.5',
      'NaN',
      '\\u00e9',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 9 }), (parts) => {
        const text = parts.join('');
        let error: unknown;
        try {
          // A number at the very end counts as unfinished.
          parseJson('x.json', bytesOf(`${text}\n`));
        } catch (thrown) {
          error = thrown;
        }
        expect(error === undefined).toBe(parses(text));
        if (error) {
          expect(error).toBeInstanceOf(AnnotationError);
          expect((error as AnnotationError).line).toBeGreaterThan(0);
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('asks for more where the bytes end, whatever the place', () => {
    const bytes = bytesOf('{"a": [1, -2.5e3, "x\\u00e9\\n"], "b": {"c": null, "d": true}} ');
    for (let cut = 0; cut < bytes.length - 1; cut++) expect(scanValue(bytes.subarray(0, cut), 0)).toBe(MORE);
  });

  it.each([
    ['{"a" 1}', 'colon'],
    ['{"a": 1 "b": 2}', 'comma'],
    ['[1 2]', 'comma'],
    ['{a: 1}', 'double quotes'],
    ['{"area": NaN}', 'NaN'],
    ['[01]', 'begins with 0'],
    ['["a\nb"]', 'line break'],
    ['["\\x"]', 'escape'],
    [`${'['.repeat(300)}`, 'deep'],
  ])('says what is wrong with %s', (text, word) => {
    expect(() => scanValue(bytesOf(text), 0)).toThrow(JsonProblem);
    expect(() => scanValue(bytesOf(text), 0)).toThrow(word);
  });

  it('names line and column', () => {
    expect(() => parseJson('a.json', bytesOf('{\n  "x": 1,\n  "y": ]\n}'))).toThrow(
      'a.json:3:8: a value is missing.',
    );
    expect(() => parseJson('a.json', bytesOf('{"x": 1'))).toThrow('breaks off');
    expect(() => parseJson('a.json', Uint8Array.of(0x7b, 0x22, 0xff, 0x22, 0x7d))).toThrow('not UTF-8');
    expect(parseJson('a.json', Uint8Array.of(0xef, 0xbb, 0xbf, 0x5b, 0x5d)).value).toEqual([]);
  });
});

const object = fc.dictionary(
  fc.string({ maxLength: 4 }).filter((key) => key !== '__proto__'),
  fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<unknown>,
  { maxKeys: 5 },
);

describe('setting members', () => {
  it('gives the object that assigning gives, in either layout', () => {
    fc.assert(
      fc.property(
        object,
        object,
        fc.array(fc.string({ maxLength: 4 })),
        fc.boolean(),
        (was, set, gone, indented) => {
          const style = indented ? INDENTED_STYLE : PYTHON_STYLE;
          const bytes = bytesOf(stringify(was, style, 0));
          const values = { ...set, ...Object.fromEntries(gone.map((key) => [key, undefined])) };
          const after = new TextDecoder().decode(
            applySplices(bytes, setMembers(bytes, 0, values, styleAt(bytes, 0, bytes.length, 0), 0)),
          );
          expect(JSON.parse(after)).toEqual(JSON.parse(JSON.stringify({ ...was, ...values })));
        },
      ),
    );
  });

  it('touches nothing but what changes', () => {
    const text = '{ "b" : [1,2] ,\n\t"a":1e2, "c" : {"x": 1.50} }';
    const bytes = bytesOf(text);
    const set = (values: Record<string, unknown>) =>
      new TextDecoder().decode(applySplices(bytes, setMembers(bytes, 0, values, PYTHON_STYLE, 0)));
    expect(set({ a: 7 })).toBe('{ "b" : [1,2] ,\n\t"a":7, "c" : {"x": 1.50} }');
    expect(set({ b: undefined })).toBe('{ "a":1e2, "c" : {"x": 1.50} }');
    expect(set({ c: undefined, d: 4 })).toBe('{ "b" : [1,2] ,\n\t"a":1e2, "d": 4 }');
  });
});
