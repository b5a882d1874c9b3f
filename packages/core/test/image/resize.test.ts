import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Filter, resize } from '../../src/image/resize.js';
import { resizeFloat } from '../../src/image/resize-float.js';
import type { Raster } from '../../src/types.js';

interface Shape {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3 | 4;
  readonly toWidth: number;
  readonly toHeight: number;
  readonly source: string;
}
type FloatShape = Omit<Shape, 'channels'> & { readonly result: string };

const FILTERS: readonly Filter[] = ['box', 'bilinear', 'bicubic', 'lanczos', 'area'];
const pillow: { cases: (Shape & { results: Record<string, string> })[] } = json(
  '../goldens/pillow_resize.json',
);
const opencv: { area: (Shape & { result: string })[]; linear: FloatShape[] } = json(
  '../goldens/opencv_resize.json',
);
const shared = '../../../../../shared/goldens/pillow_resize.json';

function json<T>(path: string): T {
  return JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
}

function bytes(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'base64'));
}

function floats(text: string): Float32Array {
  return new Float32Array(bytes(text).buffer);
}

function raster({ width, height, channels, source }: Shape): Raster {
  return { width, height, channels, data: bytes(source) };
}

function noise(width: number, height: number, channels: 1 | 3 | 4): Raster {
  const data = Uint8Array.from(
    { length: width * height * channels },
    (_, i) => Math.imul(i + 1, 0x9e3779b1) >>> 24,
  );
  return { width, height, channels, data };
}

function worst(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let gap = a.length === b.length ? 0 : Number.POSITIVE_INFINITY;
  for (let i = 0; i < b.length; i++) gap = Math.max(gap, Math.abs(a[i]! - b[i]!));
  return gap;
}

describe.each(pillow.cases)('resize $width×$height×$channels to $toWidth×$toHeight', (shape) => {
  it.each(Object.entries(shape.results))('%s equals Pillow in every byte', (filter, result) => {
    const { data } = resize(raster(shape), shape.toWidth, shape.toHeight, filter as Filter);
    expect(worst(data, bytes(result))).toBe(0);
  });
});

describe.runIf(existsSync(new URL(shared, import.meta.url)))('resize, the long list', () => {
  it('equals Pillow in every byte of every case', () => {
    interface Case {
      filter: Filter;
      channels: 1 | 3;
      srcWidth: number;
      srcHeight: number;
      dstWidth: number;
      dstHeight: number;
      src: string | null;
      sha256: string;
    }
    const { cases } = json<{ cases: Case[] }>(shared);
    let data = new Uint8Array();
    const wrong = cases.filter(
      ({ src, sha256, filter, channels, srcWidth, srcHeight, dstWidth, dstHeight }) => {
        if (src !== null) data = new Uint8Array(bytes(src));
        const result = resize(
          { width: srcWidth, height: srcHeight, channels, data },
          dstWidth,
          dstHeight,
          filter,
        );
        return createHash('sha256').update(result.data).digest('hex') !== sha256;
      },
    );
    expect(cases.length).toBeGreaterThan(100);
    expect(wrong).toEqual([]);
  });
});

describe('resize with area', () => {
  it.each(opencv.area)(
    '$width×$height×$channels to $toWidth×$toHeight is within a level of OpenCV',
    (shape) => {
      const { data } = resize(raster(shape), shape.toWidth, shape.toHeight, 'area');
      expect(worst(data, bytes(shape.result))).toBeLessThanOrEqual(1);
    },
  );

  it('keeps white white where slivers of pixels are dropped on both axes', () => {
    const data = new Uint8Array(1000 * 1000).fill(255);
    const { data: shrunk } = resize({ width: 1000, height: 1000, channels: 1, data }, 999, 999, 'area');
    expect(shrunk.every((level) => level === 255)).toBe(true);
  });

  it('enlarges by a whole factor without mixing', () => {
    const data = Uint8Array.of(10, 200, 30);
    const grown = resize({ width: 3, height: 1, channels: 1, data }, 6, 2, 'area');
    expect([...grown.data]).toEqual([10, 10, 200, 200, 30, 30, 10, 10, 200, 200, 30, 30]);
  });
});

