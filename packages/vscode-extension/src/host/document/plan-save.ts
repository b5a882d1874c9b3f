import type { DatasetClass, Edit, Instance } from '@cutkit/datasets';

/** What the file holds of an image, and under which of its keys it holds what the document calls otherwise. */
export interface FileState {
  /** Index of the image in the data set as it is open now. */
  readonly image: number;
  readonly classes: readonly DatasetClass[];
  /** The document's instances as they were last read or written. */
  readonly instances: readonly Instance[];
  /** The file's key of each of these; the document's own where it is absent. */
  readonly keys: ReadonlyMap<string, string>;
}

/** What the document wants to be saved. */
export interface WantedState {
  /** Classes by the document's indices. */
  readonly classes: readonly DatasetClass[];
  readonly instances: readonly Instance[];
}

/**
 * The edits that turn what the file holds into what the document wants: nothing for instances that are the very same
 * objects, however often they were changed and changed back in between. Classes meet by name.
 */
export function planSave(file: FileState, wanted: WantedState): Edit[] {
  const classes = mapClasses(file.classes, wanted);
  const keyOf = (key: string) => file.keys.get(key) ?? key;
  const before = new Map(file.instances.map((instance) => [instance.key, instance]));
  const kept = new Set(wanted.instances.map(({ key }) => key));
  const { image } = file;

  const removed = file.instances
    .filter(({ key }) => !kept.has(key))
    .map(({ key }): Edit => ({ type: 'remove', image, key: keyOf(key) }));
  const others = wanted.instances.flatMap((instance): Edit[] => {
    const old = before.get(instance.key);
    const classIndex = classes.indexOf(instance.classIndex);
    if (!old) return [{ type: 'add', image, instance: added(instance, classIndex) }];
    if (old === instance) return [];
    const change = {
      ...(old.classIndex === instance.classIndex ? {} : { classIndex }),
      ...(old.shape === instance.shape ? {} : { shape: instance.shape }),
    };
    return Object.keys(change).length === 0
      ? []
      : [{ type: 'change', image, key: keyOf(instance.key), change }];
  });
  return [...classes.added, ...removed, ...others];
}

function added({ key, shape, crowd, score }: Instance, classIndex: number) {
  return {
    key,
    classIndex,
    shape,
    ...(crowd ? { crowd } : {}),
    ...(score === undefined ? {} : { score }),
  };
}

/** The file's index of each class that is used; classes that the file lacks are added at its end. */
function mapClasses(known: readonly DatasetClass[], { classes, instances }: WantedState) {
  const indices = new Map(known.map(({ name, index }) => [name, index]));
  const used = new Set(instances.map(({ classIndex }) => classIndex));
  const additions: Edit[] = [];
  for (const { index, name } of classes) {
    if (indices.has(name) || !used.has(index)) continue;
    indices.set(name, known.length + additions.length);
    additions.push({ type: 'addClass', name });
  }
  const names = new Map(classes.map(({ index, name }) => [index, name]));
  return {
    added: additions,
    indexOf: (index: number) => indices.get(names.get(index) ?? '') ?? index,
  };
}
