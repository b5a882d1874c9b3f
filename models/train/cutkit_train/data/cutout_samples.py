"""Samples of the cut-out network: a photo or composite, and its alpha."""
from collections.abc import Callable, Collection
from pathlib import Path

import numpy as np
from numpy.random import Generator

from .augment import paste, photometric, random_crop, resize, warp
from .packs import Pack
from .scenes import Scenes

MEAN = np.array([0.485, 0.456, 0.406], np.float32)
STD = np.array([0.229, 0.224, 0.225], np.float32)

SALIENCE = {"strong": 1.0, "medium": 0.7, "weak": 0.35}
"""How often a photo is drawn, by how surely its mask is what a person would cut out."""
SOURCE = {"ecssd": 1.3, "ccp": 0.55}
"""And by source: nearly a third of the photos are of dressed people before plain walls."""


def normalise(image: np.ndarray) -> np.ndarray:
    """0-255 RGB, `[H, W, 3]`, to the network's `[3, H, W]`."""
    return np.ascontiguousarray(((image / 255 - MEAN) / STD).transpose(2, 0, 1), np.float32)


class CutoutSamples:
    """Draws `(image [3, S, S] normalised, alpha [1, S, S])`: 55 % photos, 40 % composites, 5 % scenes without a subject."""

    def __init__(self, data: Path, side: int, tags: Collection[str] | None = None) -> None:
        self.side = side
        self.scenes = Scenes(data, tags)
        self.photos = Pack(data / "train_fg.tar", tags)
        weights = [SALIENCE[row.get("sal", "strong")] * SOURCE.get(row["src"], 1) for row in self.photos.rows]
        self.weights = np.array(weights) / sum(weights)

    def __call__(self, rng: Generator) -> tuple[np.ndarray, np.ndarray]:
        kind = rng.random()
        if kind < 0.45:
            image, alpha = self.photo(rng)
        elif kind < 0.55:
            image, alpha = self.moved_photo(rng)
        elif kind < 0.95:
            image, alpha, _ = self.scenes.composite(rng, self.side, rng.choice([1, 1, 1, 2]))
        else:
            image, alpha = self.scenes.background(rng, self.side), np.zeros((self.side, self.side), np.float32)
        if rng.random() < 0.5:
            image, alpha = image[:, ::-1], alpha[:, ::-1]
        if rng.random() < 0.35:
            image, alpha = warp(rng, np.ascontiguousarray(image), np.ascontiguousarray(alpha), 20, 0.03 * (rng.random() < 0.4))
        return normalise(photometric(rng, image)), alpha[None].astype(np.float32).copy()

    def read(self, rng: Generator) -> tuple[np.ndarray, np.ndarray]:
        row = self.photos.rows[rng.choice(len(self.weights), p=self.weights)]
        alpha = self.photos.read(row, "alpha", "L").astype(np.float32) / 255
        return self.photos.read(row, "image", "RGB").astype(np.float32), alpha

    def photo(self, rng: Generator) -> tuple[np.ndarray, np.ndarray]:
        image, alpha = self.read(rng)
        if rng.random() < 0.6:
            image, alpha = random_crop(rng, image, alpha)
        return resize(image, self.side, self.side), resize(alpha, self.side, self.side)

    def moved_photo(self, rng: Generator) -> tuple[np.ndarray, np.ndarray]:
        """A photo's subject over another background: its mask makes it a cut-out."""
        image, alpha = self.read(rng)
        empty = np.zeros((self.side, self.side), np.float32)
        pasted, joint, _ = paste(rng, self.scenes.background(rng, self.side), empty, np.dstack([image, alpha]))
        return pasted, joint


def cutout_samples(data: Path, side: int, tags: Collection[str] | None) -> Callable[[], CutoutSamples]:
    return lambda: CutoutSamples(data, side, tags)
