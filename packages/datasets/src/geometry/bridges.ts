import { joinRings, type Ring } from '@cutkit/core';
import type { Part } from '../model/shape.js';
import { nest } from './parts.js';

/** A ring that says by bridges of no width what parts with holes say, for formats with one ring an instance. */
export function bridgeParts(parts: readonly Part[]): Ring {
  return joinRings(parts.flatMap(({ outline, holes }) => [outline, ...holes]));
}

/**
 * The other way: where a ring goes from one corner to another and later comes back the same way, what lies between is a
 * ring of its own. Innermost first, over a stack of the corners so far. A ring without bridges is one part.
 */
export function splitBridges(ring: Ring): Part[] {
  const stack: [number, number][] = [];
  const rings: Ring[] = [];
  for (let i = 0; i < ring.length; i += 2) {
    const corner: [number, number] = [ring[i]!, ring[i + 1]!];
    const from = bridgeTo(stack, corner);
    if (from < 0) stack.push(corner);
    // The corner across the bridge stands in the stack twice, at both ends of the inner ring.
    else
      rings.push(
        stack
          .splice(from + 1)
          .slice(0, -1)
          .flat(),
      );
  }
  if (rings.length === 0) return [{ outline: ring, holes: [] }];
  return nest([stack.flat(), ...rings]);
}

/** Where the stack already went from `corner` to what is now its top, at least a triangle ago; −1 when nowhere. */
function bridgeTo(stack: readonly [number, number][], corner: readonly [number, number]): number {
  const top = stack.at(-1);
  if (!top) return -1;
  for (let k = stack.length - 5; k >= 0; k--) {
    if (same(stack[k]!, corner) && same(stack[k + 1]!, top)) return k;
  }
  return -1;
}

function same(a: readonly [number, number], b: readonly [number, number]): boolean {
  return a[0] === b[0] && a[1] === b[1];
}
