import { CutkitError } from '../errors.js';
import { CATALOGUE } from './catalogue.js';
import type { Manifest } from './manifest.js';
import { nearest } from './nearest.js';

/** The catalogue's model of this id. Throws `MODEL_UNKNOWN` with the nearest id. */
export function findManifest(id: string): Manifest {
  const found = CATALOGUE.find((manifest) => manifest.id === id);
  if (found) return found;
  const ids = CATALOGUE.map((manifest) => manifest.id);
  const near = nearest(id, ids);
  throw new CutkitError(
    'MODEL_UNKNOWN',
    `There is no model "${id}".`,
    near ? `Did you mean "${near}"?` : `Choose one of: ${ids.join(', ')}.`,
  );
}

const DOES: Readonly<Record<Manifest['task'], string>> = {
  matting: 'removes backgrounds',
  promptable: 'answers clicks and boxes',
  cells: 'finds cells',
};

/** Throws `BAD_OPTION` when a model is not for the task at hand. */
export function checkTask({ id, task }: Manifest, wanted: Manifest['task']): void {
  if (task === wanted) return;
  const others = CATALOGUE.filter((one) => one.task === wanted).map((one) => one.id);
  throw new CutkitError(
    'BAD_OPTION',
    `The model "${id}" ${DOES[task]}.`,
    `Choose one of: ${others.join(', ')}.`,
  );
}
