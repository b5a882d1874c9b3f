import { describe, expect, it } from 'vitest';
import { edgeDistance, innerPoint } from '../../src/index.js';
import { draw } from '../support/masks.js';

describe('edgeDistance', () => {
  it('counts the steps of a king to what is not set, the border of the picture included', () => {
    const mask = draw('#####', '#####', '##.##', '#####', '#####');
    expect([...edgeDistance(mask)]).toEqual([
      1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
    ]);
    expect(edgeDistance(draw('#####', '#####', '#####', '#####', '#####'))[12]).toBe(3);
  });
});

describe('innerPoint', () => {
  it('lies where the mask is thickest, and nowhere in an empty one', () => {
    expect(innerPoint(draw('#......', '##.####', '..#####', '...####'))).toEqual([4, 2]);
    expect(innerPoint(draw('....'))).toBeUndefined();
  });
});
