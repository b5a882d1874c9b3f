/**
 * Resolves once messages that wait have been handled. A network that runs on one WASM thread never gives its worker's event loop a
 * turn of its own, so an abort would be heard only after the last batch.
 */
export function breathe(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(0);
  });
}
