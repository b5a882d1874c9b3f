"""Simulated users, the same in Python and in `tests/evaluate`, to the last click."""
import cv2
import numpy as np

MOST_PER_PICTURE = 4
LEAST = 0.002
"""Share of the picture below which a region is not asked for."""
CLICK_ERROR, BOX_ERROR = 0.03, 0.05
"""Standard errors: of a click, as a share of the root of the thing's area; of a box's sides, as a share of its size."""


class Noise:
    """Normal errors from the generator of Numerical Recipes and the Box-Muller transform: easy to have in any language."""

    def __init__(self, seed: int) -> None:
        self.state = seed & 0xFFFFFFFF

    def uniform(self) -> float:
        self.state = (self.state * 1664525 + 1013904223) & 0xFFFFFFFF
        return (self.state + 0.5) / 2**32

    def normal(self, spread: float) -> float:
        radius = np.sqrt(-2 * np.log(self.uniform()))
        return float(spread * radius * np.cos(2 * np.pi * self.uniform()))


def things(labels: np.ndarray, void: int) -> list[int]:
    """Up to MOST_PER_PICTURE ids of a label map, spread evenly over those that are large enough."""
    ids, sizes = np.unique(labels, return_counts=True)
    fit = [int(i) for i, size in zip(ids, sizes) if 0 < i < void and size > LEAST * labels.size]
    if len(fit) <= MOST_PER_PICTURE:
        return fit
    return [fit[i * len(fit) // MOST_PER_PICTURE] for i in range(MOST_PER_PICTURE)]


def middle(region: np.ndarray) -> tuple[int, int]:
    """The pixel of a region that is farthest from its border, the first of equals; x and y."""
    padded = np.pad(region.astype(np.uint8), 1)
    distance = cv2.distanceTransform(padded, cv2.DIST_L2, cv2.DIST_MASK_PRECISE)[1:-1, 1:-1]
    y, x = np.unravel_index(distance.argmax(), distance.shape)
    return int(x), int(y)


def largest(region: np.ndarray) -> np.ndarray:
    """The largest 8-connected part of a region, the first of equals."""
    _, labels, stats, _ = cv2.connectedComponentsWithStatsWithAlgorithm(region.astype(np.uint8), 8, cv2.CV_32S, cv2.CCL_SAUF)
    return labels == 1 + stats[1:, cv2.CC_STAT_AREA].argmax() if len(stats) > 1 else region


def next_click(truth: np.ndarray, found: np.ndarray, void: np.ndarray, noise: Noise | None) -> tuple[int, int, int]:
    """x, y and label of the click on the middle of the largest error; moved by an error where there is `noise`."""
    missed, extra = largest(truth & ~found & ~void), largest(found & ~truth & ~void)
    subject = missed.sum() >= extra.sum()
    x, y = middle(missed if subject else extra)
    if noise:
        spread = CLICK_ERROR * np.sqrt(truth.sum())
        x = int(np.clip(round_half_up(x + noise.normal(spread)), 0, truth.shape[1] - 1))
        y = int(np.clip(round_half_up(y + noise.normal(spread)), 0, truth.shape[0] - 1))
        subject = bool(truth[y, x])
    return x, y, 1 if subject else 0


def drawn_box(truth: np.ndarray, noise: Noise) -> list[float]:
    """Left, top, right, bottom around a thing, each side moved by an error, within the picture."""
    ys, xs = np.nonzero(truth)
    sides = [float(v) for v in (xs.min(), ys.min(), xs.max() + 1, ys.max() + 1)]
    size = sides[2] - sides[0], sides[3] - sides[1]
    moved = [side + noise.normal(BOX_ERROR * size[i % 2]) for i, side in enumerate(sides)]
    return [float(np.clip(side, 0, truth.shape[1 - i % 2])) for i, side in enumerate(moved)]


def round_half_up(value: float) -> int:
    return int(np.floor(value + 0.5))


def iou(a: np.ndarray, b: np.ndarray, void: np.ndarray) -> float:
    return float((a & b & ~void).sum() / max(1, ((a | b) & ~void).sum()))
