import type { ClassView, EditorPatch, EditorView, InstanceView } from '../../protocol/editor.js';
import { DrawnMask } from '../shared/drawn-mask.js';
import { t } from '../shared/l10n.js';

/** What the pointer does on the picture. */
export type ToolName = 'select' | 'segment' | 'box' | 'brush' | 'erase' | 'polygon';

/** How masks are drawn. */
export type MaskStyle = EditorView['display']['style'];

/** What the webview shows and how; the annotations themselves belong to the extension host. */
export interface EditorState {
  readonly view: EditorView;
  readonly masks: ReadonlyMap<string, DrawnMask>;
  readonly selected: string | undefined;
  readonly hiddenClasses: ReadonlySet<number>;
  readonly masksShown: boolean;
  readonly opacity: number;
  readonly style: MaskStyle;
  readonly tool: ToolName;
  /** The class of what is drawn next. */
  readonly currentClass: number;
  /** Radius of the brush, image pixels. */
  readonly brush: number;
  /** Masks found by “suggest all” that were neither taken nor refused. */
  readonly suggestions: readonly DrawnMask[];
  /** Work under way, in words, with its share done, 0–1, where it is known. */
  readonly busy: { readonly what: string; readonly share?: number } | undefined;
  /** Under the pointer: image pixel and instances, smallest first. */
  readonly pointer:
    | { readonly x: number; readonly y: number; readonly over: readonly InstanceView[] }
    | undefined;
  /** Share of screen pixels to image pixels. */
  readonly zoom: number;
}

type Listener = (state: EditorState, before: EditorState) => void;

/** The one place where the webview's state changes; listeners hear old and new. */
export class EditorStore {
  #state: EditorState;
  readonly #listeners = new Set<Listener>();

  constructor(view: EditorView) {
    this.#state = {
      view,
      masks: drawn(view.instances),
      selected: undefined,
      hiddenClasses: new Set(),
      masksShown: true,
      opacity: view.display.opacity,
      style: view.display.style,
      tool: view.editable ? 'segment' : 'select',
      currentClass: view.classes[0]?.index ?? 0,
      brush: 12,
      suggestions: [],
      busy: undefined,
      pointer: undefined,
      zoom: 1,
    };
  }

  get state(): EditorState {
    return this.#state;
  }

  subscribe(listener: Listener): void {
    this.#listeners.add(listener);
  }

  set(change: Partial<EditorState>): void {
    const before = this.#state;
    this.#state = { ...before, ...change };
    for (const listener of this.#listeners) listener(this.#state, before);
  }

  /** Another picture, or the same one read anew; how masks are drawn stays. */
  show(view: EditorView): void {
    const known = new Set(view.instances.map(({ key }) => key));
    const { selected } = this.#state;
    this.set({
      view,
      masks: drawn(view.instances),
      selected: selected !== undefined && known.has(selected) ? selected : undefined,
      suggestions: [],
    });
  }

  patch({ classes, upsert, remove }: EditorPatch): void {
    const masks = new Map(this.#state.masks);
    for (const key of remove) masks.delete(key);
    for (const view of upsert) masks.set(view.key, masks.get(view.key)?.become(view) ?? new DrawnMask(view));
    const { view, selected } = this.#state;
    const instances = [...masks.values()].map((mask) => mask.view);
    this.set({
      view: { ...view, instances, classes: classes ?? view.classes },
      masks,
      selected: selected !== undefined && masks.has(selected) ? selected : undefined,
    });
  }
}

/** The class of an index; one that the data set lacks has a name that says so. */
export function classOf({ classes }: EditorView, index: number): ClassView {
  return (
    classes.find((one) => one.index === index) ?? { index, name: t('unknown class'), colour: [128, 128, 128] }
  );
}

/** The colour of an instance: its own, else its class's. */
export function colourOf(view: EditorView, instance: InstanceView): readonly [number, number, number] {
  return instance.colour ?? classOf(view, instance.classIndex).colour;
}

/** What is drawn of the annotations: all but hidden classes, largest first, so that small ones lie on top. */
export function visibleMasks({ masks, hiddenClasses, masksShown }: EditorState): DrawnMask[] {
  if (!masksShown) return [];
  return [...masks.values()]
    .filter(({ view }) => !hiddenClasses.has(view.classIndex))
    .sort((a, b) => b.view.area - a.view.area);
}

function drawn(instances: readonly InstanceView[]): Map<string, DrawnMask> {
  return new Map(instances.map((view) => [view.key, new DrawnMask(view)]));
}
