import { Button } from '../components/controls.js';
import { TOOLS, type Tool } from './editor-state.js';
import type { PartProps } from './part-props.js';

const WORDS: Readonly<Record<Tool, { readonly name: string; readonly sign: string; readonly key: string }>> =
  {
    keep: { name: 'Click to keep', sign: '+', key: 'K' },
    remove: { name: 'Click to remove', sign: '−', key: 'R' },
    box: { name: 'Drag a box', sign: '▢', key: 'B' },
    restore: { name: 'Brush to restore', sign: '●', key: 'P' },
    erase: { name: 'Brush to erase', sign: '○', key: 'E' },
    move: { name: 'Move the picture', sign: '✥', key: 'H' },
  };

/** The tools there are. Where found masks are picked, a click picks, and nobody points for the network. */
function toolsFor(isPicking: boolean): readonly Tool[] {
  return isPicking ? TOOLS.filter((tool) => tool !== 'remove' && tool !== 'box') : TOOLS;
}

/** The tool that a key chooses. */
export function toolOfKey(key: string, isPicking: boolean): Tool | undefined {
  return toolsFor(isPicking).find((tool) => WORDS[tool].key === key.toUpperCase());
}

/** What the pointer does, and the way back. */
export function ToolBar({ editor, state, isPicking }: PartProps) {
  return (
    <div class="tools" role="toolbar" aria-label="Tools">
      {toolsFor(isPicking).map((tool) => {
        const { sign, key } = WORDS[tool];
        const name = isPicking && tool === 'keep' ? 'Click to pick' : WORDS[tool].name;
        return (
          <button
            key={tool}
            type="button"
            class="tool"
            aria-pressed={state.tool === tool}
            aria-label={name}
            title={`${name} (${key})`}
            onClick={() => editor.setTool(tool)}
          >
            <span aria-hidden="true">{sign}</span>
          </button>
        );
      })}
      <span class="spread" />
      <Button disabled={!state.canUndo} onClick={editor.undo} title="Undo (Ctrl Z)">
        Undo
      </Button>
      <Button disabled={!state.canRedo} onClick={editor.redo} title="Redo (Ctrl Shift Z)">
        Redo
      </Button>
      <Button disabled={!state.canUndo} onClick={editor.clear}>
        Clear
      </Button>
    </div>
  );
}
