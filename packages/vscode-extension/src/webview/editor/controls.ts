import type { MaskStyle, ToolName } from './store.js';

/** Everything that a button, a key or a command of the workbench can ask of the editor. */
export interface Controls {
  chooseTool(name: ToolName): void;
  chooseClass(index: number): void;
  addClass(name: string): void;
  toggleClass(index: number): void;
  select(key: string | undefined): void;
  /** Selects the instance `step` places further in the list. */
  selectNext(step: 1 | -1): void;
  remove(): void;
  toggleMasks(): void;
  setOpacity(opacity: number): void;
  setStyle(style: MaskStyle): void;
  setBrush(radius: number): void;
  suggestAll(): void;
  stop(): void;
  findSubject(): void;
  /** Takes all suggestions, or those of a class. */
  acceptSuggestions(classIndex?: number): void;
  /** Refuses all suggestions, or those of a class. */
  rejectSuggestions(classIndex?: number): void;
  zoom(factor: number): void;
  fit(): void;
  actualSize(): void;
  neighbour(step: 1 | -1): void;
  annotate(): void;
  revealSource(): void;
}
