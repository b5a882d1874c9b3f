type Point = readonly [x: number, y: number];

/** The area that path data of `M`, `C` and `Z` encloses, holes taken off; curves are followed in small steps. */
export function pathArea(path: string): number {
  const rings = path.split('M ').filter(Boolean).map(pointsOf);
  const areas = rings.map(signedArea).sort((a, b) => Math.abs(b) - Math.abs(a));
  const [outer = 0, ...holes] = areas;
  return Math.abs(outer) - holes.reduce((sum, hole) => sum + Math.abs(hole), 0);
}

function pointsOf(ring: string): Point[] {
  const numbers = ring.match(/-?[\d.]+/g)!.map(Number);
  const all: Point[] = [];
  for (let i = 0; i < numbers.length; i += 2) all.push([numbers[i]!, numbers[i + 1]!]);
  const points: Point[] = [all[0]!];
  for (let i = 1; i + 2 < all.length; i += 3) {
    const [from, a, b, to] = [points.at(-1)!, all[i]!, all[i + 1]!, all[i + 2]!];
    for (let step = 1; step <= 20; step++) points.push(bezier(from, a, b, to, step / 20));
  }
  return points;
}

function bezier(p: Point, a: Point, b: Point, q: Point, t: number): Point {
  const s = 1 - t;
  const mix = (i: 0 | 1) => s ** 3 * p[i] + 3 * s * s * t * a[i] + 3 * s * t * t * b[i] + t ** 3 * q[i];
  return [mix(0), mix(1)];
}

function signedArea(points: readonly Point[]): number {
  return points.reduce((sum, [x, y], i) => {
    const [nx, ny] = points[(i + 1) % points.length]!;
    return sum + (x * ny - nx * y) / 2;
  }, 0);
}
