import type { NodeRecord } from '../scene/node-record.js';

/** The outline of a node in its own space. */
export function shapePath({ type, width, height, props }: NodeRecord): {
  path: Path2D;
  rule: CanvasFillRule;
} {
  const path = new Path2D();
  if (type === 'ELLIPSE') {
    path.ellipse(width / 2, height / 2, width / 2, height / 2, 0, 0, Math.PI * 2);
  } else if (type === 'VECTOR') {
    const paths = props['vectorPaths'] as unknown as readonly { windingRule: string; data: string }[];
    for (const { data } of paths) path.addPath(new Path2D(data));
    return { path, rule: paths[0]?.windingRule === 'EVENODD' ? 'evenodd' : 'nonzero' };
  } else if (type === 'STAR' || type === 'POLYGON') {
    addStar(
      path,
      width,
      height,
      Number(props['pointCount']),
      type === 'STAR' ? Number(props['innerRadius']) : 1,
    );
  } else {
    path.roundRect(0, 0, width, height, Number(props['cornerRadius'] ?? 0));
  }
  return { path, rule: 'nonzero' };
}

function addStar(path: Path2D, width: number, height: number, points: number, inner: number): void {
  const corners = inner === 1 ? points : points * 2;
  for (let i = 0; i < corners; i++) {
    const reach = inner === 1 || i % 2 === 0 ? 1 : inner;
    const angle = (i / corners) * Math.PI * 2 - Math.PI / 2;
    const [x, y] = [
      width / 2 + (Math.cos(angle) * reach * width) / 2,
      height / 2 + (Math.sin(angle) * reach * height) / 2,
    ];
    if (i === 0) path.moveTo(x, y);
    else path.lineTo(x, y);
  }
  path.closePath();
}
