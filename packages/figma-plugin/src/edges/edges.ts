/** How a mask's edge is finished. Lengths are pixels of the picture, areas its square pixels. */
export interface Edges {
  /** Softens the edge, σ 0–20. */
  readonly feather: number;
  /** Moves the edge out (positive) or in, −20–20. */
  readonly shift: number;
  /** Rounds off jags, 0–20. */
  readonly smooth: number;
  /** Holes up to this area are filled. */
  readonly fillHoles: number;
  /** Specks up to this area go. */
  readonly dropSpecks: number;
  /** Solve the background's colour out of soft edges. */
  readonly decontaminate: boolean;
}

/** Nothing but clean colours. */
export const PLAIN_EDGES: Edges = {
  feather: 0,
  shift: 0,
  smooth: 0,
  fillHoles: 0,
  dropSpecks: 0,
  decontaminate: true,
};
