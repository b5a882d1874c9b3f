"""Backgrounds and composites, shared by the samples of every photo model."""
from collections.abc import Collection
from pathlib import Path

import numpy as np
from numpy.random import Generator

from .augment import paste, resize
from .packs import Pack


class Scenes:
    """Cut-outs over backgrounds. Emoji are held at 15 % of the cut-outs: more of them, and photos get worse."""

    def __init__(self, data: Path, tags: Collection[str] | None = None) -> None:
        self.cutouts = Pack(data / "cutouts.tar", tags)
        self.backgrounds = Pack(data / "backgrounds.tar", tags)
        emoji = np.array(["emoji" in row["src"] for row in self.cutouts.rows])
        self.weights = np.where(emoji, 0.15 / max(1, emoji.sum()), 0.85 / max(1, (~emoji).sum()))
        self.weights /= self.weights.sum()

    def background(self, rng: Generator, side: int) -> np.ndarray:
        """A square view of a scene or texture; sometimes one plain colour, as in product photos."""
        if rng.random() < 0.12:
            return np.ones((side, side, 3), np.float32) * rng.uniform(0, 255, 3).astype(np.float32)
        image = self.backgrounds.read(self.backgrounds.rows[rng.integers(len(self.backgrounds.rows))], "image", "RGB")
        height, width = image.shape[:2]
        share = rng.uniform(0.4, 1)
        h, w = max(8, int(height * share)), max(8, int(width * share))
        y, x = rng.integers(0, height - h + 1), rng.integers(0, width - w + 1)
        return resize(image[y : y + h, x : x + w], side, side).astype(np.float32)

    def cutout(self, rng: Generator) -> np.ndarray:
        """RGBA, colours 0-255, alpha 0-1."""
        row = self.cutouts.rows[rng.choice(len(self.weights), p=self.weights)]
        rgba = self.cutouts.read(row, "rgba", "RGBA").astype(np.float32)
        rgba[..., 3] /= 255
        return rgba

    def composite(self, rng: Generator, side: int, count: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """`count` cut-outs over a background: picture, joint alpha, and a label map of what is in front where."""
        image, alpha = self.background(rng, side), np.zeros((side, side), np.float32)
        labels = np.zeros((side, side), np.int32)
        for number in range(1, count + 1):
            image, alpha, cover = paste(rng, image, alpha, self.cutout(rng))
            labels[cover > 0.5] = number
        return image, alpha, labels
