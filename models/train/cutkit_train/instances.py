"""Maps of interior and border to one label a cell. The core's `cells/` does the same, to the pixel."""
import cv2
import numpy as np

CELL = 0.7
"""Probability, of interior and border together, from which a pixel is part of a cell."""
SEED = 0.5
"""Probability of interior from which a pixel may be a seed; it must also be above that of border."""
CORE, SMALLEST_CORE = 0.7, 20
"""Probability of interior and no border, from which a pixel is a core; and pixels of the smallest core."""
SMALLEST = 20
"""Pixels of the smallest cell."""


def instances(interior: np.ndarray, border: np.ndarray) -> np.ndarray:
    """Probabilities `[H, W]` to labels, int32, 0 for none.

    Seeds are the 8-connected regions of interior; one that holds several cores falls apart into these. Seeds grow, all at
    once, a pixel a step to the left, right, up and down, into what is part of a cell; where two meet, the later label wins.
    What no seed reaches is a cell of its own.
    """
    cell = interior + border >= CELL
    labels = grow(regions(seeds(interior, border)), cell)
    rest = regions(cell & (labels == 0))
    labels = np.where(rest > 0, rest + labels.max(), labels)
    sizes = np.bincount(labels.ravel(), minlength=labels.max() + 1)
    keep = np.flatnonzero(sizes >= SMALLEST)
    keep = keep[keep > 0]
    numbers = np.zeros(len(sizes), np.int32)
    numbers[keep] = np.arange(1, len(keep) + 1)
    return numbers[labels]


def seeds(interior: np.ndarray, border: np.ndarray) -> np.ndarray:
    """Where seeds are: whole, or only the cores of those that have several."""
    whole = regions((interior >= SEED) & (interior > border))
    cores = regions(interior * (1 - border) >= CORE)
    large = (np.bincount(cores.ravel()) >= SMALLEST_CORE)[cores] & (cores > 0)
    pairs = np.unique(np.stack((whole[large], cores[large])), axis=1)
    fallen = (np.bincount(pairs[0], minlength=whole.max() + 1) > 1)[whole]
    return (whole > 0) & (large | ~fallen)


def regions(plane: np.ndarray) -> np.ndarray:
    """The 8-connected regions, numbered by their first pixel in reading order (which the default algorithm does not do)."""
    return cv2.connectedComponentsWithAlgorithm(plane.astype(np.uint8), 8, cv2.CV_32S, cv2.CCL_SAUF)[1]


def grow(labels: np.ndarray, into: np.ndarray) -> np.ndarray:
    """Labels spread over `into` until nothing is left to reach."""
    while True:
        padded = np.pad(labels, 1)
        around = np.maximum.reduce([padded[1:-1, :-2], padded[1:-1, 2:], padded[:-2, 1:-1], padded[2:, 1:-1]])
        reached = into & (labels == 0) & (around > 0)
        if not reached.any():
            return labels
        labels = np.where(reached, around, labels)
