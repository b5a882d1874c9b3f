/** The Figma plugin in the host, in Chromium, one WASM thread: where the time of one cut goes, and what a batch costs. */
import { serveFigma } from '@cutkit/figma-host/serve';
import { chromium } from 'playwright-core';
import sharp from 'sharp';
import { median } from './support.mjs';

const PHOTO = new URL('../../packages/cli/sample/photo.jpg', import.meta.url);
const RUNS = 5;
const MEMORY_RUNS = Number(process.env.FIGMA_MEMORY_RUNS ?? 100);

/** Medians in milliseconds, shares and ratios. */
export async function figma() {
  const server = await serveFigma();
  const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic'],
  });
  const page = await browser.newPage();
  await page.goto(`${server.url}?empty`);
  await page.waitForFunction(() => 'figmaHost' in window);
  const photo = await sharp(PHOTO.pathname)
    .resize(2000, 1500, { fit: 'fill' })
    .jpeg({ quality: 90 })
    .toBuffer();
  await page.evaluate(addLayers, { pictures: [photo.toString('base64')], copies: 1 });

  const runs = [];
  for (let i = 0; i < RUNS; i++) runs.push(await cut(page));
  const stage = (name) => Math.round(median(runs.map(({ pictures }) => pictures[0][name])));
  const warm = await twice(page);
  const outside = warm.total - warm.network;

  const small = await Promise.all(
    Array.from({ length: 10 }, (_, i) =>
      sharp(PHOTO.pathname)
        .resize(600, 450)
        .modulate({ hue: i * 36 })
        .png()
        .toBuffer(),
    ),
  );
  const texts = small.map((bytes) => bytes.toString('base64'));
  await page.evaluate(addLayers, { pictures: texts, copies: 4 });
  const batch = await cut(page);
  const each = median(batch.pictures.slice(1).map(({ total }) => total));

  const heaps = [];
  await page.evaluate(addLayers, { pictures: [texts[0]], copies: 1 });
  for (let i = 0; i < MEMORY_RUNS; i++) {
    await cut(page);
    heaps.push(await heapOf(page));
  }
  const longestBlock = await page.evaluate(() => window.figmaHost.host.longestBlock);
  await browser.close();
  await server.close();
  return {
    ready_ms: Math.round(median(runs.map(({ ready }) => ready))),
    first_result_ms: Math.round(median(runs.map(({ result }) => result))),
    open_ms: stage('open'),
    resize_ms: stage('resize'),
    network_ms: stage('network'),
    upsample_ms: stage('upsample'),
    finish_ms: stage('finish'),
    warm_outside_network_share: Number((outside / warm.network).toFixed(2)),
    main_longest_block_ms: Math.round(longestBlock),
    batch_40_of_10_against_one: Number(
      (batch.pictures.reduce((sum, { total }) => sum + total, 0) / each).toFixed(1),
    ),
    memory_runs: MEMORY_RUNS,
    heap_growth_share:
      heaps.length > 1 ? Number((heaps.at(-1) / heaps[Math.floor(heaps.length / 3)] - 1).toFixed(3)) : null,
  };
}

/** Runs the command on everything and waits for its end. */
async function cut(page) {
  const start = performance.now();
  await page.evaluate(() => {
    window.figmaHost.host.selection = window.figmaHost.host.scene.childrenOf('0:1');
    return window.figmaHost.host.run('remove');
  });
  const find = () => page.frames().find((one) => one.parentFrame() !== null);
  while (!find()) await page.waitForTimeout(5);
  const frame = find();
  await frame.waitForSelector('main');
  const ready = performance.now() - start;
  const pictures = [];
  await frame.evaluate(() =>
    addEventListener('cutkit-timings', ({ detail }) =>
      console.log(`cutkit-timings ${JSON.stringify(detail)}`),
    ),
  );
  const hear = (message) => {
    if (message.text().startsWith('cutkit-timings ')) pictures.push(JSON.parse(message.text().slice(15)));
  };
  page.on('console', hear);
  await page.waitForFunction(() => !window.figmaHost.host.running, undefined, { timeout: 300_000 });
  page.off('console', hear);
  await page.evaluate(() => window.figmaHost.host.undo());
  return { ready, result: performance.now() - start, pictures };
}

/** Timings of the second of two pictures in one run, when runtime and network are there already. */
async function twice(page) {
  const copy = await sharp(PHOTO.pathname)
    .resize(2000, 1500, { fit: 'fill' })
    .jpeg({ quality: 91 })
    .toBuffer();
  await page.evaluate(addLayers, { pictures: [copy.toString('base64')], copies: 1, keep: true });
  const { pictures } = await cut(page);
  return pictures[1];
}

async function heapOf(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize;
}

/** Runs in the page: replaces the layers, or adds to them. */
function addLayers({ pictures, copies, keep = false }) {
  const { host } = window.figmaHost;
  if (!keep) for (const id of host.scene.childrenOf('0:1')) host.scene.remove(id);
  for (const text of pictures) {
    const imageHash = host.images.add(Uint8Array.from(atob(text), (char) => char.charCodeAt(0)));
    for (let i = 0; i < copies; i++) {
      const { id, props } = host.scene.create('RECTANGLE');
      host.scene.insert('0:1', id);
      host.scene.update(id, {
        props: { ...props, fills: [{ type: 'IMAGE', scaleMode: 'FILL', imageHash }] },
      });
    }
  }
  host.history.commit();
}
