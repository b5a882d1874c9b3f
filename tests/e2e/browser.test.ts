import { readFile, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { areaOf, createPredictor } from '@cutkit/core';
import { decodeImage, openPromptModel, removeBackground } from '@cutkit/core/node';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundlePage } from './support/bundle.js';
import { CHROMIUM, launch } from './support/chromium.js';
import { type Served, serve } from './support/serve.js';

const SAMPLE = fileURLToPath(new URL('../../packages/cli/sample/photo.jpg', import.meta.url));

describe.runIf(CHROMIUM)('@cutkit/core/browser in Chromium', () => {
  let site: string;
  let server: Served;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    site = await bundlePage();
    server = await serve(site);
    browser = await launch();
    page = await browser.newPage();
    await page.goto(`${server.url}/index.html`);
    await page.waitForFunction(() => 'cutkit' in window);
  });

  afterAll(async () => {
    await browser?.close();
    await server?.close();
    await rm(site, { recursive: true, force: true });
  });

  it('cuts a JPEG Blob, on WASM threads, into a PNG Blob whose alpha is what Node makes', async () => {
    const png = await page.evaluate(async () => {
      const photo = await (await fetch('photo.jpg')).blob();
      const threaded = { backend: 'wasm', runtimeUrl: new URL('ort', location.href).href } as const;
      const cut = await window.cutkit.removeBackground(photo, threaded);
      return { type: cut.type, bytes: [...new Uint8Array(await cut.arrayBuffer())] };
    });
    expect(png.type).toBe('image/png');
    const { raster } = await decodeImage(Uint8Array.from(png.bytes));
    const { alpha } = await removeBackground(SAMPLE, { backend: 'wasm' });
    let difference = 0;
    for (let i = 0; i < alpha.data.length; i++) {
      difference += Math.abs((alpha.data[i] ?? 0) - (raster.data[i * 4 + 3] ?? 0));
    }
    // The two decode JPEG with different libraries; their pixels differ by a count or two.
    expect(difference / alpha.data.length).toBeLessThan(1);
  });

  it('gives back the kind that it was given', async () => {
    const kinds = await page.evaluate(async () => {
      const { openRemover, removeBackground, toCanvas } = window.cutkit;
      const remover = await openRemover({ backend: 'wasm' });
      const pixels = new ImageData(40, 30);
      pixels.data.fill(200);
      const kind = (value: object) => value.constructor.name;
      const results = [
        kind(await removeBackground(pixels, { remover })),
        kind(await removeBackground(await createImageBitmap(pixels), { remover })),
        kind(
          await removeBackground(toCanvas({ width: 4, height: 4, channels: 1, data: new Uint8Array(16) }), {
            remover,
          }),
        ),
        kind(await removeBackground(document.createElement('canvas'), { remover })),
      ];
      await remover.dispose();
      return results;
    });
    expect(kinds).toEqual(['ImageData', 'ImageBitmap', 'OffscreenCanvas', 'OffscreenCanvas']);
  });

  it('names a file that is not a picture', async () => {
    const code = await page.evaluate(async () => {
      const { CutkitError, toRaster } = window.cutkit;
      const failure = await toRaster(new Blob(['hello'])).catch((error: unknown) => error);
      return failure instanceof CutkitError ? failure.code : String(failure);
    });
    expect(code).toBe('NOT_AN_IMAGE');
  });

  it('works in a worker with progress, and an abort rejects with its reason', async () => {
    const seen = await page.evaluate(async () => {
      const { createWorkerRemover, findManifest, toRaster } = window.cutkit;
      const model = new Uint8Array(await (await fetch('models/unet-cutout/model.onnx')).arrayBuffer());
      const worker = new Worker('worker.js', { type: 'module' });
      const manifest = findManifest('unet-cutout');
      const remover = await createWorkerRemover(worker, { model, manifest, backend: 'wasm', threads: 1 });
      const image = await toRaster(await (await fetch('photo.jpg')).blob());
      const stages: string[] = [];
      const { cutout, assessment } = await remover.remove(image, {
        onProgress: ({ stage }) => stages.push(stage),
      });
      const controller = new AbortController();
      const cancelled = remover
        .remove(image, { signal: controller.signal })
        .catch((reason: unknown) => reason);
      controller.abort('changed my mind');
      const reason = await cancelled;
      await remover.dispose();
      return { channels: cutout.channels, verdict: assessment.verdict, stages: [...new Set(stages)], reason };
    });
    expect(seen).toEqual({
      channels: 4,
      verdict: 'found',
      stages: ['resize', 'network', 'upsample', 'colour'],
      reason: 'changed my mind',
    });
  });

  it('answers clicks, and finds everything, as Node does', async () => {
    const inPage = await page.evaluate(async () => {
      const { areaOf, automask, createPredictor, createStandIn, openPromptModel, toRaster } = window.cutkit;
      const image = await toRaster(await (await fetch('photo.jpg')).blob());
      const predictor = createPredictor(await openPromptModel({ backend: 'wasm', threads: 1 }));
      await predictor.setImage(image);
      const prompt = { points: [{ x: image.width / 2, y: image.height / 2, label: 1 as const }] };
      const [best] = await predictor.predict(prompt);
      await predictor.dispose();
      const found: number[][] = [];
      for await (const record of automask(createStandIn(), image, {
        pointsPerSide: 4,
        predIouThresh: 0,
        stabilityScoreThresh: 0,
      }))
        found.push([...record.bbox]);
      return { score: best?.score ?? 0, area: best ? areaOf(best.mask) : -1, found: found.length };
    });
    const { srgb } = await decodeImage(await readFile(SAMPLE));
    const predictor = createPredictor(await openPromptModel({ backend: 'wasm', threads: 1 }));
    await predictor.setImage(srgb);
    const [best] = await predictor.predict({ points: [{ x: srgb.width / 2, y: srgb.height / 2, label: 1 }] });
    await predictor.dispose();
    // The two decode JPEG with different libraries.
    expect(inPage.score).toBeCloseTo(best!.score, 1);
    expect(Math.abs(inPage.area - areaOf(best!.mask)) / (srgb.width * srgb.height)).toBeLessThan(0.02);
    expect(inPage.found).toBeGreaterThan(0);
  });

  it('answers clicks and finds everything in a worker', async () => {
    const seen = await page.evaluate(async () => {
      const { automask, createPredictor, createWorkerPromptModel, fetchModel, findManifest, toRaster } =
        window.cutkit;
      const read = (role: string) => fetchModel(findManifest('sam-tiny'), role);
      const files = { encoder: await read('encoder'), decoder: await read('decoder') };
      const runtime = { manifest: findManifest('sam-tiny'), backend: 'wasm', threads: 1 } as const;
      const worker = () => new Worker('worker.js', { type: 'module' });
      const model = await createWorkerPromptModel(worker(), { ...files, ...runtime });
      const predictor = createPredictor(model);
      const image = await toRaster(await (await fetch('photo.jpg')).blob());
      await predictor.setImage(image);
      const answers = await predictor.predict({ points: [{ x: 300, y: 300, label: 1 }] });
      const options = { pointsPerSide: 2, predIouThresh: 0, stabilityScoreThresh: 0 };
      let records = 0;
      for await (const _ of automask(model, image, options)) records++;
      const swapped = { encoder: files.decoder, decoder: files.encoder, ...runtime };
      const failure = await createWorkerPromptModel(worker(), swapped).catch((error: unknown) => error);
      await predictor.dispose();
      return {
        answers: answers.length,
        records,
        code: failure instanceof window.cutkit.CutkitError ? failure.code : '',
      };
    });
    expect(seen).toEqual({ answers: 3, records: expect.any(Number), code: 'MODEL_INPUTS' });
    expect(seen.records).toBeGreaterThan(0);
  });

  it('runs the whole predictor in a worker: the same answers, errors with their codes, aborts within a batch', async () => {
    const seen = await page.evaluate(async () => {
      const {
        areaOf,
        createPredictor,
        createWorkerPredictor,
        fetchModel,
        findManifest,
        openPromptModel,
        toRaster,
      } = window.cutkit;
      const read = (role: string) => fetchModel(findManifest('sam-tiny'), role);
      const files = { encoder: await read('encoder'), decoder: await read('decoder') };
      const image = await toRaster(await (await fetch('photo.jpg')).blob());
      const prompt = { points: [{ x: 300, y: 300, label: 1 as const }] };

      const own = createPredictor(await openPromptModel({ backend: 'wasm', threads: 1 }));
      await own.setImage(image);
      const here = await own.predict(prompt);
      await own.dispose();

      const runtime = { manifest: findManifest('sam-tiny'), backend: 'wasm', threads: 1 } as const;
      const predictor = await createWorkerPredictor(new Worker('worker.js', { type: 'module' }), {
        ...files,
        ...runtime,
      });
      const code = async (work: Promise<unknown>) => {
        const failure = await work.then(
          () => undefined,
          (error: unknown) => error,
        );
        return failure instanceof window.cutkit.CutkitError ? failure.code : String(failure);
      };
      const early = await code(predictor.predict(prompt));
      await predictor.setImage({ ...image, data: image.data.slice() }, { transfer: true });
      const there = await predictor.predict(prompt);
      const soft = await predictor.soften(there[0]!);
      const fed = await predictor.maskInput(there[0]!.mask);
      const outside = await code(predictor.predict({ points: [{ x: -5, y: 0, label: 1 }] }));
      const drain = async (records: AsyncIterable<unknown>) => {
        let count = 0;
        for await (const _ of records) count++;
        return count;
      };
      const misspelt = await code(drain(predictor.automask(image, { pointPerSide: 4 } as object)));
      const loose = { pointsPerSide: 4, predIouThresh: 0, stabilityScoreThresh: 0 };
      const records = await drain(predictor.automask(image, loose));

      const controller = new AbortController();
      let furthest = 0;
      const aborted = await code(
        drain(
          predictor.automask(
            image,
            { pointsPerSide: 32, pointsPerBatch: 4 },
            {
              signal: controller.signal,
              onProgress: ({ stage, done }) => {
                if (stage !== 'points') return;
                furthest = done;
                if (done === 4) controller.abort('enough');
              },
            },
          ),
        ),
      );
      const after = await predictor.predict(prompt);
      await predictor.dispose();
      const areas = (answers: typeof here) => answers.map(({ mask }) => areaOf(mask));
      return {
        same: JSON.stringify(areas(here)) === JSON.stringify(areas(there)),
        again: JSON.stringify(areas(after)) === JSON.stringify(areas(there)),
        soft: soft.data.length === image.width * image.height,
        fed: fed.length,
        records: records > 0,
        furthest,
        codes: { early, outside, misspelt, aborted },
      };
    });
    expect(seen).toMatchObject({ same: true, again: true, soft: true, fed: 256 * 256, records: true });
    expect(seen.codes).toEqual({
      early: 'BAD_OPTION',
      outside: 'BAD_OPTION',
      misspelt: 'BAD_OPTION',
      aborted: 'enough',
    });
    expect(seen.furthest).toBeLessThan(40);
  }, 180_000);

  it('pulls a model once and then finds it in the private file system', async () => {
    const asked = () => server.requests.filter((path) => path.endsWith('photo.jpg')).length;
    const before = asked();
    const sizes = await page.evaluate(async () => {
      const { browserModelStore, findManifest, loadModel } = window.cutkit;
      const bytes = new Uint8Array(await (await fetch('photo.jpg')).arrayBuffer());
      const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
      const sha256 = [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
      const model = { url: [new URL('photo.jpg', location.href).href], bytes: bytes.length, sha256 };
      const manifest = { ...findManifest('u2netp'), id: 'stand-in', files: { model } };
      const first = await loadModel(manifest, browserModelStore());
      const second = await loadModel(manifest, browserModelStore(), { offline: true });
      return [bytes.length, first.length, second.length];
    });
    expect(new Set(sizes).size).toBe(1);
    // One request for the digest above, one for the pull.
    expect(asked() - before).toBe(2);
  });

  it('runs from injected WASM bytes, with no request for them', async () => {
    const bare = await browser.newPage();
    await bare.goto(`${server.url}/index.html`);
    await bare.waitForFunction(() => 'cutkit' in window);
    const asked = () => server.requests.filter((path) => path.endsWith('.wasm')).length;
    const before = asked();
    const backend = await bare.evaluate(async () => {
      const wasmBinary = new Uint8Array(await (await fetch('ort/ort-wasm-simd-threaded.wasm')).arrayBuffer());
      const remover = await window.cutkit.openRemover({ backend: 'wasm', threads: 1, wasmBinary });
      return remover.backend;
    });
    expect(backend).toBe('wasm');
    // The one request is the test's own.
    expect(asked() - before).toBe(1);
    await bare.close();
  });
});
