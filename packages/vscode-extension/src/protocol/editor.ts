import type { CocoRle } from '@cutkit/core';
import type { Part } from '@cutkit/datasets';
import type { SuggestOptions } from './engine.js';

/** A class as the editor shows it. */
export interface ClassView {
  readonly index: number;
  readonly name: string;
  /** Red, green, blue, 0–255. */
  readonly colour: readonly [number, number, number];
}

/** An instance as the editor draws it. */
export interface InstanceView {
  readonly key: string;
  readonly classIndex: number;
  readonly kind: 'polygons' | 'pixels' | 'box' | 'none' | 'invalid';
  /** Absent where the instance has no area. */
  readonly mask?: CocoRle;
  /** Its outlines, where it is stored as such and corners can be dragged. */
  readonly parts?: readonly Part[];
  /** `[x, y, width, height]`. */
  readonly box: readonly [number, number, number, number];
  /** Pixels. */
  readonly area: number;
  readonly crowd: boolean;
  readonly score?: number;
  /** What a person should know of it: why it is broken, how it compares. */
  readonly note?: string;
  /** A colour of its own instead of its class's. */
  readonly colour?: readonly [number, number, number];
}

/** Where the masks come from, in sentences. */
interface FoundView {
  /** The format of what is shown, or undefined when nothing is. */
  readonly format?: string;
  readonly file?: string;
  readonly sentences: readonly string[];
}

/** How masks are drawn at first. */
interface DisplaySettings {
  readonly opacity: number;
  readonly style: 'fill' | 'outline' | 'both';
}

/** All that one editor shows. */
export interface EditorView {
  readonly name: string;
  readonly imageUrl: string;
  /** Whether anything may be changed; else why not. */
  readonly editable: boolean;
  readonly why?: string;
  readonly classes: readonly ClassView[];
  readonly instances: readonly InstanceView[];
  readonly found: FoundView;
  readonly display: DisplaySettings;
  readonly suggest: SuggestOptions;
  readonly assets: RuntimeAssets;
  /** Place in the folder or data set, from 0. */
  readonly position: { readonly index: number; readonly count: number };
}

/** What changed since the last view: classes when there are new ones, instances by key. */
export interface EditorPatch {
  readonly classes?: readonly ClassView[];
  readonly upsert: readonly InstanceView[];
  readonly remove: readonly string[];
  /** Said to screen readers. */
  readonly say?: string;
}

/** Commands of the workbench that the webview carries out. */
export type ViewCommand = 'toggleMasks' | 'suggestAll' | 'removeBackgroundAsMask';

/** What an editor wants to do to the annotations: steps that are undone and redone as one. */
export interface Change {
  /** For the undo stack and screen readers, such as “Add cat”. */
  readonly label: string;
  readonly steps: readonly ChangeStep[];
}

/** One step, in the data set's terms but for the image, which is the editor's. */
export type ChangeStep =
  | { readonly type: 'add'; readonly key: string; readonly classIndex: number; readonly shape: ShapeView }
  | { readonly type: 'remove'; readonly key: string }
  | {
      readonly type: 'change';
      readonly key: string;
      readonly classIndex?: number;
      readonly shape?: ShapeView;
    }
  | { readonly type: 'addClass'; readonly name: string };

/** A shape as the webview makes it. */
export type ShapeView =
  | { readonly kind: 'pixels'; readonly mask: CocoRle }
  | { readonly kind: 'polygons'; readonly parts: readonly Part[] };

/** What the extension host offers to an editor's webview. */
export interface EditorHost {
  /** The webview is there; what is it to show? */
  ready(): Promise<EditorView>;
  /** The picture is decoded; its size is needed for images that no annotation describes. */
  imageSize(width: number, height: number): Promise<void>;
  apply(change: Change): Promise<void>;
  openNeighbour(step: 1 | -1): Promise<void>;
  annotate(): Promise<void>;
  revealSource(): Promise<void>;
  /** “Suggest all” found nothing that is good enough: says what helps. */
  nothingSuggested(): Promise<void>;
  /** Tells the user of a failure. */
  fail(message: string): Promise<void>;
}

/** What an editor's webview offers to the extension host. */
export interface EditorWebview {
  show(view: EditorView): void;
  patch(patch: EditorPatch): void;
  run(command: ViewCommand): void;
  /** Resolves once the document has all that was done in the page until now, such as a click that the network still works on. */
  settled(): Promise<void>;
}

/** Where a webview's networks run, and where it finds what it needs to run them by itself. */
export interface RuntimeAssets {
  readonly backend: 'host' | 'webview';
  /** URL of the folder with `ort/` and `models/`. */
  readonly root: string;
}
