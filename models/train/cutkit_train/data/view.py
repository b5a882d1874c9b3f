"""Views of stored pictures: which place of the picture each pixel of a frame shows, and what is there.

All of it is for a batch at a time, on whichever device, drawn from torch's own generator. Views are made at twice the size
that is wanted, and pooled: nothing is aliased.
"""
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from .store import Pictures


def uniform(count: int, low: float, high: float) -> Tensor:
    return low + (high - low) * torch.rand(count)


def maybe(count: int, chance: float) -> Tensor:
    """Booleans, true with a chance."""
    return torch.rand(count) < chance


@dataclass
class View:
    """Where frame pixels lie in their picture, in picture pixels: `x` and `y` `[B, S, S]`."""

    x: Tensor
    y: Tensor

    def half(self) -> "View":
        """The view of every second pixel's corner: the same frame at half the resolution."""
        return View(*(F.avg_pool2d(part[:, None], 2)[:, 0] for part in (self.x, self.y)))


def view(side: int, middle: Tensor, centre: Tensor, step: Tensor, degrees: Tensor, mirrored: Tensor) -> View:
    """Frames of `side` pixels whose point `middle` `[B, 2]` shows the picture's `centre` `[B, 2]`; a frame pixel is `step`
    `[B, 2]` picture pixels wide and high. Turned by `degrees` `[B]` and mirrored about that point.
    """
    at = torch.arange(side, dtype=torch.float32) + 0.5
    x = (at[None, None, :] - middle[:, 0, None, None]) * step[:, 0, None, None]
    y = (at[None, :, None] - middle[:, 1, None, None]) * step[:, 1, None, None]
    x = torch.where(mirrored[:, None, None], -x, x)
    angle = torch.deg2rad(degrees)[:, None, None]
    sine, cosine = angle.sin(), angle.cos()
    return View(cosine * x - sine * y + centre[:, 0, None, None], sine * x + cosine * y + centre[:, 1, None, None])


def bend(seen: View, amount: Tensor) -> View:
    """An elastic field on a 5x5 grid, `amount` `[B]` its standard deviation in picture pixels."""
    count, side = seen.x.shape[:2]
    coarse = torch.randn(count, 2, 5, 5) * amount[:, None, None, None]
    field = F.interpolate(coarse, size=(side, side), mode="bicubic", align_corners=True)
    return View(seen.x + field[:, 0], seen.y + field[:, 1])


def reflected(seen: View, sizes: Tensor) -> View:
    """Places beyond a picture's border mirrored back into it."""
    def fold(place: Tensor, length: Tensor) -> Tensor:
        length = length[:, None, None]
        folded = length - ((place.abs() % (2 * length)) - length).abs()
        return torch.minimum(folded.clamp(min=0.5), length - 0.5)

    return View(fold(seen.x, sizes[:, 0]), fold(seen.y, sizes[:, 1]))


def sample(pictures: Pictures, index: Tensor, seen: View, mode: str = "bilinear", premultiply: bool = False) -> Tensor:
    """What the view shows, 0-255, `[B, C, S, S]`; nothing (0) beyond a picture. `premultiply` is for RGBA whose colours
    mean nothing where they are clear.
    """
    pixels = pictures.pixels[index].float()
    if premultiply:
        pixels = torch.cat((pixels[:, :3] * (pixels[:, 3:] / 255), pixels[:, 3:]), 1)
    edge = pictures.pixels.shape[-1]
    grid = torch.stack((seen.x, seen.y), -1) * (2 / edge) - 1
    return F.grid_sample(pixels, grid, mode=mode, align_corners=False)


def soften(layers: Tensor, amount: Tensor) -> Tensor:
    """A small blur: `amount` `[B]` 0 to 1 leads from the picture to its mean over 3x3 pixels."""
    return torch.lerp(layers, F.avg_pool2d(layers, 3, 1, 1, count_include_pad=False), amount[:, None, None, None])
