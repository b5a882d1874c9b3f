/** Lets benchmarks import the TypeScript of the tests' supports: `import './typescript.mjs'` before them. */
import { register } from 'node:module';

register('./typescript-hooks.mjs', import.meta.url);
