import { describe, expect, it } from 'vitest';
import { ended, imageFill, openFigma, type TestFigma } from '../support/figma.js';

async function selected(figma: TestFigma, ...ids: string[]) {
  figma.host.selection = ids;
  await figma.start();
  return figma.main.selected();
}

describe('what of a selection can be cut', () => {
  it('offers a mask group for a plain picture', async () => {
    const figma = await openFigma();
    const id = figma.add('RECTANGLE', { props: { name: 'Photo', fills: imageFill(figma.photo) } });
    const { layers, problems } = await selected(figma, id);
    expect(problems).toEqual([]);
    expect(layers).toEqual([
      {
        id,
        name: 'Photo',
        source: { kind: 'image', hash: figma.photo },
        width: 160,
        height: 120,
        geometry: { scaleMode: 'FILL' },
        preferred: 'mask-group',
        refused: {},
      },
    ]);
  });

  it.each(['FRAME', 'COMPONENT', 'INSTANCE', 'SECTION', 'TEXT'] as const)(
    'prefers a fill stack for %s',
    async (type) => {
      const figma = await openFigma();
      const id = figma.add(type, { props: { fills: imageFill(figma.photo) } });
      const { layers } = await selected(figma, id);
      expect(layers[0]?.preferred).toBe('fill-stack');
    },
  );

  it('prefers a fill stack in auto layout, and refuses groups inside instances with the reason', async () => {
    const figma = await openFigma();
    const row = figma.add('FRAME', { props: { layoutMode: 'HORIZONTAL' } });
    const card = figma.add('RECTANGLE', { parent: row, props: { fills: imageFill(figma.photo) } });
    const instance = figma.add('INSTANCE');
    const inside = figma.add('RECTANGLE', {
      parent: instance,
      id: `I${instance};1:1`,
      props: { fills: imageFill(figma.photo) },
    });
    const { layers } = await selected(figma, row, instance);
    expect(layers.map(({ id, preferred }) => [id, preferred])).toEqual([
      [card, 'fill-stack'],
      [inside, 'fill-stack'],
    ]);
    expect(layers[1]?.refused['mask-group']).toBe('layers inside an instance cannot be grouped');
  });

  it('finds pictures however deep, skips hidden ones, and draws what holds none', async () => {
    const figma = await openFigma();
    const group = figma.add('GROUP');
    const frame = figma.add('FRAME', { parent: group });
    const deep = figma.add('ELLIPSE', { parent: frame, props: { fills: imageFill(figma.photo) } });
    figma.add('RECTANGLE', { parent: frame, props: { fills: imageFill(figma.photo), visible: false } });
    const plain = figma.add('STAR');
    const { layers } = await selected(figma, group, plain);
    expect(layers.map(({ id, source }) => [id, source.kind])).toEqual([
      [deep, 'image'],
      [plain, 'render'],
    ]);
    expect(layers[1]?.refused['fill-stack']).toContain('no picture');
  });

  it('names locked layers, their own lock or one around them, and goes on', async () => {
    const figma = await openFigma();
    const locked = figma.add('RECTANGLE', {
      props: { name: 'A', locked: true, fills: imageFill(figma.photo) },
    });
    const frame = figma.add('FRAME', { props: { name: 'Around', locked: true } });
    figma.add('RECTANGLE', { parent: frame, props: { name: 'B', fills: imageFill(figma.photo) } });
    const free = figma.add('RECTANGLE', { props: { fills: imageFill(figma.photo) } });
    const { layers, problems } = await selected(figma, locked, frame, free);
    expect(layers.map(({ id }) => id)).toEqual([free]);
    expect(problems).toEqual([
      { layer: 'A', text: 'It is locked. Unlock it and run again.' },
      { layer: 'B', text: '“Around” around it is locked. Unlock it and run again.' },
    ]);
  });

  it('leaves out what is deleted while the editor has its turn', async () => {
    const figma = await openFigma();
    const ids = Array.from({ length: 400 }, () =>
      figma.add('RECTANGLE', { props: { fills: imageFill(figma.photo) } }),
    );
    figma.host.selection = ids;
    await figma.start();
    const asked = figma.main.selected();
    await new Promise((turn) => setTimeout(turn, 0));
    figma.host.scene.remove(ids.at(-1)!);
    const { layers } = await asked;
    expect(layers.map(({ id }) => id)).toEqual(ids.slice(0, -1));
  });

  it('says that a picture is missing', async () => {
    const figma = await openFigma();
    await figma.start();
    await expect(figma.main.imageBytes('0'.repeat(40))).rejects.toThrow('missing from this file');
    await expect(figma.main.imageBytes('')).rejects.toThrow('missing from this file');
  });

  it('ends with a word in Dev Mode, which is read-only', async () => {
    const figma = await openFigma('dev');
    await figma.host.run('remove');
    await ended(figma);
    expect(figma.host.running).toBe(false);
    expect(figma.host.notices.at(-1)?.message).toContain('read-only');
  });

  it('suggests results to quick actions, by what was typed', async () => {
    const figma = await openFigma();
    await figma.start();
    expect(await figma.host.suggest('output', 'fill')).toEqual([
      { name: 'Fill stack', data: 'fill-stack' },
      { name: 'Replace fill', data: 'replace-fill' },
    ]);
  });
});
