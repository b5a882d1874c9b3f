import { useEffect, useMemo, useState } from 'preact/hooks';
import type { OutputChoice } from '../../protocol.js';
import { Button, Checkbox, Slider } from '../components/controls.js';
import { OutputSelect } from '../components/output-select.js';
import { Progress } from '../components/progress.js';
import { EverythingPanel } from '../everything/everything-panel.js';
import type { Shell } from '../shell.js';
import { wordsOf } from '../words.js';
import { Candidates } from './candidates.js';
import { EdgeControls } from './edge-controls.js';
import { createEditor } from './editor.js';
import { Stage } from './stage.js';
import { ToolBar, toolOfKey } from './tool-bar.js';
import { useStore } from './use-store.js';

/** The large window: click to segment, segment everything, refine. */
export function EditorView({ shell }: { shell: Shell }) {
  const { main, opening } = shell;
  const editor = useMemo(() => createEditor(shell), [shell]);
  const state = useStore(editor.store);
  const [output, setOutput] = useState<OutputChoice>(shell.settings.output);
  const [each, setEach] = useState(opening.command === 'everything');
  const isPicking = opening.command === 'everything';
  const { phase, words, progress, layer } = state;

  useEffect(() => {
    const look = async () => {
      const { layers, problems } = await main.selected();
      const [first] = layers;
      if (first && first.id === editor.store.state.layer?.id) return;
      if (first) return editor.open(first);
      const [problem] = problems;
      const hint = problem ? `${problem.layer}: ${problem.text}` : 'Select a layer with a picture.';
      if (!editor.store.state.layer) editor.store.set({ phase: 'failed', words: hint });
    };
    const safely = () =>
      look().catch((error: unknown) => editor.store.set({ phase: 'failed', words: wordsOf(error) }));
    safely();
    shell.onSelection(() => {
      // What was begun on one layer is not lost by a click in the document.
      if (!editor.store.state.canUndo && editor.store.state.phase !== 'working') safely();
    });
    shell.onEscape(() =>
      editor.store.state.phase === 'working' ? shell.engine.cancel() : void main.finish(''),
    );
    return () => editor.close();
  }, []);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isCommand = event.ctrlKey || event.metaKey;
      const { canUndo } = editor.store.state;
      if (isCommand && event.key.toLowerCase() === 'z') {
        event.preventDefault();
        if (event.shiftKey) editor.redo();
        else if (canUndo) editor.undo();
        else void main.undo();
      } else if (isCommand && event.key === 'Enter') apply();
      else if (!isCommand && !isTyping(event)) {
        const tool = toolOfKey(event.key, isPicking);
        if (tool) editor.setTool(tool);
      }
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  });

  const isReady = phase === 'ready';
  const hasResult = state.preview !== undefined && (!isPicking || state.picked.size > 0);
  const isEach = isPicking && each;
  const apply = () => {
    if (!isReady || !hasResult) return;
    shell.remember({ output });
    void editor.apply(output, isEach);
  };
  const usesBrush = state.tool === 'restore' || state.tool === 'erase';

  return (
    <main class="editor">
      <section class="work" aria-label="Picture">
        <ToolBar editor={editor} state={state} isPicking={isPicking} />
        <Stage editor={editor} state={state} isPicking={isPicking} />
        <div class="status" role="status" aria-live="polite">
          {phase === 'opening' || phase === 'working' ? (
            <Progress label={words} value={progress} />
          ) : (
            <p>{words || hintFor(isPicking, hasResult)}</p>
          )}
        </div>
      </section>
      <aside aria-label="Settings">
        <h1>{layer?.name ?? 'No layer'}</h1>
        {isPicking && (
          <EverythingPanel editor={editor} state={state} onCancel={() => shell.engine.cancel()} />
        )}
        {!isPicking && <Candidates editor={editor} state={state} />}
        {usesBrush && (
          <Slider label="Brush" unit=" px" min={1} max={400} value={state.brush} onChange={editor.setBrush} />
        )}
        <EdgeControls edges={state.edges} onChange={editor.setEdges} />
        {isPicking && <Checkbox label="Each to a layer of its own" checked={each} onChange={setEach} />}
        {!isEach && <OutputSelect value={output} onChange={setOutput} />}
        <footer>
          <Button onClick={() => main.finish('')}>Cancel</Button>
          <Button primary disabled={!isReady || !hasResult} onClick={apply} title="Ctrl Enter">
            Apply
          </Button>
        </footer>
      </aside>
    </main>
  );
}

function hintFor(isPicking: boolean, hasResult: boolean): string {
  if (isPicking)
    return hasResult ? 'Click a part to pick or drop it.' : 'Find everything, then click what you want.';
  return hasResult ? 'Alt-click removes. Brush what is left.' : 'Click what you want to keep, or drag a box.';
}

function isTyping({ target }: KeyboardEvent): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLSelectElement;
}
