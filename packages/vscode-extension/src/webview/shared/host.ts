import { isTagged, tagged } from '../../protocol/channels.js';
import type { Engine } from '../../protocol/engine.js';
import { type Channel, connect, type Remote } from '../../protocol/rpc.js';

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** The workbench, as a webview reaches it. May be acquired once only. */
const vscode: VsCodeApi = acquireVsCodeApi();

/** Messages to and from the extension host. */
export const hostChannel: Channel = {
  post: (message) => vscode.postMessage(message),
  on: (receive) =>
    addEventListener('message', ({ data }) => {
      if (isTagged(data)) receive(data);
    }),
};

/** The conversation with the panel's owner in the extension host. */
export function connectHost<Host extends object>(ours: object): Remote<Host> {
  return connect<Host>(ours, tagged(hostChannel, 'panel'));
}

/** The page's own conversation with the host's engine. */
export function connectEngine(): Remote<Pick<Engine, 'predict'>> {
  return connect<Pick<Engine, 'predict'>>({}, tagged(hostChannel, 'clicks'));
}
