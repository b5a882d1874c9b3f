"""A stream of samples whose order is a function of the seed and the position alone, so that training can resume in it."""
import os
from collections.abc import Callable, Iterator

import numpy as np
from numpy.random import Generator
from torch.utils.data import DataLoader, Dataset, Sampler


class Stream(Dataset):
    """Sample `i` is what `draw` makes with a generator seeded by `(seed, i)`. `draw` is made once a worker."""

    def __init__(self, make_draw: Callable[[], Callable[[Generator], object]], seed: int) -> None:
        self.make_draw, self.seed = make_draw, seed
        self.draw: Callable[[Generator], object] | None = None

    def __getitem__(self, index: int) -> object:
        self.draw = self.draw or self.make_draw()
        return self.draw(np.random.default_rng((self.seed, index)))


class From(Sampler):
    """Counts upwards from `start`, for ever."""

    def __init__(self, start: int) -> None:
        self.start = start

    def __iter__(self) -> Iterator[int]:
        index = self.start
        while True:
            yield index
            index += 1


def batches(stream: Stream, batch: int, start: int) -> Iterator:
    """Batches of the stream from sample `start` on, made by every processor but one."""
    workers = max(1, (os.cpu_count() or 1) - 1)
    return iter(DataLoader(stream, batch, sampler=From(start), num_workers=workers, prefetch_factor=4, persistent_workers=True))
