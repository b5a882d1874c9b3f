import type { Editor } from './editor.js';
import type { EditorState } from './editor-state.js';

/** What one click may have meant: the part, the thing, the whole, each with the network's own score. */
export function Candidates({ editor, state: { answers, chosen } }: { editor: Editor; state: EditorState }) {
  if (answers.length < 2) return null;
  return (
    <fieldset class="candidates">
      <legend>Candidates</legend>
      {answers.map(({ score }, index) => (
        <label key={index}>
          <input
            type="radio"
            name="candidate"
            checked={index === chosen}
            onChange={() => editor.choose(index)}
          />
          {index + 1}: {Math.round(Math.max(0, Math.min(1, score)) * 100)} %
        </label>
      ))}
    </fieldset>
  );
}
