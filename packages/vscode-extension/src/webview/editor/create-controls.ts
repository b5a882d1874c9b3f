import type { EditorHost } from '../../protocol/editor.js';
import type { Remote } from '../../protocol/rpc.js';
import type { Actions } from './actions.js';
import type { Controls } from './controls.js';
import type { Stage } from './stage.js';
import type { EditorStore } from './store.js';
import type { Suggestions } from './suggestions.js';
import type { Tool } from './tools/tool.js';

/** What the controls work on. */
interface ControlsContext {
  readonly store: EditorStore;
  readonly host: Remote<EditorHost>;
  readonly stage: Stage;
  readonly actions: Actions;
  readonly suggestions: Suggestions;
  tool(): Tool;
  suggest(): void;
  stop(): void;
  findSubject(): void;
}

const BRUSH_SIZES = [1, 200] as const;

/** The editor's controls over its store, its stage and the extension host. */
export function createControls(context: ControlsContext): Controls {
  const { store, host, stage, actions, suggestions } = context;
  return {
    chooseTool: (tool) => store.set({ tool }),
    chooseClass: (index) => void actions.choose(index),
    addClass: (name) => void actions.addClass(name),
    toggleClass(index) {
      const hiddenClasses = new Set(store.state.hiddenClasses);
      if (!hiddenClasses.delete(index)) hiddenClasses.add(index);
      store.set({ hiddenClasses });
    },
    select: (selected) => store.set({ selected }),
    selectNext(step) {
      const keys = [...store.state.masks.keys()];
      const at = store.state.selected === undefined ? -1 : keys.indexOf(store.state.selected);
      const next = at < 0 ? (step > 0 ? 0 : keys.length - 1) : (at + step + keys.length) % keys.length;
      if (keys.length > 0) store.set({ selected: keys[next] });
    },
    remove() {
      if (context.tool().remove?.()) stage.draw();
      else if (store.state.selected !== undefined) void actions.remove(store.state.selected);
    },
    toggleMasks: () => store.set({ masksShown: !store.state.masksShown }),
    setOpacity: (opacity) => store.set({ opacity }),
    setStyle: (style) => store.set({ style }),
    setBrush(radius) {
      const [least, most] = BRUSH_SIZES;
      store.set({ brush: Math.round(Math.min(most, Math.max(least, radius))) });
      stage.draw();
    },
    suggestAll: () => context.suggest(),
    stop: () => context.stop(),
    findSubject: () => context.findSubject(),
    acceptSuggestions: (classIndex) => void suggestions.accept(classIndex),
    rejectSuggestions: (classIndex) => suggestions.reject(classIndex),
    zoom: (factor) => stage.zoom(factor),
    fit: () => stage.fit(),
    actualSize: () => stage.actualSize(),
    neighbour: (step) => void host.openNeighbour(step),
    annotate: () => void host.annotate(),
    revealSource: () => void host.revealSource(),
  };
}
