/** The Figma plugin in the host, in Chromium, one WASM thread: where the time of a cut goes, and what many of them cost. */
import { readFileSync } from 'node:fs';
import { serveFigma } from '@cutkit/figma-host/serve';
import { chromium } from 'playwright-core';
import sharp from 'sharp';
import { median } from './support.mjs';

const PHOTO = new URL('../../packages/cli/sample/photo.jpg', import.meta.url).pathname;
const UI = new URL('../../packages/figma-plugin/dist/ui.html', import.meta.url);
const STARTS = 5;
const MEMORY_RUNS = Number(process.env.FIGMA_MEMORY_RUNS ?? 100);

/** Milliseconds, shares, ratios and megabytes. */
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

  const photo = (quality) => sharp(PHOTO).resize(2000, 1500, { fit: 'fill' }).jpeg({ quality }).toBuffer();
  await put(page, [await photo(90)], 1);
  const starts = [];
  for (let i = 0; i < STARTS; i++) starts.push(await cut(page));

  // One run over several photos: after the first, runtime and network are there and their code is warm.
  const qualities = Array.from({ length: 12 }, (_, i) => 83 + i);
  await put(page, await Promise.all(qualities.map(photo)), 1);
  const warm = (await cut(page)).pictures.slice(2);
  const stage = (name) => median(warm.map((times) => times[name]));
  const rest = median(warm.map(({ total, network }) => total / network - 1));

  const tinted = (i) =>
    sharp(PHOTO)
      .resize(600, 450)
      .modulate({ hue: i * 36 })
      .png()
      .toBuffer();
  const ten = await Promise.all(Array.from({ length: 10 }, (_, i) => tinted(i)));
  const ratios = [];
  for (let i = 0; i < 3; i++) {
    await put(page, ten.slice(0, 1), 1);
    const one = await cut(page);
    await put(page, ten, 4);
    const all = await cut(page);
    ratios.push({
      runs: all.end / one.end,
      pictures: sumOf(all.pictures.slice(1)) / 9 / all.pictures[0].total,
    });
  }

  await put(page, ten.slice(0, 1), 1);
  const memory = [];
  for (let i = 0; i < MEMORY_RUNS; i++) {
    await cut(page);
    memory.push(await residentSize(browser));
  }
  const fifth = Math.ceil(MEMORY_RUNS / 5);
  const longest = await page.evaluate(() => window.figmaHost.host.longestBlock);
  await browser.close();
  await server.close();
  return {
    ui_html_mb: Number((readFileSync(UI).length / 1e6).toFixed(2)),
    ready_ms: Math.round(median(starts.map(({ ready }) => ready))),
    ready_window_ms: Math.round(median(starts.map(({ window }) => window))),
    first_result_ms: Math.round(median(starts.map(({ end }) => end))),
    stages_ms: Object.fromEntries(
      ['open', 'resize', 'network', 'finish', 'total'].map((name) => [name, Math.round(stage(name))]),
    ),
    outside_network_share: Number(rest.toFixed(2)),
    main_longest_block_ms: Math.round(longest),
    window_longest_block_ms: Math.round(Math.max(...starts.map(({ block }) => block))),
    batch_40_of_10_against_one: Number(median(ratios.map(({ runs }) => runs)).toFixed(1)),
    later_picture_against_first: Number(median(ratios.map(({ pictures }) => pictures)).toFixed(2)),
    memory_runs: MEMORY_RUNS,
    memory_mb: [memory.slice(fifth, 2 * fifth), memory.slice(-fifth)].map((part) => Math.round(median(part))),
  };
}

/**
 * Runs the command on everything; milliseconds until the window is drawn (`window`: of it, since its frame was opened, without
 * the host's own work) and until the end, and of each picture by stage.
 */
async function cut(page) {
  const pictures = [];
  const hear = (message) => {
    if (message.text().startsWith('cutkit-timings ')) pictures.push(JSON.parse(message.text().slice(15)));
  };
  page.on('console', hear);
  const begun = await page.evaluate(async () => {
    const { host } = window.figmaHost;
    host.selection = host.scene.childrenOf('0:1');
    const now = performance.timeOrigin + performance.now();
    await host.run('remove');
    return now;
  });
  const find = () => page.frames().find((one) => one.parentFrame() !== null);
  while (!find()) await page.waitForTimeout(5);
  const frame = find();
  await frame.waitForSelector('main');
  const drawing = await frame.evaluate(watch);
  const ended = await page.evaluate(async () => {
    const { host } = window.figmaHost;
    while (host.running) await new Promise((resolve) => setTimeout(resolve, 5));
    return performance.timeOrigin + performance.now();
  });
  const block = Math.max(0, ...pictures.map((times) => times.block));
  page.off('console', hear);
  await page.evaluate(() => window.figmaHost.host.undo());
  return {
    ready: drawing.drawn - begun,
    window: drawing.drawn - drawing.opened,
    end: ended - begun,
    pictures,
    block,
  };
}

/** Runs in the plugin's window: tells the console of each picture, with the longest task so far; says when the window was drawn. */
function watch() {
  let block = 0;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) block = Math.max(block, duration);
  }).observe({ type: 'longtask' });
  addEventListener('cutkit-timings', ({ detail }) =>
    console.log(`cutkit-timings ${JSON.stringify({ ...detail, block })}`),
  );
  const [paint] = performance.getEntriesByName('first-contentful-paint');
  const opened = performance.timeOrigin;
  return { opened, drawn: opened + (paint?.startTime ?? performance.now()) };
}

/** Megabytes that the browser's pages hold, its plugin windows among them. */
async function residentSize(browser) {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const sizes = processInfo
    .filter(({ type }) => type === 'renderer')
    .map(({ id }) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1] ?? 0));
  return sizes.reduce((sum, size) => sum + size, 0) / 1024;
}

function sumOf(pictures) {
  return pictures.reduce((sum, { total }) => sum + total, 0);
}

/** Puts layers of these pictures on the page, instead of those that are there. */
async function put(page, pictures, copies) {
  const texts = pictures.map((bytes) => bytes.toString('base64'));
  await page.evaluate(
    ([list, count]) => {
      const { host } = window.figmaHost;
      for (const id of host.scene.childrenOf('0:1')) host.scene.remove(id);
      for (const text of list) {
        const imageHash = host.images.add(Uint8Array.from(atob(text), (char) => char.charCodeAt(0)));
        for (let i = 0; i < count; i++) {
          const { id, props } = host.scene.create('RECTANGLE');
          host.scene.insert('0:1', id);
          const fills = [{ type: 'IMAGE', scaleMode: 'FILL', imageHash }];
          host.scene.update(id, { props: { ...props, fills } });
        }
      }
      host.history.commit();
    },
    [texts, copies],
  );
}
