"""Simulated users for training: clicks and boxes made from masks, on tensors, many at once.

Masks are `[P, h, w]` 0-1 at half the frame's resolution; coordinates are in frame pixels.
"""
import torch
import torch.nn.functional as F
from torch import Tensor

from .nets.prompt import BACKGROUND, BOTTOM_RIGHT, PAD, SUBJECT, TOP_LEFT

MOST_CORRECTIONS = 3


def pick(region: Tensor, central: Tensor) -> Tensor:
    """A pixel of each region, `[P, 2]`: near the middle of its thickest part where `central`, else any at random."""
    noise = torch.rand_like(region)
    coarse = F.avg_pool2d(region[:, None], 4)
    thickness = coarse + sum(F.avg_pool2d(coarse, size, 1, size // 2) for size in (3, 7))
    thickness = F.interpolate(thickness, size=region.shape[1:], mode="bilinear")[:, 0]
    score = torch.where(central[:, None, None], thickness + 0.05 * noise, noise)
    index = (score * region).flatten(1).argmax(1)
    width = region.shape[2]
    return torch.stack((index % width, index // width), 1) * 2 + 0.5


def boxes(target: Tensor, jitter: float) -> Tensor:
    """Corners `[P, 2, 2]` around each mask, each side moved by a normal error of `jitter` of the box's size."""
    def span(along: Tensor) -> Tensor:
        length = along.shape[1]
        first = (along > 0.5).int().argmax(1)
        last = length - 1 - (along > 0.5).int().flip(1).argmax(1)
        return torch.stack((first * 2, last * 2 + 1), 1).float()

    x, y = span(target.amax(1)), span(target.amax(2))
    x = x + torch.randn_like(x) * jitter * (x[:, 1:] - x[:, :1])
    y = y + torch.randn_like(y) * jitter * (y[:, 1:] - y[:, :1])
    return torch.stack((x, y), 2)


def first_prompts(target: Tensor) -> tuple[Tensor, Tensor]:
    """A click and a pad, or a box: `[P, 2, 2]` and labels `[P, 2]`; two thirds are clicks."""
    count = len(target)
    click = pick(target, torch.rand(count) < 0.75)
    as_click = torch.stack((click, torch.zeros_like(click)), 1)
    is_box = torch.rand(count) < 0.33
    coords = torch.where(is_box[:, None, None], boxes(target, 0.06), as_click)
    labels = torch.stack((torch.where(is_box, TOP_LEFT, SUBJECT), torch.where(is_box, BOTTOM_RIGHT, PAD)), 1)
    return coords, labels


def corrections(target: Tensor, found: Tensor) -> tuple[Tensor, Tensor]:
    """One to MOST_CORRECTIONS clicks where `found` (0-1) is wrong, the rest pads: `[P, 3, 2]` and labels `[P, 3]`. The
    first falls into the larger kind of error; on a mask without error, inside the thing.
    """
    missed, extra = target * (1 - found), found * (1 - target)
    more_missed = missed.sum((1, 2)) >= extra.sum((1, 2))
    wanted = 1 + torch.randint(MOST_CORRECTIONS, (len(target),))
    points, labels = [], []
    for turn in range(MOST_CORRECTIONS):
        of_subject = more_missed if turn == 0 else torch.rand(len(target)) < 0.5
        error = torch.where(of_subject[:, None, None], missed, extra)
        none = error.sum((1, 2)) == 0
        error = torch.where((none & of_subject)[:, None, None], target, error)
        points.append(pick(error, torch.rand(len(target)) < 0.7 / (turn + 1)))
        kind = torch.where(of_subject, SUBJECT, BACKGROUND)
        labels.append(torch.where((turn < wanted) & ~(none & ~of_subject), kind, PAD))
    return torch.stack(points, 1), torch.stack(labels, 1)
