/** What the browser tests drive: the public browser door on `window.cutkit`. */
import {
  areaOf,
  automask,
  CutkitError,
  createPredictor,
  createStandIn,
  findManifest,
  loadModel,
} from '@cutkit/core';
import * as browser from '@cutkit/core/browser';

const api = {
  ...browser,
  areaOf,
  automask,
  CutkitError,
  createPredictor,
  createStandIn,
  findManifest,
  loadModel,
};

declare global {
  interface Window {
    cutkit: typeof api;
  }
}

window.cutkit = api;
