"""Samples of the cut-out network: a photo or composite, and its alpha."""
import torch
import torch.nn.functional as F
from torch import Tensor

from .light import normalised, relit
from .scenes import Scenes, over, pasted
from .store import Chance, Library, Pictures
from .view import bend, maybe, reflected, sample, uniform, view

SALIENCE = {"strong": 1.0, "medium": 0.7, "weak": 0.35}
"""How often a photo is drawn, by how surely its mask is what a person would cut out."""
SOURCE = {"ecssd": 1.3, "ccp": 0.55}
"""And by source: nearly a third of the photos are of dressed people before plain walls."""
PHOTOS, MOVED, EMPTY = 0.55, 0.1, 0.05
"""Shares of a batch: photos, photos' subjects over other backgrounds, scenes without a subject; the rest are composites."""


class CutoutSamples:
    """Gives batches `(image [B, 3, S, S] normalised, alpha [B, 1, S, S])`."""

    def __init__(self, library: Library) -> None:
        self.scenes, self.photos = Scenes(library), library.photos.pictures
        self.chance = Chance(SALIENCE[row.get("sal", "strong")] * SOURCE.get(row["src"], 1) for row in library.photos.rows)

    def __call__(self, batch: int, side: int) -> tuple[Tensor, Tensor]:
        moved, empty = (int(torch.rand(1, device="cpu").item() + share * batch) for share in (MOVED, EMPTY))
        seen = max(1, round(PHOTOS * batch) - moved)
        parts = [self.seen(seen, side), self.moved(moved, side), self.empty(empty, side)]
        image, alpha, _ = self.scenes.composite(max(0, batch - seen - moved - empty), side, 2)
        images, alphas = zip(*parts, (image, alpha))
        return normalised(relit(torch.cat(images))), torch.cat(alphas)

    def seen(self, count: int, side: int) -> tuple[Tensor, Tensor]:
        """Photos: cropped, stretched to a square, sometimes turned and bent."""
        index = self.chance(count)
        image = look(self.photos, index, side)
        return image[:, :3], image[:, 3:] / 255

    def moved(self, count: int, side: int) -> tuple[Tensor, Tensor]:
        """Photos' subjects over other backgrounds: a mask makes any photo a cut-out."""
        nothing = torch.zeros(count, 1, side, side)
        return over(self.scenes.background(count, side), nothing, pasted(self.photos, self.chance(count), side, uniform(count, 0.35, 0.95)))

    def empty(self, count: int, side: int) -> tuple[Tensor, Tensor]:
        return self.scenes.background(count, side), torch.zeros(count, 1, side, side)


def look(pictures: Pictures, index: Tensor, side: int) -> Tensor:
    """Square views of whole pictures and of crops of at least .6 of each side."""
    count, sizes = len(index), pictures.sizes[index]
    share = torch.where(maybe(count, 0.65), uniform(count, 0.6, 1), torch.ones(count))
    cut = sizes * (share[:, None] * (1 - 0.2 * torch.rand(count, 2) * (share < 1)[:, None]))
    centre = cut / 2 + torch.rand(count, 2) * (sizes - cut)
    degrees = maybe(count, 0.35) * uniform(count, -20, 20)
    seen = view(2 * side, torch.full((count, 2), float(side)), centre, cut / (2 * side), degrees, maybe(count, 0.5))
    seen = bend(seen, maybe(count, 0.2) * 0.025 * sizes.amax(1))
    return F.avg_pool2d(sample(pictures, index, reflected(seen, sizes)), 2)
