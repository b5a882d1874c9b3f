"""Photometric augmentation: as cameras and screens differ."""
import torch
from torch import Tensor

from .view import maybe, soften, uniform

MEAN, STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
"""Of ImageNet, per channel, for colours 0-1."""


def relit(image: Tensor) -> Tensor:
    """Brightness, contrast, tint, grey, blur and grain; `[B, 3, S, S]`, 0-255 in and out."""
    count = len(image)
    column = lambda values: values.reshape(count, -1, 1, 1)
    image = image * column(uniform(count, 0.7, 1.3)) + column(uniform(count, -25, 25))
    tint = torch.where(maybe(count, 0.3)[:, None], 0.85 + 0.3 * torch.rand(count, 3), 1.0)
    image = image * column(tint)
    image = torch.where(column(maybe(count, 0.08)), image.mean(1, keepdim=True), image)
    blurred = maybe(count, 0.2) * torch.rand(count)
    image = soften(soften(image, blurred), blurred)
    grain = maybe(count, 0.2) * uniform(count, 0, 10)
    return (image + torch.randn_like(image) * column(grain)).clamp(0, 255)


def normalised(image: Tensor) -> Tensor:
    """0-255 to the network's input."""
    channels = [(image[:, i : i + 1] / 255 - MEAN[i]) / STD[i] for i in range(3)]
    return torch.cat(channels, 1)
