import { fromWire, toWire } from '../wire.js';

/** What the editor puts into the virtual machine before this code runs. */
declare global {
  var __call: (name: string, json: string, bytes?: ArrayBuffer) => string | undefined;
  var __lastBytes: () => ArrayBuffer | undefined;
  var __callAsync: (name: string, json: string, bytes?: ArrayBuffer) => Promise<string>;
}

/** Calls the editor and waits for its answer; its refusals come as errors. */
export function call<T>(name: string, ...args: readonly unknown[]): T {
  const { json, bytes } = toWire(args);
  return answer(__call(name, json, bytes?.buffer as ArrayBuffer | undefined));
}

/** As {@link call}, for what takes the editor a while. */
export async function callAsync<T>(name: string, ...args: readonly unknown[]): Promise<T> {
  const { json, bytes } = toWire(args);
  return answer(await __callAsync(name, json, bytes?.buffer as ArrayBuffer | undefined));
}

function answer<T>(json: string | undefined): T {
  if (json === undefined) return undefined as T;
  const bytes = json.includes('$bytes') ? __lastBytes() : undefined;
  return fromWire<T>(bytes ? { json, bytes: new Uint8Array(bytes) } : { json });
}
