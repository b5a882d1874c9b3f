/** A node's fills, when they are one list; text with several has none. */
export function fillsOf(node: SceneNode): readonly Paint[] {
  // Read once: each read is a copy.
  const fills = 'fills' in node ? node.fills : [];
  return Array.isArray(fills) ? (fills as readonly Paint[]) : [];
}

/** Where the topmost image paint that can be seen is among the fills; −1 for none. */
export function imagePaintIndex(fills: readonly Paint[]): number {
  for (let i = fills.length - 1; i >= 0; i--) {
    const { type, visible } = fills[i]!;
    if (type === 'IMAGE' && visible !== false) return i;
  }
  return -1;
}

/** The topmost image paint that can be seen; undefined for none. */
export function imagePaintOf(node: SceneNode): ImagePaint | undefined {
  const fills = fillsOf(node);
  return fills[imagePaintIndex(fills)] as ImagePaint | undefined;
}

/** The keys of a paint that decide where its pixels lie; the others are looks. */
export function geometryOf(
  paint: ImagePaint,
): Pick<ImagePaint, 'scaleMode' | 'imageTransform' | 'scalingFactor' | 'rotation'> {
  const { scaleMode, imageTransform, scalingFactor, rotation } = paint;
  return {
    scaleMode,
    ...(imageTransform && scaleMode === 'CROP' ? { imageTransform } : {}),
    ...(scalingFactor !== undefined && scaleMode === 'TILE' ? { scalingFactor } : {}),
    ...(rotation !== undefined && scaleMode !== 'CROP' ? { rotation } : {}),
  };
}
