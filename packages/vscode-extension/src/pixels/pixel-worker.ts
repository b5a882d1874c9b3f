/** The worker of a webview: decodes the picture and does all work on its pixels, around an engine here or in the host. */
import {
  CutkitError,
  compressRle,
  createRemover,
  encodeRle,
  findManifest,
  maskOf,
  type Raster,
  type Removal,
  type Remover,
  readEmbedded,
} from '@cutkit/core';
import { openPromptModel, openWeb, toBlob, toRaster } from '@cutkit/core/browser';
import { createEngine } from '../engine/create-engine.js';
import { tagged } from '../protocol/channels.js';
import type { Engine, EngineListener, EnginePrompt } from '../protocol/engine.js';
import type { PixelPage, PixelWorker } from '../protocol/pixels.js';
import { type Channel, connect } from '../protocol/rpc.js';
import { createEmbedder } from './embedder.js';

const channel: Channel = {
  post: (message) => postMessage(message),
  on: (receive) => addEventListener('message', ({ data }) => receive(data)),
};

/** Coverage from which a pixel belongs to the subject's mask. */
const HALF = 128;
const PROMPT_MODEL = 'sam-tiny';
const MATTING_MODEL = 'unet-cutout';

let picture: { readonly key: string; readonly file: Blob; raster?: Promise<Raster> } | undefined;
let remover: Promise<Remover> | undefined;
let wasAsked = false;

const page = connect<PixelPage>(
  {
    async open(key, file) {
      picture = { key, file };
    },
    async prepare() {
      const key = await embedded();
      // The first answer of a network takes many times as long as the next: it is not the user's, unless they were quicker.
      if (!wasAsked) await engine.predict(key, { points: [{ x: 0, y: 0, label: 1 }], most: 1 });
    },
    async predict(prompt) {
      wasAsked = true;
      // All is embedded as a rule: asking first whether it is would take a message there and back at every click.
      const answers = picture && (await engine.predict(picture.key, prompt));
      return answers ?? (await engine.predict(await embeddedFor(prompt), prompt)) ?? [];
    },
    suggest: async (options, job) => engine.suggest(await embedded(), options, job),
    cancel: async (job) => engine.cancel(job),
    async subject() {
      const { alpha, assessment } = await removal();
      const inside = alpha.data.map((value) => (value < HALF ? 0 : 1));
      return {
        mask: compressRle(encodeRle(maskOf(alpha.width, alpha.height, inside))),
        verdict: assessment.verdict,
      };
    },
    async cutout() {
      const { cutout, assessment } = await removal();
      const blob = await toBlob(cutout);
      return { png: new Uint8Array(await blob.arrayBuffer()), verdict: assessment.verdict };
    },
  } satisfies PixelWorker,
  tagged(channel, 'pixels'),
);

const listener: EngineListener = {
  progress: (job, done, total) => void page.progress.asEvent(job, done, total),
};
/** The host's engine answers through the page, which passes messages on unread. */
const engine: Engine =
  self.name === 'host' ? connect<Engine>(listener, tagged(channel, 'engine')) : localEngine();

const embedder = createEmbedder(engine);

function localEngine(): Engine {
  const runtime = async () =>
    ({
      backend: 'wasm',
      threads: 1,
      wasmBinary: await page.asset('ort/ort-wasm-simd-threaded.wasm'),
    }) as const;
  const read = (model: string, file: string) =>
    readEmbedded(`${model}/${file}`, (name) => page.asset(`models/${name}`));
  return createEngine(
    {
      async openPrompt() {
        const bytes = {
          encoder: await read(PROMPT_MODEL, 'encoder.onnx'),
          decoder: await read(PROMPT_MODEL, 'decoder.onnx'),
        };
        return {
          model: await openPromptModel({ bytes, ...(await runtime()) }),
          manifest: findManifest(PROMPT_MODEL),
        };
      },
      async openMatting() {
        const session = await openWeb(await read(MATTING_MODEL, 'model.onnx'), await runtime());
        return { session, manifest: findManifest(MATTING_MODEL) };
      },
    },
    listener,
  );
}

async function pixels(): Promise<Raster> {
  if (!picture) throw new CutkitError('BAD_OPTION', 'No picture is open.', 'Open one first.');
  picture.raster ??= toRaster(picture.file);
  return picture.raster;
}

/** The key of the open picture, once the engine knows it. */
async function embedded(): Promise<string> {
  const image = await pixels();
  const key = picture?.key ?? '';
  await embedder.embed(key, image);
  return key;
}

/** The same, once it knows all that a prompt needs. */
async function embeddedFor(prompt: EnginePrompt): Promise<string> {
  const image = await pixels();
  const key = picture?.key ?? '';
  await embedder.embedFor(key, image, prompt);
  return key;
}

async function removal(): Promise<Removal> {
  remover ??= openRemover();
  return (await remover).remove(await pixels());
}

async function openRemover(): Promise<Remover> {
  const { manifest, backend, inputs, outputs } = await engine.openMatting();
  const run = (feeds: Parameters<Engine['runMatting']>[0]) => engine.runMatting(feeds);
  return createRemover({ backend, inputs, outputs, run, dispose: async () => {} }, manifest);
}
