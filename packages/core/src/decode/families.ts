import { CutkitError } from '../errors.js';
import type { Manifest } from '../models/manifest.js';
import { batched } from './contracts/batched.js';
import { inputNames, type Ports, type PromptContract } from './contracts/contract.js';
import { edgeSam } from './contracts/edge-sam.js';
import { efficientSam } from './contracts/efficient-sam.js';
import { hqSam } from './contracts/hq-sam.js';
import { official } from './contracts/official.js';
import { optimum } from './contracts/optimum.js';
import { sam2 } from './contracts/sam2.js';
import { sam2Optimum } from './contracts/sam2-optimum.js';
import { sam2Osam } from './contracts/sam2-osam.js';

/** Every family that Cutkit reads; a new one is a file beside these and a line here. */
const CONTRACTS: readonly PromptContract[] = [
  batched,
  official,
  hqSam,
  optimum,
  sam2,
  sam2Osam,
  sam2Optimum,
  edgeSam,
  efficientSam,
];

/**
 * The family of a decoder: the one that its manifest names, else the one that its inputs and outputs show. Throws
 * `MODEL_INPUTS` when none fits, or not the one named.
 */
export function familyOf(
  decoder: Ports,
  { id, contract }: Pick<Manifest, 'id'> & Partial<Manifest>,
): PromptContract {
  const family =
    CONTRACTS.find((one) => one.id === contract) ?? CONTRACTS.find((one) => one.recognises(decoder));
  if (family?.recognises(decoder)) return family;
  throw new CutkitError(
    'MODEL_INPUTS',
    `The decoder of "${id}" takes ${[...inputNames(decoder)].join(', ')}: ${family ? `not what "${family.id}" does` : 'no family of Segment Anything that Cutkit reads'}.`,
    'Check that encoder and decoder are not swapped; docs/segment-anything.md lists the families.',
  );
}
