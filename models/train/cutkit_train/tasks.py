"""What is trained, one configuration a model: its network, its samples, its loss."""
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn

from . import clicks, losses
from .data.cell_samples import CellSamples
from .data.click_samples import ClickSamples
from .data.cutout_samples import CutoutSamples
from .nets.sam import SamTiny
from .nets.unet import UNet

CUTOUT_FEATURES = (16, 32, 64, 128, 256)
CELL_FEATURES = (16, 32, 64, 128)
PERMISSIVE = ("permissive", "stated")
"""Tags of the `clean` configuration."""


@dataclass
class Task:
    """One model's training. `loss(net, batch, progress)` takes the share of the training that is done, 0-1."""

    net: Callable[[], nn.Module]
    samples: Callable[[Path, int, Collection[str] | None], Callable]
    loss: Callable[[nn.Module, list[Tensor], float], Tensor]
    side: int
    batch: int
    rate: float
    iterations: int
    decay: float = 0.01


def cutout_loss(net: nn.Module, batch: list[Tensor], _progress: float) -> Tensor:
    image, alpha = batch
    return losses.matting(net(image.contiguous(memory_format=torch.channels_last)).float(), alpha)


def cell_loss(net: nn.Module, batch: list[Tensor], _progress: float) -> Tensor:
    image, target, weights = batch
    return losses.cells(net(image).float(), target, weights)


ROUNDS = 2
"""A first prompt and a correction."""


def click_loss(net: SamTiny, batch: list[Tensor], progress: float) -> Tensor:
    """Each thing is prompted, then corrected where the answer is wrong, with the answer fed back half of the time."""
    image, masks = batch
    embedding = net.image_encoder(image.contiguous(memory_format=torch.channels_last))
    target = masks.flatten(0, 1)
    coords, labels = clicks.first_prompts(target)
    logits = torch.zeros(len(target), 1, *target.shape[1:])
    has_mask = torch.zeros(len(target))
    total = torch.zeros(())
    for turn in range(ROUNDS):
        candidates, quality = net.decode(embedding, coords, labels, logits, has_mask)
        candidates, quality = candidates.float(), quality.float()
        loss, best = candidate_loss(candidates, quality, target, min(1.0, progress * 4))
        total = total + loss / ROUNDS
        if turn + 1 < ROUNDS:
            logits = candidates.detach()[torch.arange(len(target)), best][:, None].clamp(-16, 16)
            has_mask = (torch.rand(len(target)) < 0.6).float()
            points, kinds = clicks.corrections(target, (logits[:, 0] > 0).float())
            coords, labels = torch.cat((coords, points), 1), torch.cat((labels, kinds), 1)
    return total


def candidate_loss(candidates: Tensor, quality: Tensor, target: Tensor, settled: float) -> tuple[Tensor, Tensor]:
    """The single mask's loss, the best of the three others' (and a little of all, so that none dies), and the error of
    the predicted IoU. Also each prompt's best candidate by true IoU.
    """
    flat, goal = candidates.flatten(2), target.flatten(1)
    each = losses.mask(flat, goal, settled)
    found = (flat.detach() > 0).float()
    both = (found @ goal[..., None])[..., 0]
    iou = both / (found.sum(-1) + goal.sum(-1, keepdim=True) - both).clamp(min=1)
    error = (quality - iou).square().mean()
    loss = each[:, 0].mean() + each[:, 1:].min(1).values.mean() + 0.1 * each.mean() + error
    return loss, iou.argmax(1)


TASKS = {
    "unet-cutout": Task(lambda: UNet(features=CUTOUT_FEATURES), CutoutSamples, cutout_loss, 256, 12, 5e-4, 6000),
    "sam-tiny": Task(SamTiny, lambda data, side, tags: ClickSamples(data, side, 4, tags), click_loss, 256, 8, 8e-4, 9000),
    "unet-cells": Task(lambda: UNet(1, 2, CELL_FEATURES), CellSamples, cell_loss, 192, 12, 1e-3, 2500),
}
