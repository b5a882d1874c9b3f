import { html, render } from 'lit';
import { guard } from 'lit/directives/guard.js';
import type { EditorHost, EditorView, EditorWebview, ViewCommand } from '../../protocol/editor.js';
import type { EngineAnswer } from '../../protocol/engine.js';
import type { Remote } from '../../protocol/rpc.js';
import { announce } from '../shared/announce.js';
import { connectHost } from '../shared/host.js';
import { t } from '../shared/l10n.js';
import { onceATurn } from '../shared/once-a-turn.js';
import { Actions } from './actions.js';
import { createControls } from './create-controls.js';
import { instancesAt } from './instances-at.js';
import { listenKeys } from './listen-keys.js';
import { type OpenPixels, openPixels } from './open-pixels.js';
import { sidePanel } from './side-panel.js';
import { Stage } from './stage.js';
import { statusBar } from './status-bar.js';
import { EditorStore, type ToolName } from './store.js';
import { Suggestions } from './suggestions.js';
import { toolbar } from './toolbar.js';
import { BrushTool } from './tools/brush-tool.js';
import { PolygonTool } from './tools/polygon-tool.js';
import { SegmentTool } from './tools/segment-tool.js';
import { SelectTool } from './tools/select-tool.js';
import type { Tool, ToolContext } from './tools/tool.js';
import { trackPointer } from './track-pointer.js';

/** A click is answered sooner as a rule: to say that it is under way would only flicker. */
const CLICK_MS = 300;

/** Puts an editor into the page and keeps it in step with the extension host. */
export async function startEditor(root: HTMLElement): Promise<void> {
  const webview: EditorWebview = {
    show: (view) => void editor?.show(view),
    patch: (patch) => {
      editor?.store.patch(patch);
      if (patch.say) announce(patch.say);
    },
    run: (command) => editor?.run(command),
    settled: async () => editor?.settled(),
  };
  let editor: Editor | undefined;
  const host = connectHost<EditorHost>(webview);
  editor = new Editor(root, host, await host.ready());
  await editor.load();
}

class Editor {
  readonly store: EditorStore;
  readonly #host: Remote<EditorHost>;
  readonly #stage: Stage;
  readonly #tools: Readonly<Record<ToolName, Tool>>;
  readonly #suggestions: Suggestions;
  readonly #actions: Actions;
  readonly #root: HTMLElement;
  #pixels: OpenPixels | undefined;
  /** What is under way, the newest last: a click may come while the picture is still being read. */
  #works: readonly { readonly what: string }[] = [];

