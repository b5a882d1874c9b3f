/** The worker script: `new Worker(new URL('@cutkit/core/worker', import.meta.url), { type: 'module' })`. */
import { serveRemover } from './worker/host.js';

serveRemover();
