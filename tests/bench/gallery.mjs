/** The gallery of the VS Code extension: scrolling through 100,000 entries, each with its picture and its masks. */
import { fileURLToPath } from 'node:url';
import { compressRle, encodeRle, maskOf } from '@cutkit/core';
import { openWebview } from './editor-page.mjs';
import { median } from './support.mjs';

const ENTRIES = 100_000;
/** Entries that the gallery asks for at a time. */
const PAGE = 200;
/** CSS pixels a frame: a quick turn of the wheel, and a drag of the scroll bar from end to end. */
const SPEEDS = { wheel: 60, drag: 50_000 };
const SECONDS = 4;
const PHOTO = fileURLToPath(new URL('../../packages/cli/sample/photo.jpg', import.meta.url));
const SIZE = { width: 900, height: 600 };

/** Frames a second while scrolling, the longest frame but for one in fifty, and requests under way at most. */
export async function gallery() {
  const { page, close } = await openWebview('gallery', answers(), PHOTO);
  await page.waitForSelector('#root[data-state=ready] .cell');
  const found = { entries: ENTRIES, target_fps: 50, target_requests: 8 };
  for (const [name, speed] of Object.entries(SPEEDS)) {
    const frames = await page.evaluate(scroll, { speed, ms: SECONDS * 1000 });
    const total = frames.reduce((sum, ms) => sum + ms, 0);
    found[`${name}_fps`] = Number(((frames.length / total) * 1000).toFixed(1));
    found[`${name}_median_frame_ms`] = Number(median(frames).toFixed(1));
    found[`${name}_late_frame_ms`] = Number(
      frames
        .sort((a, b) => a - b)
        .at(-Math.ceil(frames.length / 50))
        .toFixed(1),
    );
  }
  found.requests_at_once = await page.evaluate(() => window.calls.most);
  await close();
  return found;
}

/** Runs in the page: scrolls by as much each frame; the times between frames. */
async function scroll({ speed, ms }) {
  const grid = document.querySelector('.grid');
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  grid.scrollTop = 0;
  await frame();
  const times = [];
  let last = performance.now();
  for (const end = last + ms; last < end; ) {
    grid.scrollTop += speed;
    await frame();
    const now = performance.now();
    times.push(now - last);
    last = now;
  }
  return times;
}

function answers() {
  const thirds = [0, 1, 2].map((third) => {
    const isInside = (i) => Math.floor(((i % SIZE.width) * 3) / SIZE.width) === third;
    const pixels = Uint8Array.from({ length: SIZE.width * SIZE.height }, (_, i) => (isInside(i) ? 1 : 0));
    return { mask: compressRle(encodeRle(maskOf(SIZE.width, SIZE.height, pixels))), classIndex: third };
  });
  const colours = [
    [230, 97, 0],
    [31, 119, 220],
    [46, 160, 67],
  ];
  return {
    ready: {
      title: 'Gallery',
      format: 'COCO',
      classes: colours.map((colour, index) => ({ index, name: `class ${index}`, colour })),
      count: ENTRIES,
    },
    entries: Array.from({ length: PAGE }, (_, i) => ({ name: `photo-${i}.jpg`, count: 3 })),
    thumbnail: { url: '/picture', ...SIZE, count: 3, masks: thirds },
  };
}