  constructor(root: HTMLElement, host: Remote<EditorHost>, view: EditorView) {
    this.#root = root;
    this.#host = host;
    this.store = new EditorStore(view);
    this.#stage = new Stage(this.store);
    this.#stage.element.setAttribute(
      'aria-label',
      t('Picture. Arrow keys move the crosshair, Space clicks.'),
    );
    this.#actions = new Actions(this.store, host);
    const context: ToolContext = {
      store: this.store,
      actions: this.#actions,
      ask: (prompt) => this.#work(t('Segmenting'), () => this.#network().predict(prompt), CLICK_MS),
      scale: () => this.#stage.scale,
      size: () => this.#stage.size,
    };
    this.#tools = {
      select: new SelectTool(context),
      segment: new SegmentTool(context, false),
      box: new SegmentTool(context, true),
      brush: new BrushTool(context, false),
      erase: new BrushTool(context, true),
      polygon: new PolygonTool(context),
    };
    this.#suggestions = new Suggestions(this.store, context.actions);
    const controls = createControls({
      store: this.store,
      host,
      stage: this.#stage,
      actions: context.actions,
      suggestions: this.#suggestions,
      tool: () => this.#tool,
      suggest: () => this.#suggest(),
      stop: () => void this.#pixels?.cancel(1),
      findSubject: () => this.#findSubject(),
    });
    this.store.subscribe(onceATurn(() => this.#render(controls)));
    this.store.subscribe((state, before) => {
      if (state.tool !== before.tool) this.#chooseTool();
    });
    trackPointer(this.#stage, {
      store: this.store,
      tool: () => this.#tool,
      suggestions: this.#suggestions,
      instancesAt: (x, y) => instancesAt(this.store.state, x, y),
    });
    listenKeys({
      store: this.store,
      stage: this.#stage,
      suggestions: this.#suggestions,
      controls,
      tool: () => this.#tool,
    });
    this.#chooseTool();
    this.#render(controls);
  }

  /** Shows the picture. One that cannot be read is told to the user in its place. */
  async load(): Promise<void> {
    const { imageUrl, name } = this.store.state.view;
    try {
      await this.#stage.load(imageUrl, name);
      this.#root.dataset['state'] = 'ready';
      const { width, height } = this.#stage.size;
      await this.#host.imageSize(width, height);
    } catch {
      this.#root.dataset['state'] = 'broken';
      await this.#host.fail(t('{0} cannot be read as a picture. Convert it to JPEG, PNG or WebP.', name));
    }
  }

  async show(view: EditorView): Promise<void> {
    const isSame = view.imageUrl === this.store.state.view.imageUrl;
    this.store.show(view);
    if (isSame) return;
    this.#pixels = undefined;
    await this.load();
  }

  run(command: ViewCommand): void {
    if (command === 'toggleMasks') this.store.set({ masksShown: !this.store.state.masksShown });
    else if (command === 'suggestAll') this.#suggest();
    else this.#findSubject();
  }

  /** Resolves once the document has what was done here until now. */
  async settled(): Promise<void> {
    await Promise.all(Object.values(this.#tools).map((tool) => tool.settled?.()));
    await this.#actions.settled();
  }

  get #tool(): Tool {
    return this.#tools[this.store.state.tool];
  }

  #chooseTool(): void {
    this.#stage.tool = this.#tool;
    this.#stage.element.style.cursor = this.#tool.cursor;
    this.#stage.draw();
    // The picture is read and embedded while the user still looks for where to click.
    const { view, tool } = this.store.state;
    if (view.editable && (tool === 'segment' || tool === 'box')) void this.#prepare();
  }

  async #prepare(): Promise<void> {
    await this.#work(t('Reading the picture'), () => this.#network().prepare());
  }

  #network(): OpenPixels {
    this.#pixels ??= openPixels(this.store.state.view, (done, total) => {
      const { busy } = this.store.state;
      if (busy && total > 0) this.store.set({ busy: { what: busy.what, share: done / total } });
    });
    return this.#pixels;
  }

  #suggest(): void {
    void this.#work(t('Looking for everything'), async () => {
      const found: EngineAnswer[] = await this.#network().suggest(this.store.state.view.suggest, 1);
      this.#suggestions.show(found);
      announce(found.length === 1 ? t('1 suggestion.') : t('{0} suggestions.', found.length));
      if (found.length === 0) await this.#host.nothingSuggested();
    });
  }

  #findSubject(): void {
    void this.#work(t('Looking for the subject'), async () => {
      const { mask, verdict } = await this.#network().subject();
      if (verdict === 'empty') await this.#host.fail(t('No subject was found in this picture.'));
      else this.#suggestions.show([{ id: 0, mask, score: 1 }]);
    });
  }

  /** Shows that work is under way, after `patience` milliseconds, and a failure of it; gives undefined then. */
  async #work<T>(what: string, work: () => Promise<T>, patience = 0): Promise<T | undefined> {
    const mine = { what };
    const timer = setTimeout(() => {
      this.#works = [...this.#works, mine];
      this.store.set({ busy: mine });
    }, patience);
    try {
      return await work();
    } catch (error) {
      const { message, hint = '' } = error as Error & { hint?: string };
      await this.#host.fail(`${message} ${hint}`.trim());
      return undefined;
    } finally {
      clearTimeout(timer);
      this.#works = this.#works.filter((one) => one !== mine);
      if (this.store.state.busy !== this.#works.at(-1)) this.store.set({ busy: this.#works.at(-1) });
      this.#stage.draw();
    }
  }

  #render(controls: ReturnType<typeof createControls>): void {
    const { state } = this.store;
    const { size } = this.#stage;
    const page = html`
      <header>${toolbar(state, controls)}</header>
      <main class="body" aria-label=${state.view.name}>
        <h1 class="screen-reader-only">${state.view.name}</h1>
        ${guard([this.#stage], () => this.#stage.element)}
        ${guard(
          [
            state.view,
            state.masks,
            state.selected,
            state.hiddenClasses,
            state.suggestions,
            state.currentClass,
          ],
          () => sidePanel(state, controls),
        )}
      </main>
      ${statusBar(state, size, controls)}
    `;
    render(page, this.#root);
  }
}
