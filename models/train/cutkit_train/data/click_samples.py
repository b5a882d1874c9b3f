"""Samples of the promptable network: a picture, and masks of things in it that a person may mean."""
from collections.abc import Collection
from pathlib import Path

import numpy as np
from numpy.random import Generator

from .augment import photometric, random_crop, resize, warp
from .cutout_samples import normalise
from .packs import VOID, Pack
from .scenes import Scenes

SOURCE = {"voc10-coseg": 0.8, "ccp": 0.7, "camvid": 0.5, "wbc": 0.6, "dsb2018": 0.6, "coco": 2.0, "bsds500": 1.5}
"""How often a picture with instances is drawn, by source."""
LEAST = 0.0008
"""Share of the picture below which a region is no target."""


class ClickSamples:
    """Draws `(image [3, S, S], masks [K, S/2, S/2])`, K things of one picture; the picture's long side is S, the rest 0
    after normalisation, as the network meets it in use.
    """

    def __init__(self, data: Path, side: int, count: int, tags: Collection[str] | None = None) -> None:
        self.side, self.count = side, count
        self.scenes = Scenes(data, tags)
        self.instances = Pack(data / "train_instances.tar", tags)
        self.photos = Pack(data / "train_fg.tar", tags)
        weights = [SOURCE.get(row["src"], 1.0) for row in self.instances.rows]
        self.weights = np.array(weights) / sum(weights)

    def __call__(self, rng: Generator) -> tuple[np.ndarray, np.ndarray]:
        while True:
            image, labels = self.labelled(rng)
            if rng.random() < 0.5:
                image, labels = image[:, ::-1], labels[:, ::-1]
            if rng.random() < 0.3:
                image, labels = warp(rng, np.ascontiguousarray(image), np.ascontiguousarray(labels), 20)
            masks = self.targets(rng, labels)
            if masks:
                return self.fit(photometric(rng, image), masks)

    def labelled(self, rng: Generator) -> tuple[np.ndarray, np.ndarray]:
        kind = rng.random()
        if kind < 0.6:
            row = self.instances.rows[rng.choice(len(self.weights), p=self.weights)]
            maps = self.instances.labels(row)
            image, labels = self.instances.read(row, "image", "RGB"), maps[rng.integers(len(maps))]
        elif kind < 0.8:
            row = self.photos.rows[rng.integers(len(self.photos.rows))]
            image, labels = self.photos.read(row, "image", "RGB"), (self.photos.read(row, "alpha", "L") > 127).astype(np.int32)
        else:
            image, _, labels = self.scenes.composite(rng, self.side, int(rng.integers(1, 6)))
        image = image.astype(np.float32)
        return random_crop(rng, image, labels, 0.4) if rng.random() < 0.6 else (image, labels)

    def targets(self, rng: Generator, labels: np.ndarray) -> list[np.ndarray]:
        """Some regions of a label map."""
        ids, sizes = np.unique(labels, return_counts=True)
        fit = [int(i) for i, size in zip(ids, sizes) if 0 < i < VOID and LEAST * labels.size < size < 0.9 * labels.size]
        rng.shuffle(fit)
        return [labels == i for i in fit[: self.count]]

    def fit(self, image: np.ndarray, masks: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
        height, width = image.shape[:2]
        scale = self.side / max(height, width)
        w, h = max(2, int(width * scale + 0.5)), max(2, int(height * scale + 0.5))
        framed = np.zeros((3, self.side, self.side), np.float32)
        framed[:, :h, :w] = normalise(resize(image, w, h))
        out = np.zeros((self.count, self.side // 2, self.side // 2), np.float32)
        for slot in range(self.count):
            # Fewer things than slots: they come again, and are prompted otherwise.
            mask = masks[slot % len(masks)].astype(np.float32)
            out[slot, : h // 2, : w // 2] = resize(mask, w // 2, h // 2) > 0.5
        return framed, out
