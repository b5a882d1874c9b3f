/** An option of the commands whose networks look at photos. */
export const FLIP = [
  '--flip',
  'look at the picture mirrored too and take the mean: mostly better, for a second run of the network',
] as const;
