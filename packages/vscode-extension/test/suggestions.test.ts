import { compressRle, encodeRle, maskOf } from '@cutkit/core';
import { describe, expect, it, vi } from 'vitest';
import type { EditorView, InstanceView } from '../src/protocol/editor.js';
import { EditorStore } from '../src/webview/editor/store.js';
import { Suggestions } from '../src/webview/editor/suggestions.js';

// The page's translations are read when a module is imported.
vi.hoisted(() => vi.stubGlobal('document', { getElementById: () => null }));

const SIZE = { width: 12, height: 10 };
const CAT = 0;
const BALL = 1;

/** The run lengths of a rectangle. */
function rectangle(x0: number, y0: number, x1: number, y1: number) {
  const { width, height } = SIZE;
  const isInside = (i: number) =>
    i % width >= x0 && i % width < x1 && Math.floor(i / width) >= y0 && Math.floor(i / width) < y1;
  const pixels = Array.from({ length: width * height }, (_, i) => (isInside(i) ? 1 : 0));
  return compressRle(encodeRle(maskOf(width, height, pixels)));
}

const ANNOTATED = rectangle(6, 0, 12, 10);
const view = {
  classes: [
    { index: CAT, name: 'cat', colour: [200, 0, 0] },
    { index: BALL, name: 'ball', colour: [0, 0, 200] },
  ],
  instances: [
    {
      key: 'a',
      classIndex: BALL,
      kind: 'pixels',
      mask: ANNOTATED,
      box: [6, 0, 6, 10],
      area: 60,
      crowd: false,
    },
  ] satisfies InstanceView[],
  editable: true,
  display: { opacity: 0.5, style: 'both' },
} as unknown as EditorView;

const answers = [
  { id: 1, mask: rectangle(0, 0, 4, 4), score: 1 },
  { id: 2, mask: rectangle(7, 0, 12, 10), score: 1 },
  { id: 3, mask: rectangle(0, 6, 5, 10), score: 1 },
];
const click = (x: number, y: number, keys: { alt?: boolean; shift?: boolean } = {}) => ({
  x,
  y,
  alt: false,
  shift: false,
  ...keys,
});

describe('suggestions', () => {
  function start() {
    const taken: { classIndex: number | undefined; counts: string }[] = [];
    const store = new EditorStore(view);
    const suggestions = new Suggestions(store, {
      add: async (shape, classIndex) => {
        if (shape.kind === 'pixels') taken.push({ classIndex, counts: shape.mask.counts });
        return 'key';
      },
      addMany: async (masks) => {
        taken.push(...masks.map(({ mask, classIndex }) => ({ classIndex, counts: mask.counts })));
      },
    });
    suggestions.show(answers);
    const classes = () => store.state.suggestions.map((one) => one.view.classIndex);
    return { store, suggestions, taken, classes };
  }

  it('have the class of what was annotated at their place, else the current one; the largest come first', () => {
    const { store, classes } = start();
    expect(store.state.suggestions.map((one) => one.view.area)).toEqual([50, 20, 16]);
    expect(classes()).toEqual([BALL, CAT, CAT]);
  });

  it('are taken and refused by class', async () => {
    const { suggestions, taken, classes } = start();
    await suggestions.accept(CAT);
    expect(taken).toEqual([
      { classIndex: CAT, counts: answers[2]!.mask.counts },
      { classIndex: CAT, counts: answers[0]!.mask.counts },
    ]);
    expect(classes()).toEqual([BALL]);
    suggestions.reject(BALL);
    expect(classes()).toEqual([]);
    expect(taken).toHaveLength(2);
  });

  it('get the current class by Shift-click, are refused by Alt-click, taken by a click', () => {
    const { store, suggestions, taken, classes } = start();
    store.set({ currentClass: BALL });
    expect(suggestions.take(click(1, 1, { shift: true }))).toBe(true);
    expect(classes()).toEqual([BALL, CAT, BALL]);
    expect(suggestions.take(click(1, 8, { alt: true }))).toBe(true);
    expect(classes()).toEqual([BALL, BALL]);
    expect(taken).toEqual([]);
    expect(suggestions.take(click(1, 1))).toBe(true);
    expect(taken.map(({ counts }) => counts)).toEqual([answers[0]!.mask.counts]);
    expect(suggestions.take(click(5.5, 5))).toBe(false);
  });
});
