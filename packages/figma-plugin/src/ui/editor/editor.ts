import { type AutomaskOptions, createPromptSession, type PromptBox } from '@cutkit/core';
import type { Stroke } from '../../edges/brush.js';
import { type Edges, PLAIN_EDGES } from '../../edges/edges.js';
import type { Answer, Base, Edit, Wanted } from '../../engine/engine-api.js';
import type { Layer, OutputChoice } from '../../protocol.js';
import { layerBytes, pictureKey } from '../layer-bytes.js';
import type { Shell } from '../shell.js';
import { counted, wordsOf } from '../words.js';
import { cutOf, partsOf } from './apply-request.js';
import { createStore, type EditorState, type Store, type Tool } from './editor-state.js';
import { latest } from './latest.js';
import { createUndoLog } from './undo-log.js';

/** One layer in the editor: what is said about it, and what comes of it. */
export interface Editor {
  readonly store: Store<EditorState>;
  open(layer: Layer): Promise<void>;
  setTool(tool: Tool): void;
  setBrush(radius: number): void;
  setEdges(change: Partial<Edges>): void;
  /** A click in preview pixels. */
  click(x: number, y: number, label: 0 | 1): void;
  hover(x: number, y: number, label: 0 | 1): void;
  endHover(): void;
  box(box: PromptBox): void;
  /** A finished stroke, in picture pixels. */
  stroke(stroke: Stroke): void;
  choose(candidate: number): void;
  undo(): void;
  redo(): void;
  clear(): void;
  everything(options: Partial<AutomaskOptions>): Promise<void>;
  pick(index: number): void;
  pickAll(all: boolean): void;
  apply(output: OutputChoice, each: boolean): Promise<void>;
  close(): void;
}

const START: EditorState = {
  phase: 'opening',
  words: 'Opening the picture…',
  progress: undefined,
  layer: undefined,
  opened: undefined,
  bitmap: undefined,
  tool: 'keep',
  brush: 24,
  points: [],
  box: undefined,
  answers: [],
  chosen: 0,
  hover: undefined,
  strokes: [],
  edges: PLAIN_EDGES,
  preview: undefined,
  found: [],
  picked: new Set(),
  canUndo: false,
  canRedo: false,
};

