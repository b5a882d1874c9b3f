"""Backgrounds and composites, shared by the samples of both photo models."""
import torch
import torch.nn.functional as F
from torch import Tensor

from .store import Chance, Library, Pictures
from .view import maybe, sample, soften, uniform, view

EMOJI_SHARE = 0.15
"""Of the cut-outs; more of them, and photos get worse."""


class Scenes:
    """Cut-outs over backgrounds, a batch of `[B, ..., S, S]` at a time."""

    def __init__(self, library: Library) -> None:
        self.backgrounds, self.cutouts = library.backgrounds.pictures, library.cutouts.pictures
        emoji = ["emoji" in row["src"] for row in library.cutouts.rows]
        many, others = max(1, sum(emoji)), max(1, len(emoji) - sum(emoji))
        self.chance = Chance(EMOJI_SHARE / many if is_emoji else (1 - EMOJI_SHARE) / others for is_emoji in emoji)

    def background(self, count: int, side: int) -> Tensor:
        """Square views of scenes and textures, 0-255; sometimes one plain colour, as in product photos."""
        index = torch.randint(len(self.backgrounds), (count,))
        sizes = self.backgrounds.sizes[index]
        cut = sizes * uniform(count, 0.4, 1)[:, None]
        centre = cut / 2 + torch.rand(count, 2) * (sizes - cut)
        middle = torch.full((count, 2), side / 2)
        seen = view(side, middle, centre, cut / side, torch.zeros(count), maybe(count, 0.5))
        plain = (torch.rand(count, 3, 1, 1) * 255).expand(-1, -1, side, side)
        return torch.where(maybe(count, 0.12)[:, None, None, None], plain, sample(self.backgrounds, index, seen))

    def composite(self, count: int, side: int, most: int) -> tuple[Tensor, Tensor, Tensor]:
        """1 to `most` cut-outs over a background: picture 0-255, joint alpha `[B, 1, S, S]` 0-1, and labels
        `[B, S, S]` of what is in front where.
        """
        image = self.background(count, side)
        alpha, labels = torch.zeros(count, 1, side, side), torch.zeros(count, side, side)
        wanted = torch.randint(1, most + 1, (count,))
        for number in range(1, most + 1):
            layer = pasted(self.cutouts, self.chance(count), side, uniform(count, 0.35, 0.95))
            layer = layer * (wanted >= number)[:, None, None, None]
            image, alpha = over(image, alpha, layer)
            labels = torch.where(layer[:, 3] > 127, float(number), labels)
        return image, alpha, labels


def pasted(pictures: Pictures, index: Tensor, side: int, scale: Tensor, reach: float = 0.22) -> Tensor:
    """Cut-outs as layers of a frame, premultiplied RGBA 0-255: turned, mirrored, their long side `scale` `[B]` of the
    frame's, at most `reach` of it from its middle, and their edges softened, so that no paste artefact gives them away.
    """
    count = len(index)
    sizes = pictures.sizes[index]
    step = sizes.amax(1) / (side * scale)
    middle = side * (0.5 + uniform(2 * count, -reach, reach).reshape(count, 2))
    degrees = maybe(count, 0.5) * uniform(count, -25, 25)
    seen = view(2 * side, 2 * middle, sizes / 2, step[:, None].expand(-1, 2) / 2, degrees, maybe(count, 0.5))
    layer = F.avg_pool2d(sample(pictures, index, seen, premultiply=True), 2)
    return soften(soften(layer, torch.rand(count)), torch.rand(count) * 0.5)


def over(image: Tensor, alpha: Tensor, layer: Tensor) -> tuple[Tensor, Tensor]:
    """A layer of `pasted` laid over a picture, and the joint alpha."""
    cover = layer[:, 3:] / 255
    return image * (1 - cover) + layer[:, :3], torch.maximum(alpha, cover)
