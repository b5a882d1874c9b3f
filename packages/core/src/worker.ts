/** The worker script: `new Worker(new URL('@cutkit/core/worker', import.meta.url), { type: 'module' })`. */
import { serve } from './worker/host.js';

serve();
