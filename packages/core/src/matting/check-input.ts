import { CutkitError } from '../errors.js';
import type { Session } from '../runtime/session.js';

/** The first input's name, once its type and shape are seen to fit `dims`. */
export function checkInput(session: Session, dims: readonly number[]): string {
  const input = session.inputs[0];
  const fits =
    session.inputs.length === 1 &&
    input?.type === 'float32' &&
    input.dims.length === dims.length &&
    input.dims.every((dim, i) => dim < 0 || dim === dims[i]);
  if (!input || !fits) {
    const found = session.inputs
      .map(({ name, type, dims: own }) => `${name} ${type}[${own.join('×')}]`)
      .join(', ');
    throw new CutkitError(
      'MODEL_INPUTS',
      `The model takes ${found || 'nothing'}, but its manifest promises float32[${dims.join('×')}].`,
      'Correct `input` in its model.json, or choose a model of the kind that is asked for.',
    );
  }
  return input.name;
}
