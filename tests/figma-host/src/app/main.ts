import guest from 'guest-code';
import { createFigmaHost, type FigmaHost, type PluginFiles } from '../host.js';
import { exportNode, nodePixels } from '../render/export-node.js';
import { createRenderer } from '../render/renderer.js';
import { POLICIES, type Policy, policyOf } from '../ui/csp.js';
import { type Delivery, openPluginFrame } from '../ui/plugin-frame.js';
import type { Theme } from '../ui/theme.js';
import { createEditorView } from './editor-view.js';
import './host-page.js';
import { drawLayers } from './layers-panel.js';
import { addSamples } from './sample-document.js';
import { drawCommands, drawNotices } from './toolbar.js';

const query = new URLSearchParams(location.search);
const theme: Theme = query.get('theme') === 'dark' ? 'dark' : 'light';
const policy: Policy = POLICIES.find((name) => name === query.get('csp')) ?? 'figma';
const delivery: Delivery = query.get('delivery') === 'data-shell' ? 'data-shell' : 'srcdoc';
const editorType = query.get('editor') === 'dev' ? 'dev' : 'figma';
const part = (id: string) => document.getElementById(id)!;

async function loadPlugin(): Promise<PluginFiles> {
  const read = async (file: string) => (await fetch(`plugin/${file}`)).text();
  const manifest = JSON.parse(await read('manifest.json'));
  return { manifest, code: await read(manifest.main), html: await read(manifest.ui) };
}

async function start(): Promise<void> {
  const plugin = await loadPlugin();
  const host: FigmaHost = createFigmaHost({
    plugin,
    guest,
    editorType,
    openUi: (html, ui, receive) => {
      const options = {
        csp: policyOf(plugin.manifest, policy),
        theme,
        delivery,
        name: plugin.manifest.name,
        onClose: () => host.close(),
      };
      return openPluginFrame(part('windows'), html, ui, options, receive);
    },
    render: (own, id, settings) => exportNode(own, renderer, id, settings),
    onChange: () => redraw(),
  });
  const renderer = createRenderer(host.scene, host.images);
  const view = createEditorView(part('canvas') as HTMLCanvasElement, host, renderer);
  let isQueued = false;
  const redraw = () => {
    if (isQueued) return;
    isQueued = true;
    requestAnimationFrame(() => {
      isQueued = false;
      void view.redraw();
      drawLayers(part('layers'), host);
      drawCommands(part('commands'), plugin.manifest, host);
      drawNotices(part('notices'), host.notices, (id) => host.pressNotice(id));
    });
  };
  document.documentElement.dataset['theme'] = theme;
  part('undo').addEventListener('click', () => host.undo());
  part('redo').addEventListener('click', () => host.redo());
  part('open').addEventListener('change', (event) => void addPicture(host, event.target as HTMLInputElement));
  const photo = new Uint8Array(await (await fetch('photo.jpg')).arrayBuffer());
  const samples = query.has('empty') ? new Map<string, string>() : addSamples(host, photo);
  redraw();
  window.figmaHost = {
    host,
    samples,
    pixels: (id, frame, scale) => nodePixels(host, renderer, id, frame, scale),
  };
}

/** Puts a picture of one's own onto the page. */
async function addPicture(host: FigmaHost, { files }: HTMLInputElement): Promise<void> {
  const [file] = files ?? [];
  if (!file) return;
  const hash = host.images.add(new Uint8Array(await file.arrayBuffer()));
  const { width, height } = host.images.get(hash)!;
  const { id, props } = host.scene.create('RECTANGLE');
  host.scene.insert(host.scene.page, id);
  const scale = 400 / Math.max(width, height);
  const fills = [{ type: 'IMAGE', scaleMode: 'FILL', imageHash: hash }];
  host.scene.update(id, {
    width: width * scale,
    height: height * scale,
    props: { ...props, name: file.name, fills },
  });
  host.selection = [id];
}

void start();
