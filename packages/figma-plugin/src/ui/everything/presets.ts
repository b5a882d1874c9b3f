import type { AutomaskOptions } from '@cutkit/core';

/** The hyperparameters that the panel shows, with their official names. */
export type Hyperparameters = Pick<
  AutomaskOptions,
  | 'pointsPerSide'
  | 'predIouThresh'
  | 'stabilityScoreThresh'
  | 'boxNmsThresh'
  | 'cropNLayers'
  | 'minMaskRegionArea'
>;

/** What one hyperparameter is, in words and numbers. */
export interface HyperparameterWords {
  readonly name: keyof Hyperparameters;
  readonly label: string;
  readonly help: string;
  readonly min: number;
  readonly max: number;
  readonly step: number;
}

export const HYPERPARAMETERS: readonly HyperparameterWords[] = [
  {
    name: 'pointsPerSide',
    label: 'Points per side',
    help: 'More points find smaller things, and take longer.',
    min: 4,
    max: 64,
    step: 4,
  },
  {
    name: 'predIouThresh',
    label: 'Least quality',
    help: 'Masks that the network itself rates lower are dropped.',
    min: 0,
    max: 1,
    step: 0.02,
  },
  {
    name: 'stabilityScoreThresh',
    label: 'Least stability',
    help: 'Masks whose edge moves a lot with the threshold are dropped.',
    min: 0,
    max: 1,
    step: 0.02,
  },
  {
    name: 'boxNmsThresh',
    label: 'Overlap allowed',
    help: 'Of two masks that overlap more, the worse one is dropped.',
    min: 0.1,
    max: 1,
    step: 0.05,
  },
  {
    name: 'cropNLayers',
    label: 'Zoomed layers',
    help: 'Looks again at 4, then 16 closer crops: for many small things.',
    min: 0,
    max: 2,
    step: 1,
  },
  {
    name: 'minMaskRegionArea',
    label: 'Least region',
    help: 'Holes and specks of fewer pixels are tidied away.',
    min: 0,
    max: 500,
    step: 10,
  },
];

/** Where most people begin. */
export const PRESETS: Readonly<
  Record<
    'quick' | 'balanced' | 'fine' | 'cells',
    { readonly name: string; readonly help: string; readonly values: Hyperparameters }
  >
> = {
  quick: {
    name: 'Quick',
    help: 'The large things, in seconds.',
    values: {
      pointsPerSide: 8,
      predIouThresh: 0.5,
      stabilityScoreThresh: 0.6,
      boxNmsThresh: 0.7,
      cropNLayers: 0,
      minMaskRegionArea: 100,
    },
  },
  balanced: {
    name: 'Balanced',
    help: 'Most things that a person would name.',
    values: {
      pointsPerSide: 16,
      predIouThresh: 0.5,
      stabilityScoreThresh: 0.6,
      boxNmsThresh: 0.7,
      cropNLayers: 0,
      minMaskRegionArea: 100,
    },
  },
  fine: {
    name: 'Fine',
    help: 'Parts of things too. Takes a while.',
    values: {
      pointsPerSide: 32,
      predIouThresh: 0.4,
      stabilityScoreThresh: 0.6,
      boxNmsThresh: 0.7,
      cropNLayers: 0,
      minMaskRegionArea: 0,
    },
  },
  cells: {
    name: 'Many small things',
    help: 'Cells, beads, leaves: closer crops, nothing tidied away.',
    values: {
      pointsPerSide: 24,
      predIouThresh: 0.65,
      stabilityScoreThresh: 0.8,
      boxNmsThresh: 0.5,
      cropNLayers: 1,
      minMaskRegionArea: 0,
    },
  },
};
