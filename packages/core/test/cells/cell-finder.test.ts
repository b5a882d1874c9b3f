import { describe, expect, it } from 'vitest';
import { createCellFinder, createRaster, findManifest, pixelsOf, type Session } from '../../src/index.js';

const MANIFEST = findManifest('unet-cells');

/** A network that calls bright pixels interior; it remembers the sizes that it was asked for. */
function brightIsCell() {
  const asked: number[][] = [];
  const session: Session = {
    backend: 'wasm',
    inputs: [{ name: 'input', type: 'float32', dims: [1, 1, -1, -1] }],
    outputs: [{ name: 'logits', type: 'float32', dims: [1, 2, -1, -1] }],
    async run(feeds) {
      const { dims, data } = feeds['input']!;
      asked.push([...dims]);
      const logits = new Float32Array(data.length * 2).fill(-9);
      for (let i = 0; i < data.length; i++) if (Number(data[i]) > 1) logits[i] = 9;
      return { logits: { type: 'float32', dims: [1, 2, dims[2]!, dims[3]!], data: logits } };
    },
    async dispose() {},
  };
  return { finder: createCellFinder(session, MANIFEST), asked };
}

/** Squares of a colour, `side` wide, at each place, over a ground of another. */
function squares(
  width: number,
  height: number,
  side: number,
  places: [number, number][],
  on = 220,
  ground = 20,
) {
  const image = createRaster(width, height, 3);
  image.data.fill(ground);
  for (const [x0, y0] of places) {
    for (let y = y0; y < y0 + side; y++)
      image.data.fill(on, (y * width + x0) * 3, (y * width + x0 + side) * 3);
  }
  return image;
}

describe('a cell finder', () => {
  it('gives each cell its mask, area, box and score, in reading order', async () => {
    const { finder } = brightIsCell();
    const { cells, labels } = await finder.find(
      squares(60, 40, 6, [
        [30, 5],
        [4, 20],
      ]),
    );
    expect(cells.map(({ bbox, area }) => [bbox, area])).toEqual([
      [[30, 5, 6, 6], 36],
      [[4, 20, 6, 6], 36],
    ]);
    expect(cells[0]!.score).toBeCloseTo(1, 3);
    expect(pixelsOf(cells[1]!.mask)).toEqual(Uint8Array.from(labels, (label) => (label === 2 ? 1 : 0)));
  });

  it('sees dark cells on a bright ground as bright ones on a dark ground', async () => {
    const { finder } = brightIsCell();
    const stained = await finder.find(squares(60, 40, 6, [[30, 5]], 30, 230));
    expect(stained.cells.map(({ bbox }) => bbox)).toEqual([[30, 5, 6, 6]]);
  });

  it('sees what takes red away in a stained section, not what is dark', async () => {
    const { finder } = brightIsCell();
    const image = squares(60, 40, 6, []);
    for (let i = 0; i < image.data.length; i += 3) {
      // Pink tissue; a violet nucleus; a dark red fibre along the lowest rows.
      const isNucleus = i / 3 >= 5 * 60 && i / 3 < 11 * 60 && (i / 3) % 60 >= 30 && (i / 3) % 60 < 36;
      const colour = isNucleus ? [90, 60, 170] : i / 3 > 20 * 60 ? [215, 20, 80] : [230, 180, 220];
      image.data.set(colour, i);
    }
    const { cells } = await finder.find(image);
    expect(cells.map(({ bbox }) => bbox)).toEqual([[30, 5, 6, 6]]);
  });

  it('runs a large picture in tiles on the pooling grid, and finds a cell on a seam once', async () => {
    const { finder, asked } = brightIsCell();
    const { cells } = await finder.find(
      squares(1300, 90, 10, [
        [906, 40],
        [1285, 70],
      ]),
    );
    expect(asked.length).toBe(2);
    expect(asked.every(([, , h, w]) => h! % 16 === 0 && w! % 16 === 0 && w! <= 1024)).toBe(true);
    expect(cells.map(({ bbox }) => bbox)).toEqual([
      [906, 40, 10, 10],
      [1285, 70, 10, 10],
    ]);
  });

  it('drops specks, and finds nothing in a picture of one colour', async () => {
    const { finder } = brightIsCell();
    const image = squares(60, 40, 3, [[30, 5]]);
    expect((await finder.find(image)).cells).toEqual([]);
    expect((await finder.find(image, { smallest: 9 })).cells.length).toBe(1);
    expect((await finder.find(squares(60, 40, 1, []))).cells).toEqual([]);
  });

  it('refuses a smallest cell of no size, and stops when told to', async () => {
    const { finder } = brightIsCell();
    const image = squares(60, 40, 6, [[30, 5]]);
    await expect(finder.find(image, { smallest: 0 })).rejects.toMatchObject({ code: 'BAD_OPTION' });
    await expect(finder.find(image, { signal: AbortSignal.abort(new Error('no')) })).rejects.toThrow('no');
  });
});
