import { compressRle, encodeRle, maskOf } from '@cutkit/core';
import { describe, expect, it, vi } from 'vitest';
import type { EditorView } from '../src/protocol/editor.js';
import type { EngineAnswer, EnginePrompt } from '../src/protocol/engine.js';
import { Actions } from '../src/webview/editor/actions.js';
import { EditorStore } from '../src/webview/editor/store.js';
import { SegmentTool } from '../src/webview/editor/tools/segment-tool.js';

// The page's translations are read when a module is imported.
vi.hoisted(() => vi.stubGlobal('document', { getElementById: () => null }));

const SIZE = { width: 12, height: 10 };
const view = {
  classes: [{ index: 0, name: 'cat', colour: [200, 0, 0] }],
  instances: [],
  editable: true,
  display: { opacity: 0.5, style: 'both' },
} as unknown as EditorView;

/** A mask of the first `count` pixels: each answer differs from those before it. */
function answer(count: number): EngineAnswer {
  const pixels = Array.from({ length: SIZE.width * SIZE.height }, (_, i) => (i < count ? 1 : 0));
  return { id: count, mask: compressRle(encodeRle(maskOf(SIZE.width, SIZE.height, pixels))), score: 1 };
}

const at = (x: number, y: number, alt = false) => ({ x, y, alt, shift: false });

describe('the tool that segments', () => {
  function start() {
    const asked: EnginePrompt[] = [];
    const store = new EditorStore(view);
    const host = { apply: async () => {} } as unknown as ConstructorParameters<typeof Actions>[1];
    const ask = async (prompt: EnginePrompt) => [answer(asked.push(prompt))];
    const actions = new Actions(store, host);
    const tool = new SegmentTool({ store, actions, ask, scale: () => 1, size: () => SIZE }, false);
    const click = async (x: number, y: number, alt = false) => {
      tool.down(at(x, y, alt));
      tool.up(at(x, y, alt));
      await tool.settled();
    };
    const shown = () => [...store.state.masks.values()].map((mask) => mask.view.area);
    return { asked, store, tool, click, shown };
  }

  it('asks when the button is pressed, once, and shows the answer when it is released', async () => {
    const { asked, tool, shown } = start();
    tool.down(at(3, 4));
    await vi.waitFor(() => expect(asked).toEqual([{ points: [{ x: 3, y: 4, label: 1 }], most: 1 }]));
    await tool.settled();
    expect(shown()).toEqual([]);
    tool.up(at(3, 4));
    await tool.settled();
    expect(shown()).toEqual([1]);
    expect(asked).toHaveLength(1);
  });

  it('forgets what was asked about a press that becomes a box, or is given up', async () => {
    const { asked, tool, shown } = start();
    tool.down(at(1, 1));
    tool.move(at(9, 8));
    tool.up(at(9, 8));
    await tool.settled();
    expect(asked.at(-1)).toEqual({ points: [], box: [1, 1, 9, 8], most: 1 });
    expect(shown()).toEqual([2]);
    tool.down(at(3, 4));
    tool.cancel();
    tool.up(at(3, 4));
    await tool.settled();
    expect(shown()).toEqual([2]);
  });

  it('refines by a second click, and asks anew where the thing was finished between press and release', async () => {
    const { asked, tool, click, shown } = start();
    await click(3, 4);
    await click(5, 6, true);
    expect(shown()).toEqual([2]);
    expect(asked[1]).toMatchObject({ refines: 1, points: [{ label: 1 }, { x: 5, y: 6, label: 0 }] });
    tool.down(at(7, 7));
    tool.finish();
    tool.up(at(7, 7));
    await tool.settled();
    expect(asked.slice(2).map(({ points }) => points.length)).toEqual([3, 1]);
    expect(shown()).toEqual([2, 4]);
  });

  it('asks nothing about a click that takes away from nothing', async () => {
    const { asked, click, shown } = start();
    await click(3, 4, true);
    expect(asked).toEqual([]);
    expect(shown()).toEqual([]);
  });
});