/** An editor with no layer yet. */
export function createEditor({ main, engine, settings }: Shell): Editor {
  const store = createStore<EditorState>({
    ...START,
    edges: { ...PLAIN_EDGES, decontaminate: settings.decontaminate },
  });
  const log = createUndoLog();
  let key = '';
  const session = createPromptSession<Answer>({
    predict: (prompt, { multimask }) => engine.predict(key, prompt, multimask),
  });
  const set = store.set;
  const noteLog = () => set({ canUndo: log.canUndo, canRedo: log.canRedo });
  const fail = (error: unknown) => set({ phase: 'failed', words: wordsOf(error), progress: undefined });

  const isAnything = () => {
    const { answers, picked, strokes, layer } = store.state;
    return answers.length > 0 || picked.size > 0 || strokes.length > 0 || layer?.existing !== undefined;
  };
  const editOf = (base: Base = baseOf(store.state)): Edit => {
    const { strokes, edges } = store.state;
    return { base, strokes, edges };
  };
  const refresh = latest(async () => {
    try {
      set({ preview: isAnything() ? await engine.preview(key, editOf()) : undefined });
    } catch (error) {
      fail(error);
    }
  });
  session.subscribe(() => {
    const { points, box } = session.state;
    const chosen = session.chosen ? session.answers.indexOf(session.chosen) : 0;
    set({ points, box, answers: session.answers, chosen, hover: undefined });
    refresh();
  });
  /** An edit of the prompts, as one step of the log. */
  const prompt = (edit: () => Promise<void>) => {
    edit().catch(fail);
    log.push({ undo: () => void session.undo().catch(fail), redo: () => void session.redo().catch(fail) });
    noteLog();
  };
  const setStrokes = (strokes: readonly Stroke[]) => {
    set({ strokes });
    refresh();
  };

  const editor: Editor = {
    store,
    async open(layer) {
      try {
        set({ ...START, edges: store.state.edges, layer });
        key = pictureKey(layer);
        const bytes = await layerBytes(main, layer);
        const bitmap = await createImageBitmap(new Blob([bytes as Uint8Array<ArrayBuffer>])).catch(() => {
          throw new Error('This picture cannot be read. Convert it to PNG or JPEG.');
        });
        const opened = await engine.open(key, bytes);
        if (layer.existing) {
          await engine.openExisting(key, await main.imageBytes(layer.existing.hash), layer.existing.coverage);
        }
        set({ phase: 'ready', words: '', opened, bitmap });
        if (!layer.existing) engine.prepare('prompt');
        refresh();
      } catch (error) {
        fail(error);
      }
    },
    setTool: (tool) => set({ tool, hover: undefined }),
    setBrush: (radius) => set({ brush: Math.min(400, Math.max(1, Math.round(radius))) }),
    setEdges(change) {
      set({ edges: { ...store.state.edges, ...change } });
      refresh();
    },
    click: (x, y, label) => prompt(() => session.addPoint({ x, y, label })),
    hover(x, y, label) {
      session.preview({ x, y, label }).then((answer) => answer && set({ hover: answer.mask }), fail);
    },
    endHover: () => set({ hover: undefined }),
    box: (box) => prompt(() => session.setBox(box)),
    stroke(stroke) {
      const before = store.state.strokes;
      const after = [...before, stroke];
      setStrokes(after);
      log.push({ undo: () => setStrokes(before), redo: () => setStrokes(after) });
      noteLog();
    },
    choose(candidate) {
      const { answers, chosen } = store.state;
      const steps = (candidate - chosen + answers.length) % answers.length;
      for (let i = 0; i < steps; i++) session.nextCandidate();
    },
    undo() {
      log.undo();
      noteLog();
    },
    redo() {
      log.redo();
      noteLog();
    },
    clear() {
      prompt(() => session.clear());
      if (store.state.strokes.length > 0) setStrokes([]);
      set({ picked: new Set() });
    },
    async everything(options) {
      set({ phase: 'working', words: 'Finding everything…', progress: 0, found: [], picked: new Set() });
      try {
        const found = await engine.everything(key, options, ({ stage, done, total }) => {
          if (stage === 'points') set({ progress: done / total });
        });
        const words =
          found.length > 0 ? `${counted(found.length, 'mask')} found.` : 'Nothing found. Try a finer preset.';
        set({ phase: 'ready', words, progress: undefined, found });
      } catch (error) {
        set({ phase: 'ready', words: wordsOf(error), progress: undefined });
      }
      refresh();
    },
    pick(index) {
      const picked = new Set(store.state.picked);
      if (!picked.delete(index)) picked.add(index);
      set({ picked });
      refresh();
    },
    pickAll(all) {
      set({ picked: new Set(all ? store.state.found.keys() : []) });
      refresh();
    },
    async apply(output, each) {
      const { layer, opened, found, picked } = store.state;
      if (!layer || !opened) return;
      set({ phase: 'working', words: 'Applying…', progress: undefined });
      const finish = (edit: Edit, wanted: Wanted) => engine.finish(key, edit, wanted);
      try {
        const edits = each
          ? [...picked].map((index) => editOf({ kind: 'masks', masks: [found[index]!.mask] }))
          : [editOf()];
        const request = each
          ? await partsOf(layer, opened, edits, finish, (progress) => set({ progress }))
          : await cutOf(layer, opened, edits[0]!, finish, output);
        const { done, problems } = await main.apply(request);
        const [problem] = problems;
        if (problem) throw new Error(`${problem.layer}: ${problem.text}`);
        await main.finish(each ? `${counted(done, 'layer')} made.` : 'Cut out.');
      } catch (error) {
        set({ phase: 'ready', words: wordsOf(error), progress: undefined });
      }
    },
    close() {
      engine.cancel();
      void engine.close(key);
    },
  };
  return editor;
}

/** What was said last counts: picked masks, else the chosen answer, else what was there before. */
function baseOf({ found, picked, answers, chosen, layer }: EditorState): Base {
  if (picked.size > 0) return { kind: 'masks', masks: [...picked].map((index) => found[index]!.mask) };
  const answer = answers[chosen];
  if (answer) return { kind: 'logits', logits: answer.logits };
  return layer?.existing ? { kind: 'existing' } : { kind: 'masks', masks: [] };
}
