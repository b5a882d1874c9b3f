import type { Opening, Settings } from '../protocol.js';
import type { Engine } from './engine.js';
import type { Main } from './main-half.js';
import type { Removal } from './remove/run-removal.js';

/** What every view is given. */
export interface Shell {
  readonly main: Main;
  readonly engine: Engine;
  readonly opening: Opening;
  /** What is remembered so far. */
  readonly settings: Settings;
  /** Remembers more for the next run. */
  remember(change: Partial<Settings>): void;
  /** Where a run's timings go. */
  readonly onTimings: NonNullable<Removal['onTimings']>;
  /** Sets what happens when Figma's selection changes. */
  onSelection(hear: () => void): void;
  /** Sets what Escape does. */
  onEscape(hear: () => void): void;
}