describe.each(FILTERS)('resize with %s', (filter) => {
  it.each([
    [31, 7, 4],
    [5, 40, 3],
    [13, 17, 1],
    [1, 1, 3],
  ] as const)('keeps a constant image constant: to %i×%i, %i channels', (width, height, channels) => {
    for (const level of [0, 1, 127, 254, 255]) {
      const data = new Uint8Array(13 * 17 * channels).fill(level);
      const result = resize({ width: 13, height: 17, channels, data }, width, height, filter);
      expect(new Set(result.data)).toEqual(new Set([level]));
    }
  });

  it('copies when the size stays', () => {
    const source = noise(9, 8, 4);
    const result = resize(source, 9, 8, filter);
    expect(result.data).toEqual(source.data);
    expect(result.data).not.toBe(source.data);
  });

  it('treats four channels as four pictures', () => {
    const source = noise(12, 10, 4);
    const whole = resize(source, 5, 17, filter);
    for (let c = 0; c < 4; c++) {
      const pick = ({ data }: Raster): Uint8Array => Uint8Array.from(data.filter((_, i) => i % 4 === c));
      const alone = resize({ width: 12, height: 10, channels: 1, data: pick(source) }, 5, 17, filter);
      expect(alone.data).toEqual(pick(whole));
    }
  });

  it('reads a clamped view into a larger buffer, and writes into the room it is given', () => {
    const source = noise(12, 10, 3);
    const padded = new Uint8ClampedArray(400);
    padded.set(source.data, 7);
    const out = new Uint8Array(4 * 6 * 3 + 2).fill(9);
    const view = { ...source, data: padded.subarray(7, 367) };
    const result = resize(view, 4, 6, filter, out.subarray(1, -1));
    expect(result.data).toEqual(resize(source, 4, 6, filter).data);
    expect(out.subarray(1, -1)).toEqual(result.data);
    expect([out[0], out.at(-1)]).toEqual([9, 9]);
  });
});

describe('resize', () => {
  it('refuses a target without pixels and an output of another length', () => {
    expect(() => resize(noise(2, 2, 1), 0, 2, 'box')).toThrow(RangeError);
    expect(() => resize(noise(2, 2, 1), 4, 4, 'box', new Uint8Array(15))).toThrow('holds 16 bytes, not 15');
  });
});

describe('resizeFloat', () => {
  it.each(opencv.linear)(
    '$width×$height to $toWidth×$toHeight equals OpenCV to single precision',
    (shape) => {
      const { width, height, toWidth, toHeight, source, result } = shape;
      const resized = resizeFloat(floats(source), width, height, toWidth, toHeight, 'bilinear');
      expect(worst(resized, floats(result))).toBeLessThan(2e-5);
    },
  );

  it('keeps values beyond 0–255 and their sign', () => {
    const grown = resizeFloat(Float32Array.of(-1000, 1000), 2, 1, 4, 1, 'bilinear');
    expect([...grown]).toEqual([-1000, -500, 500, 1000]);
  });

  it('invents no value with nearest', () => {
    const labels = resizeFloat(Float32Array.of(0, 3, 1, 2), 2, 2, 5, 3, 'nearest');
    expect([...labels]).toEqual([0, 0, 0, 3, 3, 0, 0, 0, 3, 3, 1, 1, 1, 2, 2]);
  });

  it('writes into the room it is given, and refuses any other length', () => {
    const out = new Float32Array(6);
    expect(resizeFloat(Float32Array.of(4), 1, 1, 3, 2, 'bilinear', out)).toBe(out);
    expect([...out]).toEqual([4, 4, 4, 4, 4, 4]);
    expect(() => resizeFloat(Float32Array.of(4), 1, 1, 3, 3, 'bilinear', out)).toThrow(RangeError);
    expect(() => resizeFloat(Float32Array.of(4), 2, 1, 3, 2, 'bilinear', out)).toThrow(RangeError);
  });
});
