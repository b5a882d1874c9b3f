import type { EngineAnswer, EnginePrompt } from '../../../protocol/engine.js';
import type { Actions } from '../actions.js';
import type { EditorStore } from '../store.js';

/** What tools work with. */
export interface ToolContext {
  readonly store: EditorStore;
  readonly actions: Actions;
  /** Asks the network; a failure is told to the user there, and gives undefined here. */
  ask(prompt: EnginePrompt): Promise<EngineAnswer[] | undefined>;
  /** CSS pixels an image pixel takes. */
  scale(): number;
  /** The picture's size. */
  size(): { readonly width: number; readonly height: number };
}

/** A place on the picture and the keys held: of a pointer, or of the keyboard's crosshair. */
export interface ToolPoint {
  /** Image pixels; outside of the picture while a drag leaves it. */
  readonly x: number;
  readonly y: number;
  /** The opposite of what the tool does: a point that is not wanted, a brush that erases. */
  readonly alt: boolean;
  readonly shift: boolean;
}

/** One way of drawing. Each gets every press, move and release on the picture while it is chosen. */
export interface Tool {
  /** CSS cursor over the picture. */
  readonly cursor: string;
  down(point: ToolPoint): void;
  move?(point: ToolPoint): void;
  up?(point: ToolPoint): void;
  /** Ends what is under way and keeps it (Enter). */
  finish?(): void;
  /** Ends what is under way and forgets it (Escape); false when nothing was. */
  cancel?(): boolean;
  /** Deletes a part of what is being edited; false leaves Delete to the instance. */
  remove?(): boolean;
  /** Resolves once what was done with it until now is with the actions, answered or not. */
  settled?(): Promise<void>;
  /** Draws what is under way, in image coordinates; `scale` is CSS pixels an image pixel. */
  draw?(context: CanvasRenderingContext2D, scale: number): void;
}
