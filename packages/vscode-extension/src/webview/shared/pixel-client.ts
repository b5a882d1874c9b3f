import pixelWorkerSource from 'worker:../../pixels/pixel-worker.ts';
import { isTagged, tagged } from '../../protocol/channels.js';
import type { RuntimeAssets } from '../../protocol/editor.js';
import type { PixelPage, PixelWorker } from '../../protocol/pixels.js';
import { type Channel, connect, type Remote } from '../../protocol/rpc.js';
import { hostChannel } from './host.js';

/**
 * Starts the pixel worker. Workers cannot load files of an extension, so the page fetches for it; and what the worker says
 * to the host's engine goes through the page unread.
 */
export function startPixelWorker(
  assets: RuntimeAssets,
  onProgress: (done: number, total: number) => void,
): Remote<PixelWorker> {
  const url = URL.createObjectURL(new Blob([pixelWorkerSource], { type: 'text/javascript' }));
  const worker = new Worker(url, { type: 'module', name: assets.backend });
  const channel: Channel = {
    post: (message) => worker.postMessage(message),
    on: (receive) => worker.addEventListener('message', ({ data }) => receive(data)),
  };
  channel.on((message) => {
    if (isTagged(message) && message.to === 'engine') hostChannel.post(message);
  });
  hostChannel.on((message) => {
    if (isTagged(message) && message.to === 'engine') worker.postMessage(message);
  });
  const page: PixelPage = {
    asset: (path) => fetchBytes(`${assets.root}/${path}`),
    progress: (_job, done, total) => onProgress(done, total),
  };
  return connect<PixelWorker>(page, tagged(channel, 'pixels'));
}

async function fetchBytes(url: string): Promise<Uint8Array> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}
