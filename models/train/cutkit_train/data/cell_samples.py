"""Samples of the cell network: one grey channel, interior and border of each nucleus, and the paper's weights."""
from collections.abc import Collection
from pathlib import Path

import cv2
import numpy as np
from numpy.random import Generator

from .packs import VOID, Pack

cv2.setNumThreads(1)

SOURCE = "dsb2018"
BORDER_WEIGHT, BORDER_SIGMA = 10.0, 5.0
"""w0 and sigma of the U-Net paper, equation 2."""
STAINED_SATURATION, STAINED_BRIGHTNESS = 12.0, 70.0
"""Means, 0-255, of the difference of the largest and smallest channel, and of all channels, above which a picture is a
stained section.
"""
STAINED_SHARE = 0.33
"""They are a seventh of the pictures, the hardest, and a third of the samples."""


def grey(image: np.ndarray) -> np.ndarray:
    """RGB 0-255 to one channel of mean 0 and deviation 1, bright cells on dark.

    A stained section becomes its red channel, inverted: the dye of nuclei takes red away, that of the tissue around them
    does not. Any other picture becomes its luma, inverted where most of it is brighter than its mean.
    """
    if is_stained(image):
        plane = -image[..., 0].astype(np.float32)
    else:
        plane = cv2.cvtColor(image.astype(np.float32), cv2.COLOR_RGB2GRAY)
        plane = -plane if (plane > plane.mean()).mean() > 0.5 else plane
    return (plane - plane.mean()) / (plane.std() + 1e-3)


def is_stained(image: np.ndarray) -> bool:
    """Whether a picture is bright and coloured: a section under a light microscope, no fluorescence."""
    saturation = (image.max(2).astype(np.int32) - image.min(2)).mean()
    return bool(saturation > STAINED_SATURATION and image.mean() > STAINED_BRIGHTNESS)


def targets(labels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """`[2, H, W]`: interior and border (within 1 px of another label) of each cell; and `[H, W]` weights that grow where
    two cells come close: `1 + w0 exp(-(d1 + d2)^2 / 2 sigma^2)`, d1 and d2 the distances to the two nearest cells.
    """
    cells = np.where(labels == VOID, 0, labels).astype(np.int32)
    low = cv2.erode(cells.astype(np.float32), np.ones((3, 3)))
    high = cv2.dilate(cells.astype(np.float32), np.ones((3, 3)))
    border = (low != high) & (cells > 0)
    nearest = np.full(cells.shape, 99.0, np.float32)
    second = nearest.copy()
    for i in np.unique(cells)[1:]:
        distance = cv2.distanceTransform((cells != i).astype(np.uint8), cv2.DIST_L2, 3)
        second = np.minimum(second, np.maximum(nearest, distance))
        nearest = np.minimum(nearest, distance)
    weights = 1 + BORDER_WEIGHT * np.exp(-((nearest + second) ** 2) / (2 * BORDER_SIGMA**2))
    return np.stack([(cells > 0) & ~border, border]).astype(np.float32), weights.astype(np.float32)


def warp(rng: Generator, image: np.ndarray, labels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Turned by up to 45 degrees, slightly enlarged, and bent: an elastic field on a 5x5 grid, 3 % of the side."""
    height, width = labels.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), rng.uniform(-45, 45), rng.uniform(1, 1.2))
    inverse = cv2.invertAffineTransform(turn).astype(np.float32)
    y, x = np.mgrid[:height, :width].astype(np.float32)
    map_x = inverse[0, 0] * x + inverse[0, 1] * y + inverse[0, 2]
    map_y = inverse[1, 0] * x + inverse[1, 1] * y + inverse[1, 2]
    for field in (map_x, map_y):
        coarse = rng.standard_normal((5, 5)).astype(np.float32) * (0.03 * max(height, width))
        field += cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC)
    moved = cv2.remap(labels.astype(np.float32), map_x, map_y, cv2.INTER_NEAREST, borderMode=cv2.BORDER_REFLECT)
    return cv2.remap(image, map_x, map_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT), moved.astype(labels.dtype)


def relight(rng: Generator, image: np.ndarray) -> np.ndarray:
    """Standardised grey under other light: contrast bent by a power and stretched, out of focus at times, noise."""
    image = np.sign(image) * np.abs(image) ** np.exp(rng.uniform(-0.3, 0.3))
    if rng.random() < 0.3:
        image = cv2.GaussianBlur(image, (0, 0), rng.uniform(0.5, 1.5))
    noise = rng.standard_normal(image.shape) * rng.uniform(0, 0.15)
    return image * rng.uniform(0.7, 1.4) + rng.uniform(-0.3, 0.3) + noise


class CellSamples:
    """Draws `(grey [1, S, S], targets [2, S, S], weights [S, S])` at about native scale, turned and bent."""

    def __init__(self, data: Path, side: int, tags: Collection[str] | None = None) -> None:
        self.side = side
        self.pack = Pack(data / "train_instances.tar", tags)
        self.rows = [row for row in self.pack.rows if row["src"] == SOURCE]
        stained = np.array([is_stained(self.pack.read(row, "image", "RGB")) for row in self.rows])
        share = np.where(stained, STAINED_SHARE / max(1, stained.sum()), (1 - STAINED_SHARE) / max(1, (~stained).sum()))
        self.weights = share / share.sum()

    def __call__(self, rng: Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        row = self.rows[rng.choice(len(self.rows), p=self.weights)]
        image, labels = grey(self.pack.read(row, "image", "RGB")), self.pack.labels(row)[0]
        scale = float(np.exp(rng.uniform(np.log(0.6), np.log(1.6))))
        crop = min(image.shape[0], image.shape[1], int(self.side / scale))
        y, x = (int(rng.integers(0, length - crop + 1)) for length in image.shape)
        image = cv2.resize(image[y : y + crop, x : x + crop], (self.side, self.side), interpolation=cv2.INTER_AREA)
        cut = labels[y : y + crop, x : x + crop].astype(np.float32)
        labels = cv2.resize(cut, (self.side, self.side), interpolation=cv2.INTER_NEAREST).astype(np.int32)
        quarter = int(rng.integers(4))
        image, labels = np.rot90(image, quarter), np.rot90(labels, quarter)
        if rng.random() < 0.5:
            image, labels = image[:, ::-1], labels[:, ::-1]
        if rng.random() < 0.7:
            image, labels = warp(rng, np.ascontiguousarray(image), np.ascontiguousarray(labels))
        goal, weights = targets(labels)
        return relight(rng, np.ascontiguousarray(image))[None].astype(np.float32), goal, weights
