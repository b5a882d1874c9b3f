import { type ClientStorage, createClientStorage } from './api/client-storage.js';
import { type Operations, READS, WRITES } from './api/operations.js';
import type { PluginManifest } from './manifest.js';
import { createDocument, type SceneDocument } from './scene/document.js';
import { createHistory, type History } from './scene/history.js';
import { createImageStore, type ImageStore } from './scene/images.js';
import { type PluginVm, startPluginVm } from './vm/plugin-vm.js';

/** A plugin as Figma is given it. */
export interface PluginFiles {
  readonly manifest: PluginManifest;
  readonly code: string;
  readonly html: string;
}

/** How `showUI` was called. */
export interface UiOptions {
  readonly width?: number;
  readonly height?: number;
  readonly title?: string;
  readonly visible?: boolean;
  readonly themeColors?: boolean;
}

/** The plugin's window, whatever shows it. */
export interface UiWindow {
  post(message: unknown): void;
  resize(width: number, height: number): void;
  setVisible(visible: boolean): void;
  close(): void;
}

/** A message at the editor's foot. */
export interface Notice {
  readonly id: number;
  readonly message: string;
  readonly error: boolean;
  readonly button?: string | undefined;
}

/** What the host needs of its surroundings. */
export interface HostOptions {
  readonly plugin: PluginFiles;
  /** The code that gives the machine its `figma` (see `bundle-guest.mjs`). */
  readonly guest: string;
  /** Opens the plugin's window; what the window posts goes to `receive`. */
  readonly openUi: (html: string, options: UiOptions, receive: (message: unknown) => void) => UiWindow;
  /** Draws a node for `exportAsync`. */
  readonly render?: (host: FigmaHost, id: string, settings: unknown) => Promise<Uint8Array>;
  readonly editorType?: 'figma' | 'dev';
  readonly onChange?: () => void;
}

/** Figma, as far as a plugin can tell. */
export interface FigmaHost {
  readonly scene: SceneDocument;
  readonly images: ImageStore;
  readonly history: History;
  readonly storage: ClientStorage;
  readonly notices: readonly Notice[];
  /** What the plugin wrote to its console, and the errors nobody caught. */
  readonly log: readonly string[];
  readonly running: boolean;
  readonly longestBlock: number;
  selection: readonly string[];
  /** Starts the plugin with a command of its menu; one that runs is closed first. */
  run(command: string, parameters?: Readonly<Record<string, string>>): Promise<void>;
  /** What the plugin suggests for a parameter, as quick actions ask. */
  suggest(key: string, query: string): Promise<unknown>;
  pressNotice(id: number): void;
  undo(): boolean;
  redo(): boolean;
  /** Closes the plugin as its window's cross does. */
  close(): void;
}

