import type { MainApi, UiApi } from '../protocol.js';
import { connect } from '../rpc.js';

/** The main half, as the window calls it: every answer comes later. */
export type Main = {
  readonly [Name in keyof MainApi]: (
    ...args: Parameters<MainApi[Name]>
  ) => Promise<Awaited<ReturnType<MainApi[Name]>>>;
};

/** Connects to the half that runs in Figma's virtual machine. */
export function connectMain(ui: UiApi): Main {
  return connect<MainApi, UiApi>(ui, {
    post: (message) => parent.postMessage({ pluginMessage: message }, '*'),
    on: (hear) =>
      addEventListener('message', ({ data }: MessageEvent<{ pluginMessage?: unknown } | undefined>) => {
        if (data?.pluginMessage !== undefined) hear(data.pluginMessage);
      }),
  });
}
