import type { Controls } from './controls.js';
import type { EditorState, ToolName } from './store.js';

/** What the keys of the picture do beyond {@link Controls}. */
export interface StageKeys {
  step(dx: number, dy: number, fast: boolean): void;
  /** Presses, or releases, the tool at the crosshair. */
  press(alt: boolean, shift: boolean): void;
  finish(): void;
  cancel(): void;
  nextCandidate(): void;
}

const TOOL_KEYS: Readonly<Record<string, ToolName>> = {
  v: 'select',
  s: 'segment',
  b: 'box',
  p: 'brush',
  e: 'erase',
  g: 'polygon',
};

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Whether a key belongs to a control that the user is typing in. */
function isTyping({ target }: KeyboardEvent): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLSelectElement;
}

/** Whether Enter and Space belong to the element with the focus. */
function isButton({ target }: KeyboardEvent): boolean {
  return target instanceof HTMLButtonElement;
}

/** Carries out one key; false leaves it to the workbench. */
export function onKey(
  event: KeyboardEvent,
  state: () => EditorState,
  controls: Controls,
  stage: StageKeys,
): boolean {
  if (isTyping(event) || event.ctrlKey || event.metaKey) return false;
  const arrow = ARROWS[event.key];
  if (arrow && !event.altKey) {
    stage.step(arrow[0], arrow[1], event.shiftKey);
    return true;
  }
  if ((event.key === 'Enter' || event.key === ' ') && isButton(event)) return false;
  const { editable } = state().view;
  const action =
    displayKey(event, controls) ?? (editable ? editKey(event, state, controls, stage) : undefined);
  if (!action) return false;
  action();
  return true;
}

function displayKey({ key, altKey }: KeyboardEvent, controls: Controls): (() => void) | undefined {
  if (altKey) return undefined;
  const actions: Readonly<Record<string, () => void>> = {
    h: () => controls.toggleMasks(),
    '+': () => controls.zoom(1.25),
    '=': () => controls.zoom(1.25),
    '-': () => controls.zoom(1 / 1.25),
    '0': () => controls.fit(),
    '[': () => controls.neighbour(-1),
    ']': () => controls.neighbour(1),
    z: () => controls.actualSize(),
    ',': () => controls.selectNext(-1),
    '.': () => controls.selectNext(1),
  };
  return actions[key];
}

function editKey(
  { key, altKey, shiftKey }: KeyboardEvent,
  state: () => EditorState,
  controls: Controls,
  stage: StageKeys,
): (() => void) | undefined {
  if (/^[1-9]$/.test(key) && !altKey) {
    const chosen = state().view.classes[Number(key) - 1];
    return chosen && (() => controls.chooseClass(chosen.index));
  }
  const tool = altKey ? undefined : TOOL_KEYS[key];
  if (tool) return () => controls.chooseTool(tool);
  const actions: Readonly<Record<string, () => void>> = {
    ' ': () => stage.press(altKey, shiftKey),
    x: () => stage.press(true, false),
    Enter: () => stage.finish(),
    Escape: () => stage.cancel(),
    Delete: () => controls.remove(),
    Backspace: () => controls.remove(),
    c: () => stage.nextCandidate(),
    n: () => stage.finish(),
    a: () => controls.suggestAll(),
    r: () => controls.findSubject(),
    '{': () => controls.setBrush(state().brush / 1.25),
    '}': () => controls.setBrush(state().brush * 1.25),
  };
  return actions[key];
}