/** An editor with an empty page and one plugin. */
export function createFigmaHost(options: HostOptions): FigmaHost {
  const { plugin, editorType = 'figma', onChange = () => {} } = options;
  const scene = createDocument();
  const images = createImageStore();
  const history = createHistory(scene);
  const storage = createClientStorage();
  const notices: Notice[] = [];
  const log: string[] = [];
  const asked = new Map<number, { resolve(list: unknown): void; reject(error: Error): void }>();
  const timers = new Map<number, ReturnType<typeof setInterval>>();
  let selection: readonly string[] = [];
  let vm: PluginVm | undefined;
  let ui: UiWindow | undefined;
  let count = 0;
  let longest = 0;
  const relaunchCommands = new Set(plugin.manifest.relaunchButtons?.map(({ command }) => command));
  const context = { scene, images, relaunchCommands };

  const select = (ids: readonly string[]) => {
    selection = ids.filter((id) => scene.has(id));
    const machine = vm;
    // The editor tells of a new selection after the call that made it.
    queueMicrotask(() => machine?.emit('event', { name: 'selectionchange', payload: null }));
    onChange();
  };
  const stop = () => {
    longest = Math.max(longest, vm?.longestBlock ?? 0);
    for (const timer of timers.values()) clearInterval(timer);
    timers.clear();
    ui?.close();
    vm?.dispose();
    ui = undefined;
    vm = undefined;
    history.commit();
    onChange();
  };

  /** Calls that are the editor's own, not the document's. */
  const editor: Readonly<Record<string, (...args: never[]) => unknown>> = {
    selection: () => selection.filter((id) => scene.has(id)),
    select: (ids: string[]) => select(ids),
    commitUndo: () => history.commit(),
    triggerUndo: () => {
      history.undo();
      onChange();
    },
    // A plugin that closes itself is still on the stack: it ends when its call has returned.
    closePlugin: (message: string | null) => {
      if (message) notices.push({ id: ++count, message, error: false });
      const machine = vm;
      queueMicrotask(() => vm === machine && stop());
    },
    log: (level: string, text: string) => void log.push(`${level}: ${text}`),
    notify: (message: string, { error = false, button }: { error?: boolean; button?: string }) => {
      notices.push({ id: ++count, message, error, button });
      onChange();
      return count;
    },
    cancelNotice: (id: number) => {
      const at = notices.findIndex((notice) => notice.id === id);
      if (at >= 0) notices.splice(at, 1);
      onChange();
    },
    showNodes: () => {},
    base64Encode: (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes)),
    base64Decode: (text: string) => Uint8Array.from(atob(text), (char) => char.charCodeAt(0)),
    startTimer: (id: number, delay: number, repeats: boolean) => {
      const fire = () => {
        if (!repeats) timers.delete(id);
        vm?.emit('timer', id);
      };
      timers.set(id, repeats ? setInterval(fire, delay) : setTimeout(fire, delay));
    },
    stopTimer: (id: number) => void clearInterval(timers.get(id)),
    showUi: (html: string | null, given: UiOptions) => {
      ui?.close();
      ui = options.openUi(html ?? plugin.html, given, (message) => vm?.emit('message', message));
    },
    postMessage: (message: unknown) => {
      if (!ui) throw new Error('in postMessage: No UI has been shown. Call figma.showUI first.');
      ui.post(message);
    },
    resizeUi: (width: number, height: number) => ui?.resize(Math.max(70, width), Math.max(0, height)),
    setUiVisible: (visible: boolean) => ui?.setVisible(visible),
    closeUi: () => {
      ui?.close();
      ui = undefined;
    },
    suggested: (id: number, list: unknown) => asked.get(id)?.resolve(list),
    suggestionFailed: (id: number, message: string) => asked.get(id)?.reject(new Error(message)),
  };

  const handle = (name: string, args: readonly unknown[]): unknown => {
    const own = editor[name];
    if (own) return own(...(args as never[]));
    const read = READS[name as keyof typeof READS];
    if (read) return (read as Operation)(context, ...args);
    if (editorType === 'dev') throw new Error(`in ${name}: Cannot write to the document in read-only mode`);
    const result = (WRITES[name as keyof typeof WRITES] as Operation)(context, ...args);
    onChange();
    return result;
  };
  const handleAsync = async (name: string, args: readonly unknown[]): Promise<unknown> => {
    await undefined;
    const [first, second] = args as [string, unknown];
    switch (name) {
      case 'storageGet':
        return storage.get(first);
      case 'storageSet':
        return storage.set(first, second);
      case 'storageDelete':
        return storage.delete(first);
      case 'storageKeys':
        return storage.keys();
      default:
        if (!options.render) throw new Error('in exportAsync: Failed to export node');
        return options.render(host, first, second);
    }
  };

  const start = async (command: string) => {
    const { manifest, html, code } = plugin;
    const setup = { page: scene.page, root: scene.root, editorType, pluginId: manifest.id, command };
    const onError = (text: string) => void log.push(`uncaught: ${text}`);
    const machine = await startPluginVm(options.guest, html, setup, handle, handleAsync, onError);
    vm = machine;
    machine.run(code, manifest.main);
    return machine;
  };

  const host: FigmaHost = {
    scene,
    images,
    history,
    storage,
    notices,
    log,
    get running() {
      return vm !== undefined;
    },
    get longestBlock() {
      return Math.max(longest, vm?.longestBlock ?? 0);
    },
    get selection() {
      return selection;
    },
    set selection(ids) {
      select(ids);
    },
    async run(command, parameters) {
      if (vm) stop();
      history.commit();
      const machine = await start(command);
      machine.emit('event', { name: 'run', payload: { command, parameters } });
    },
    async suggest(key, query) {
      const machine = vm ?? (await start(''));
      const id = ++count;
      const answer = new Promise((resolve, reject) => asked.set(id, { resolve, reject }));
      machine.emit('suggest', { id, key, query, parameters: {} });
      return answer.finally(() => asked.delete(id));
    },
    pressNotice: (id) => vm?.emit('event', { name: `notice-${id}`, payload: null }),
    undo() {
      const done = history.undo();
      select(selection);
      return done;
    },
    redo() {
      const done = history.redo();
      select(selection);
      return done;
    },
    close: () => {
      if (vm) stop();
    },
  };
  return host;
}

type Operation = (context: Parameters<Operations['exists']>[0], ...args: readonly unknown[]) => unknown;
