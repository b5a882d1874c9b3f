"""Packs decoded once and kept on the device that trains, so that samples are made there, a batch at a time."""
import os
from collections.abc import Callable, Collection, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from .packs import VOID, Pack


class Pictures:
    """Same-shaped pictures: `pixels` uint8 `[N, C, E, E]`, each in the upper left of a square, `sizes` `[N, 2]` w and h."""

    def __init__(self, arrays: list[np.ndarray]) -> None:
        edge = max(max(array.shape[:2]) for array in arrays)
        pixels = np.zeros((len(arrays), arrays[0].shape[2], edge, edge), np.uint8)
        for page, array in zip(pixels, arrays):
            page[:, : array.shape[0], : array.shape[1]] = array.transpose(2, 0, 1)
        device = torch.get_default_device()
        self.pixels = torch.from_numpy(pixels).to(device)
        self.sizes = torch.tensor([array.shape[1::-1] for array in arrays], dtype=torch.float32, device=device)

    def __len__(self) -> int:
        return len(self.pixels)


class Chance:
    """Draws indices in proportion to weights, on the device, without waiting for it."""

    def __init__(self, weights: Iterable[float]) -> None:
        share = np.cumsum(np.asarray(list(weights), np.float64))
        self.until = torch.tensor(share / share[-1], dtype=torch.float32, device=torch.get_default_device())

    def __call__(self, count: int) -> Tensor:
        return torch.searchsorted(self.until, torch.rand(count)).clamp(max=len(self.until) - 1)


class Kept:
    """The items of a pack, and their pictures: RGB, RGBA of cut-outs, RGB with the alpha as fourth channel of photos."""

    def __init__(self, pack: Pack, *parts: tuple[str, str]) -> None:
        self.rows = pack.rows
        self.pictures = Pictures(decoded(pack, lambda row: np.dstack([pack.read(row, *part) for part in parts])))


class Library:
    """All that photo models learn from, each pack decoded when it is first asked for."""

    def __init__(self, data: Path, tags: Collection[str] | None = None) -> None:
        self.pack = lambda name: Pack(data / f"{name}.tar", tags)

    @cached_property
    def photos(self) -> Kept:
        return Kept(self.pack("train_fg"), ("image", "RGB"), ("alpha", "L"))

    @cached_property
    def cutouts(self) -> Kept:
        return Kept(self.pack("cutouts"), ("rgba", "RGBA"))

    @cached_property
    def backgrounds(self) -> Kept:
        return Kept(self.pack("backgrounds"), ("image", "RGB"))

    @cached_property
    def labelled(self) -> "Labelled":
        return Labelled(self.pack("train_instances"))


MOST_THINGS = 256
"""Of one label map; what is beyond them is background."""


class Labelled(Kept):
    """Pictures and their label maps: those of picture `i` are `maps[first[i] : first[i] + count[i]]`, ids 1 to 255."""

    def __init__(self, pack: Pack) -> None:
        super().__init__(pack, ("image", "RGB"))
        maps = decoded(pack, lambda row: [numbered(labels) for labels in pack.labels(row)])
        self.maps = Pictures([one for several in maps for one in several])
        device = torch.get_default_device()
        self.count = torch.tensor([len(several) for several in maps], device=device)
        self.first = self.count.cumsum(0) - self.count


def numbered(labels: np.ndarray) -> np.ndarray:
    """Any label map as `[H, W, 1]` bytes: ids in their order, background and void 0."""
    ids, place = np.unique(np.where(labels == VOID, 0, labels), return_inverse=True)
    offset = 0 if ids[0] == 0 else 1
    order = np.arange(len(ids)) + offset
    return np.where(order < MOST_THINGS, order, 0)[place].reshape(*labels.shape, 1).astype(np.uint8)


def decoded(pack: Pack, of: Callable[[dict], object]) -> list:
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(of, pack.rows))
