import { call, callAsync } from './bridge.js';
import type { Emitter } from './events.js';
import { nodeOf, nodeOrNull } from './node.js';

/** What the machine is started with. */
export interface GuestSetup {
  readonly page: string;
  readonly root: string;
  readonly editorType: 'figma' | 'figjam' | 'dev' | 'slides' | 'buzz';
  readonly pluginId: string;
  readonly command: string;
  readonly html: string;
}

/** The part of the plugin API that the host has, under the typings' own names. */
type HostApi = Pick<
  PluginAPI,
  | 'apiVersion'
  | 'editorType'
  | 'mode'
  | 'command'
  | 'pluginId'
  | 'root'
  | 'currentPage'
  | 'mixed'
  | 'createFrame'
  | 'createRectangle'
  | 'createEllipse'
  | 'createVector'
  | 'createImage'
  | 'getImageByHash'
  | 'group'
  | 'commitUndo'
  | 'triggerUndo'
  | 'closePlugin'
  | 'getNodeByIdAsync'
  | 'getNodeById'
  | 'base64Encode'
  | 'base64Decode'
> & {
  readonly ui: Pick<
    UIAPI,
    'postMessage' | 'onmessage' | 'resize' | 'show' | 'hide' | 'close' | 'on' | 'off' | 'once'
  >;
  readonly clientStorage: ClientStorageAPI;
  readonly viewport: Pick<ViewportAPI, 'scrollAndZoomIntoView'>;
  readonly parameters: Pick<ParametersAPI, 'on' | 'off'>;
  showUI(html: string, options?: ShowUIOptions): void;
  notify(message: string, options?: NotificationOptions): NotificationHandler;
  on(event: string, listener: (payload: never) => unknown): void;
  once(event: string, listener: (payload: never) => unknown): void;
  off(event: string, listener: (payload: never) => unknown): void;
};

/** The most characters of a notification. */
const NOTICE_LENGTH = 100;

/** The `figma` global. `events` are the plugin's, `messages` those of its window. */
export function createFigma(
  setup: GuestSetup,
  events: Emitter,
  messages: Emitter,
  suggestions: Emitter,
): HostApi {
  const image = (hash: string): Image => ({
    hash,
    getBytesAsync: async () => {
      await undefined;
      return call<Uint8Array>('imageBytes', hash);
    },
    getSizeAsync: async () => {
      await undefined;
      return call<{ width: number; height: number }>('imageSize', hash);
    },
  });
  const create = <T>(type: string) => nodeOf(call<string>('create', type)) as T;
  let onmessage: UIAPI['onmessage'];
  const api: HostApi = {
    apiVersion: '1.0.0',
    editorType: setup.editorType,
    mode: 'default',
    command: setup.command,
    pluginId: setup.pluginId,
    mixed: Symbol('figma.mixed') as PluginAPI['mixed'],
    get root() {
      return nodeOf(setup.root) as DocumentNode;
    },
    get currentPage() {
      return nodeOf(setup.page) as PageNode;
    },
    createFrame: () => create('FRAME'),
    createRectangle: () => create('RECTANGLE'),
    createEllipse: () => create('ELLIPSE'),
    createVector: () => create('VECTOR'),
    createImage: (bytes) => image(call<string>('createImage', bytes)),
    getImageByHash: (hash) => (call<boolean>('imageExists', hash) ? image(hash) : null),
    group: (nodes, parent, index) =>
      nodeOf(
        call<string>(
          'group',
          nodes.map(({ id }) => id),
          parent.id,
          index,
        ),
      ) as GroupNode,
    commitUndo: () => call('commitUndo'),
    triggerUndo: () => call('triggerUndo'),
    closePlugin: (message) => call('closePlugin', message ?? null),
    getNodeByIdAsync: async (id) => {
      await undefined;
      return nodeOrNull(call<boolean>('exists', id) ? id : null);
    },
    getNodeById: () => {
      throw new Error(
        'in getNodeById: Cannot call with documentAccess: dynamic-page. Use figma.getNodeByIdAsync instead.',
      );
    },
    base64Encode: (bytes) => call<string>('base64Encode', bytes),
    base64Decode: (text) => call<Uint8Array>('base64Decode', text),
    ui: {
      postMessage: (message) => call('postMessage', message),
      resize: (width, height) => call('resizeUi', width, height),
      show: () => call('setUiVisible', true),
      hide: () => call('setUiVisible', false),
      close: () => call('closeUi'),
      on: (_: 'message', listener: never) => messages.on('message', listener),
      once: (_: 'message', listener: never) => messages.once('message', listener),
      off: (_: 'message', listener: never) => messages.off('message', listener),
      get onmessage() {
        return onmessage;
      },
      set onmessage(listener) {
        if (onmessage) messages.off('message', onmessage as never);
        onmessage = listener;
        if (listener) messages.on('message', listener as never);
      },
    },
    clientStorage: {
      getAsync: (key) => callAsync('storageGet', key),
      setAsync: (key, value) => callAsync('storageSet', key, value),
      deleteAsync: (key) => callAsync('storageDelete', key),
      keysAsync: () => callAsync('storageKeys'),
    },
    viewport: {
      scrollAndZoomIntoView: (nodes) =>
        call(
          'showNodes',
          nodes.map(({ id }) => id),
        ),
    },
    parameters: {
      on: (_: 'input', listener: never) => suggestions.on('input', listener),
      off: (_: 'input', listener: never) => suggestions.off('input', listener),
    },
    // The plugin's own page is known outside: megabytes need not cross.
    showUI: (html, options) => call('showUi', html === setup.html ? null : html, options ?? {}),
    notify(message, options = {}) {
      if (message.length > NOTICE_LENGTH) {
        throw new Error(`in notify: A notification has at most ${NOTICE_LENGTH} characters`);
      }
      const { button, onDequeue: _, ...plain } = options;
      const id = call<number>('notify', message, { ...plain, ...(button ? { button: button.text } : {}) });
      if (button) events.on(`notice-${id}`, () => button.action());
      return { cancel: () => call('cancelNotice', id) };
    },
    on: (event, listener) => events.on(event, listener as never),
    once: (event, listener) => events.once(event, listener as never),
    off: (event, listener) => events.off(event, listener as never),
  };
  return api;
}
