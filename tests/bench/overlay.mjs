/** The overlay of the VS Code editor: 1,000 instances on 12 megapixels, from the decoded picture to masks on the screen. */
import { compressRle, encodeRle } from '@cutkit/core';
import { openWebview, UNTIMED } from './editor-page.mjs';
import { bigPhoto, median } from './support.mjs';

const SIZE = { width: 4000, height: 3000 };
const INSTANCES = 1000;
const RUNS = 5;
const CLASSES = [
  [230, 97, 0],
  [31, 119, 220],
  [46, 160, 67],
  [200, 60, 200],
  [220, 200, 40],
];

/** Medians, milliseconds; `bare` is the same editor on the same picture with one instance, in turn with the other. */
export async function overlay() {
  const picture = await bigPhoto();
  const runs = { full: [], bare: [] };
  for (let i = 0; i < RUNS; i++) {
    for (const [name, instances] of Object.entries({ full: INSTANCES, bare: 1 })) {
      runs[name].push(await look(picture, instances));
    }
  }
  const middle = (name, what) => Number(median(runs[name].map((run) => run[what])).toFixed(1));
  return {
    instances: INSTANCES,
    megapixels: (SIZE.width * SIZE.height) / 1e6,
    first_paint_ms: middle('full', 'firstPaint'),
    bare_first_paint_ms: middle('bare', 'firstPaint'),
    opacity_change_ms: middle('full', 'opacity'),
    bare_opacity_change_ms: middle('bare', 'opacity'),
    zoom_frame_ms: middle('full', 'zoom'),
    bare_zoom_frame_ms: middle('bare', 'zoom'),
  };
}

async function look(picture, instances) {
  const { page, close } = await openWebview('editor', { ready: editorView(instances) }, picture, UNTIMED);
  await page.waitForSelector('#root[data-state=ready]');
  const firstPaint = await page.evaluate(
    () => performance.getEntriesByName('cutkit:first-paint')[0].duration,
  );
  // Outlines that the first frame had no time for come in the next ones.
  await page.waitForTimeout(1500);
  const opacity = median(await page.evaluate(opacityChanges));
  const zoom = median(await page.evaluate(zoomIn));
  await close();
  return { firstPaint, opacity, zoom };
}

/** Runs in the page: from a step of the opacity's slider to the frame that shows it. */
async function opacityChanges() {
  const slider = document.querySelector('.opacity');
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const times = [];
  for (let i = 0; i < 20; i++) {
    await frame();
    const start = performance.now();
    slider.value = String(30 + i);
    slider.dispatchEvent(new InputEvent('input', { bubbles: true }));
    await frame();
    times.push(performance.now() - start);
  }
  return times;
}

/** Runs in the page: zooms from the whole picture to its pixels; the times between frames. */
async function zoomIn() {
  const stage = document.querySelector('.stage');
  const { left, top, width, height } = stage.getBoundingClientRect();
  const at = { clientX: left + width / 2, clientY: top + height / 2, bubbles: true, cancelable: true };
  const times = [];
  let last = performance.now();
  for (let i = 0; i < 60; i++) {
    stage.dispatchEvent(new WheelEvent('wheel', { ...at, deltaY: -40 }));
    await new Promise((resolve) => requestAnimationFrame(resolve));
    const now = performance.now();
    times.push(now - last);
    last = now;
  }
  return times;
}

function editorView(instances) {
  return {
    name: 'photo.jpg',
    imageUrl: '/picture',
    editable: false,
    classes: CLASSES.map((colour, index) => ({ index, name: `class ${index}`, colour })),
    instances: Array.from({ length: instances }, (_, i) => instance(i)),
    found: { format: 'COCO', sentences: [] },
    display: { opacity: 0.5, style: 'both' },
    suggest: { pointsPerSide: 2, predIouThresh: 1, stabilityScoreThresh: 1, minMaskRegionArea: 0 },
    assets: { backend: 'webview', root: '' },
    position: { index: 0, count: 1 },
  };
}

/** A lobed blob at a place of its own, 40 to 280 pixels across: the sizes of things in crowded pictures. */
function instance(i) {
  const share = (n) => {
    const mixed = Math.imul((i * 8 + n + 1) ^ ((i * 8 + n) >>> 3), 2654435761);
    return (Math.imul(mixed ^ (mixed >>> 15), 2246822519) >>> 0) / 2 ** 32;
  };
  const radius = 20 + 120 * share(0) ** 2;
  const [cx, cy] = [
    radius + share(1) * (SIZE.width - 2 * radius),
    radius + share(2) * (SIZE.height - 2 * radius),
  ];
  const [lobes, turn] = [3 + Math.floor(share(3) * 6), share(4) * 6];
  const bounds = {
    x0: Math.max(0, Math.floor(cx - radius)),
    y0: Math.max(0, Math.floor(cy - radius)),
    x1: Math.min(SIZE.width, Math.ceil(cx + radius)),
    y1: Math.min(SIZE.height, Math.ceil(cy + radius)),
  };
  const row = bounds.x1 - bounds.x0;
  const data = new Uint8Array(row * (bounds.y1 - bounds.y0));
  let area = 0;
  for (let at = 0; at < data.length; at++) {
    const [dx, dy] = [(at % row) + bounds.x0 - cx, Math.floor(at / row) + bounds.y0 - cy];
    const reach = radius * (0.8 + 0.2 * Math.sin(Math.atan2(dy, dx) * lobes + turn));
    data[at] = Math.hypot(dx, dy) < reach ? 1 : 0;
    area += data[at];
  }
  return {
    key: String(i),
    classIndex: i % CLASSES.length,
    kind: 'pixels',
    mask: compressRle(encodeRle({ ...SIZE, bounds, data })),
    box: [bounds.x0, bounds.y0, row, bounds.y1 - bounds.y0],
    area,
    crowd: false,
  };
}
