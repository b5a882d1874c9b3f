/** The option of every command that a network answers. */
export const FLIP = [
  '--flip',
  'look at the picture mirrored too and take the mean: better, for a second run of the network',
] as const;
