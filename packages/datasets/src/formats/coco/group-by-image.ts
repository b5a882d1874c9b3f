/**
 * Sorts rows by their image without moving them: a counting sort. Rows of image `i` come out, in their old order, as
 * `order[first[i]] … order[first[i + 1] − 1]`; rows of no image (−1) are left out.
 */
export function groupByImage(image: Int32Array, images: number): { first: Uint32Array; order: Uint32Array } {
  const first = new Uint32Array(images + 1);
  for (const i of image) if (i >= 0) first[i + 1]!++;
  for (let i = 0; i < images; i++) first[i + 1]! += first[i]!;
  const next = first.slice(0, images);
  const order = new Uint32Array(first[images]!);
  for (let row = 0; row < image.length; row++) {
    const i = image[row]!;
    if (i >= 0) order[next[i]!++] = row;
  }
  return { first, order };
}
