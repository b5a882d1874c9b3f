"""Measures of one predicted alpha against the true one; `tests/evaluate/metrics.mjs` has the same."""
import cv2
import numpy as np

EPSILON = 1e-12
BOUNDARY_REACH = 0.0075
"""How far a found edge may lie from the true one, as a share of the picture's diagonal."""


def structure(prediction: np.ndarray, subject: np.ndarray) -> float:
    """S-measure (Fan et al. 2017) of alpha 0-1 and a binary truth: half of objects, half of regions."""
    share = subject.mean()
    if share in (0, 1):
        return float(prediction.mean() if share == 1 else 1 - prediction.mean())
    objects = share * alike(prediction[subject]) + (1 - share) * alike(1 - prediction[~subject])
    return float(max(0.0, 0.5 * objects + 0.5 * regions(prediction, subject)))


def alike(values: np.ndarray) -> float:
    mean, deviation = values.mean(), values.std(ddof=1) if values.size > 1 else 0.0
    return 2 * mean / (mean**2 + 1 + deviation + EPSILON)


def regions(prediction: np.ndarray, subject: np.ndarray) -> float:
    """Four parts around the subject's centroid, each compared as in SSIM, weighed by area."""
    height, width = subject.shape
    ys, xs = np.nonzero(subject)
    y, x = (int(np.floor(values.mean() + 0.5)) + 1 for values in (ys, xs))
    total = 0.0
    for rows in (slice(0, y), slice(y, height)):
        for columns in (slice(0, x), slice(x, width)):
            part = prediction[rows, columns]
            if part.size:
                total += part.size / subject.size * similar(part, subject[rows, columns].astype(np.float64))
    return total


def similar(a: np.ndarray, b: np.ndarray) -> float:
    mean_a, mean_b, freedom = a.mean(), b.mean(), max(1, a.size - 1)
    var_a, var_b = ((a - mean_a) ** 2).sum() / freedom, ((b - mean_b) ** 2).sum() / freedom
    both = ((a - mean_a) * (b - mean_b)).sum() / freedom
    above, below = 4 * mean_a * mean_b * both, (mean_a**2 + mean_b**2) * (var_a + var_b)
    if above != 0:
        return above / (below + EPSILON)
    return 1.0 if below == 0 else 0.0


def edge(mask: np.ndarray) -> np.ndarray:
    """Pixels of a mask that have a neighbour, left, right, above or below, outside of it; the picture's rim has none there."""
    cross = cv2.getStructuringElement(cv2.MORPH_CROSS, (3, 3))
    return mask & (cv2.erode(mask.astype(np.uint8), cross, borderType=cv2.BORDER_REPLICATE) == 0)


def boundary(found: np.ndarray, subject: np.ndarray) -> float:
    """F-measure of edges that lie within BOUNDARY_REACH of each other."""
    reach = max(1.0, BOUNDARY_REACH * float(np.hypot(*subject.shape)))
    ours, theirs = edge(found), edge(subject)
    if not ours.any() or not theirs.any():
        return float(ours.any() == theirs.any())
    far = lambda mask: cv2.distanceTransform((~mask).astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
    precision, recall = (far(theirs)[ours] <= reach).mean(), (far(ours)[theirs] <= reach).mean()
    return float(2 * precision * recall / max(EPSILON, precision + recall))


def unknown_band(prediction: np.ndarray, truth: np.ndarray, trimap: np.ndarray) -> dict[str, float]:
    """Where a trimap (0-255) is neither black nor white: the sum of absolute errors in thousands, the mean squared error."""
    error = (prediction - truth)[(trimap > 0) & (trimap < 255)]
    return {"sad": float(np.abs(error).sum() / 1000), "mse": float((error**2).mean())}
