/**
 * One script for all rungs of the ladder: in a worker it answers the window that started it; in the window itself, where no
 * worker can be had, it answers a port that is sent to it.
 */
import { expose } from 'comlink';
import { createEngine } from './create-engine.js';
import { withCures } from './with-cures.js';

declare global {
  var cutkitServe: ((port: MessagePort) => void) | undefined;
}

if ('document' in globalThis) {
  globalThis.cutkitServe = (port) => expose(withCures(createEngine()), port);
} else {
  expose(withCures(createEngine()));
}
