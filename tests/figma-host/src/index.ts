export type { HostPage } from './app/host-page.js';
export {
  createFigmaHost,
  type FigmaHost,
  type HostOptions,
  type Notice,
  type PluginFiles,
  type UiOptions,
  type UiWindow,
} from './host.js';
export type { MenuItem, Parameter, PluginManifest } from './manifest.js';
export type { SceneDocument } from './scene/document.js';
export type { ImageStore } from './scene/images.js';
export type { HostNodeType, Json, NodeRecord } from './scene/node-record.js';
