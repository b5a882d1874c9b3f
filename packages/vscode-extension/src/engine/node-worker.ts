/** The thread of the extension host that runs networks. Everything it needs to know comes with its start. */
import { parentPort, workerData } from 'node:worker_threads';
import { openNode, openPromptModel, resolveModel } from '@cutkit/core/node';
import type { EngineListener } from '../protocol/engine.js';
import { connect } from '../protocol/rpc.js';
import { createEngine } from './create-engine.js';

/** How the thread is set up. */
export interface NodeWorkerData {
  /** Ids, or paths of folders with a `model.json`. */
  readonly promptModel: string;
  readonly mattingModel: string;
  /** Where downloaded models are. */
  readonly modelsDir: string;
  /** 0 leaves it to the runtime. */
  readonly threads: number;
}

const port = parentPort;
if (!port) throw new Error('this script is a worker thread');
const { promptModel, mattingModel, modelsDir, threads } = workerData as NodeWorkerData;
const source = { modelsDir, offline: true };
const runtime = threads > 0 ? { threads } : {};

const engine = createEngine(
  {
    async openPrompt() {
      const { manifest } = await resolveModel(promptModel, source);
      return { model: await openPromptModel({ model: promptModel, ...source, ...runtime }), manifest };
    },
    async openMatting() {
      const { manifest, read } = await resolveModel(mattingModel, source);
      return { session: await openNode(await read('model'), 'auto', runtime), manifest };
    },
  },
  { progress: (job, done, total) => listener.progress.asEvent(job, done, total) },
);

const listener = connect<EngineListener>(engine, {
  post: (message) => port.postMessage(message),
  on: (receive) => port.on('message', receive),
});
