/**
 * Cuts `layer` to what `mask` shows, in place: by the mask's alpha, or by its brightness times alpha. Both canvases have the
 * same size.
 */
export function maskLayer(layer: OffscreenCanvas, mask: OffscreenCanvas, byLuminance: boolean): void {
  const context = layer.getContext('2d')!;
  if (byLuminance) luminanceToAlpha(mask);
  context.save();
  context.resetTransform();
  context.globalCompositeOperation = 'destination-in';
  context.drawImage(mask, 0, 0);
  context.restore();
}

function luminanceToAlpha(mask: OffscreenCanvas): void {
  const context = mask.getContext('2d')!;
  const image = context.getImageData(0, 0, mask.width, mask.height);
  const { data } = image;
  for (let i = 0; i < data.length; i += 4) {
    const brightness = data[i]! * 0.2126 + data[i + 1]! * 0.7152 + data[i + 2]! * 0.0722;
    data[i + 3] = Math.round((brightness * data[i + 3]!) / 255);
  }
  context.putImageData(image, 0, 0);
}
