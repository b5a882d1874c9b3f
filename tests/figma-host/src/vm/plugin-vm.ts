import variant from '@jitl/quickjs-singlefile-browser-release-sync';
import {
  newQuickJSWASMModuleFromVariant,
  type QuickJSContext,
  type QuickJSHandle,
  type QuickJSRuntime,
  type QuickJSWASMModule,
} from 'quickjs-emscripten-core';
import { fromWire, toWire } from '../wire.js';

/** Answers a call of the plugin's side at once. Throws what the plugin is to see. */
export type Handle = (name: string, args: readonly unknown[]) => unknown;
/** Answers a call that takes a while. */
export type HandleAsync = (name: string, args: readonly unknown[]) => Promise<unknown>;

/** A plugin's main thread: the engine family that Figma runs plugins in, with nothing of the page inside. */
export interface PluginVm {
  /** Runs a script in it. Rejects with the script's error. */
  run(code: string, name: string): void;
  emit(kind: string, payload: unknown): void;
  /** Milliseconds of the longest stretch in which the plugin held the editor's thread, without the editor's own work in its calls. */
  readonly longestBlock: number;
  dispose(): void;
}

let engine: Promise<QuickJSWASMModule> | undefined;

/** Starts a machine and loads `guest` into it, set up with `setup`; `html` becomes its `__html__`. */
export async function startPluginVm(
  guest: string,
  html: string,
  setup: object,
  handle: Handle,
  handleAsync: HandleAsync,
  onError: (text: string) => void,
): Promise<PluginVm> {
  engine ??= newQuickJSWASMModuleFromVariant(variant);
  const runtime = (await engine).newRuntime();
  runtime.setMaxStackSize(1 << 20);
  const vm = runtime.newContext();
  const blocks = { longest: 0, depth: 0, editor: 0 };
  let alive = true;
  let lastBytes: Uint8Array | undefined;

  /** Runs plugin code and the promise jobs it leaves, and notes how long the thread was held. */
  const enter = (work: () => void) => {
    if (!alive) return;
    const start = performance.now();
    if (blocks.depth === 0) blocks.editor = 0;
    blocks.depth++;
    try {
      work();
      if (blocks.depth === 1) settleJobs(runtime, vm, onError);
    } finally {
      blocks.depth--;
      if (blocks.depth === 0)
        blocks.longest = Math.max(blocks.longest, performance.now() - start - blocks.editor);
    }
  };

  const argsOf = (json: QuickJSHandle, bytes: QuickJSHandle | undefined) => {
    const text = vm.getString(json);
    return fromWire<unknown[]>({ json: text, ...(bytes ? bytesOf(vm, bytes) : {}) });
  };
  const reply = (value: unknown): QuickJSHandle => {
    if (value === undefined) return vm.undefined;
    const wire = toWire(value);
    lastBytes = wire.bytes;
    return vm.newString(wire.json);
  };
  expose(vm, '__call', (name, json, bytes) => {
    const start = performance.now();
    try {
      return reply(handle(vm.getString(name!), argsOf(json!, bytes)));
    } catch (error) {
      return { error: vm.newError(error instanceof Error ? error.message : String(error)) };
    } finally {
      blocks.editor += performance.now() - start;
    }
  });
  expose(vm, '__lastBytes', () =>
    lastBytes ? vm.newArrayBuffer(lastBytes.slice().buffer as ArrayBuffer) : vm.undefined,
  );
  expose(vm, '__callAsync', (name, json, bytes) => {
    const promise = vm.newPromise();
    handleAsync(vm.getString(name!), argsOf(json!, bytes)).then(
      (value) => enter(() => reply(value).consume((handle_) => promise.resolve(handle_))),
      (error: unknown) =>
        enter(() =>
          vm
            .newError(error instanceof Error ? error.message : String(error))
            .consume((one) => promise.reject(one)),
        ),
    );
    return promise.handle;
  });

  const run = (code: string, name: string) => {
    let failure: unknown;
    enter(() => {
      const result = vm.evalCode(code, name);
      if (result.error) {
        failure = vm.dump(result.error);
        result.error.dispose();
      } else result.value.dispose();
    });
    if (failure !== undefined) throw new Error(messageOf(failure));
  };
  vm.newString(html).consume((handle_) => vm.setProp(vm.global, '__html__', handle_));
  run(guest, 'figma.js');
  run(`__boot(${JSON.stringify(JSON.stringify(setup))})`, 'boot.js');

  return {
    run,
    emit(kind, payload) {
      enter(() => {
        const { json, bytes } = toWire(payload);
        const emit = vm.getProp(vm.global, '__emit');
        const args = [vm.newString(kind), vm.newString(json)];
        if (bytes) args.push(vm.newArrayBuffer(bytes.buffer as ArrayBuffer));
        const result = vm.callFunction(emit, vm.undefined, ...args);
        if (result.error) {
          onError(messageOf(vm.dump(result.error)));
          result.error.dispose();
        } else result.value.dispose();
        for (const handle_ of [emit, ...args]) handle_.dispose();
      });
    },
    get longestBlock() {
      return blocks.longest;
    },
    dispose() {
      alive = false;
      // Pending promises still hold values: what the machine keeps goes with its runtime, at the next idle moment.
      setTimeout(() => disposeQuietly(vm, runtime), 0);
    },
  };
}

function disposeQuietly(vm: QuickJSContext, runtime: QuickJSRuntime): void {
  try {
    vm.dispose();
    runtime.dispose();
  } catch {
    // The engine refuses while a promise is unsettled; the module frees that memory with the page.
  }
}

function expose(
  vm: QuickJSContext,
  name: string,
  run: (...args: QuickJSHandle[]) => QuickJSHandle | { error: QuickJSHandle },
): void {
  vm.newFunction(name, run).consume((handle) => vm.setProp(vm.global, name, handle));
}

function bytesOf(vm: QuickJSContext, handle: QuickJSHandle): { bytes?: Uint8Array } {
  if (vm.typeof(handle) === 'undefined') return {};
  const lifetime = vm.getArrayBuffer(handle);
  try {
    return { bytes: lifetime.value.slice() };
  } finally {
    lifetime.dispose();
  }
}

function settleJobs(runtime: QuickJSRuntime, vm: QuickJSContext, onError: (text: string) => void): void {
  for (;;) {
    const result = runtime.executePendingJobs(64);
    if (result.error) {
      onError(messageOf(vm.dump(result.error)));
      result.error.dispose();
      return;
    }
    if (result.value === 0) return;
  }
}

function messageOf(dumped: unknown): string {
  if (typeof dumped === 'object' && dumped !== null && 'message' in dumped) {
    const { message, stack } = dumped as { message: string; stack?: string };
    return stack ? `${message}\n${stack}` : message;
  }
  return String(dumped);
}
