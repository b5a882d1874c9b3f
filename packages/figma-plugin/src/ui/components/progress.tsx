/** Work under way: a bar and words, which a screen reader is told as well. `value` is 0–1; without it the end is unknown. */
export function Progress({ label, value }: { label: string; value?: number | undefined }) {
  return (
    <div class="progress">
      <progress aria-label={label} {...(value === undefined ? {} : { value })} />
      <p>{label}</p>
    </div>
  );
}

/** A list of what happened to layers. */
export function LayerNotes({
  title,
  notes,
  kind,
}: {
  title: string;
  notes: readonly { layer: string; text: string }[];
  kind: 'error' | 'note';
}) {
  if (notes.length === 0) return null;
  return (
    <section class={`notes ${kind}`} aria-label={title}>
      <h2>{title}</h2>
      <ul>
        {notes.map(({ layer, text }, i) => (
          <li key={`${layer}${i}`}>
            <strong>{layer}</strong> {text}
          </li>
        ))}
      </ul>
    </section>
  );
}
