"""Maps of interior and border to one label a cell. The core's `cells/` does the same, to the pixel."""
import cv2
import numpy as np

CELL = 0.5
"""Probability, of interior and border together, from which a pixel is part of a cell."""
SEED = 0.5
"""Probability of interior from which a pixel may be a seed; it must also be above that of border."""
SMALLEST = 12
"""Pixels of the smallest cell."""


def instances(interior: np.ndarray, border: np.ndarray) -> np.ndarray:
    """Probabilities `[H, W]` to labels, int32, 0 for none.

    Seeds are the 8-connected regions of interior. They grow, all at once, a pixel a step to the left, right, up and down,
    into what is part of a cell; where two meet, the later label wins. What no seed reaches is a cell of its own.
    """
    cell = interior + border >= CELL
    labels = grow(regions((interior >= SEED) & (interior > border)), cell)
    rest = regions(cell & (labels == 0))
    labels = np.where(rest > 0, rest + labels.max(), labels)
    sizes = np.bincount(labels.ravel(), minlength=labels.max() + 1)
    keep = np.flatnonzero(sizes >= SMALLEST)
    keep = keep[keep > 0]
    numbers = np.zeros(len(sizes), np.int32)
    numbers[keep] = np.arange(1, len(keep) + 1)
    return numbers[labels]


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
