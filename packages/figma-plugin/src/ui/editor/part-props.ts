import type { Editor } from './editor.js';
import type { EditorState } from './editor-state.js';

/** What a part of the editor's window is given. */
export interface PartProps {
  readonly editor: Editor;
  readonly state: EditorState;
  /** Found masks are picked, rather than prompts given. */
  readonly isPicking: boolean;
}
