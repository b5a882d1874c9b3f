"""What is trained, one configuration a model: its network, its samples, its loss."""
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn

from . import clicks, losses
from .data.cell_samples import CellSamples
from .data.click_samples import ClickSamples
from .data.cutout_samples import CutoutSamples
from .data.store import Library
from .data.stream import Stream, batches
from .nets.sam import SamTiny
from .nets.unet import UNet

CUTOUT_FEATURES = (16, 32, 64, 128, 256)
CELL_FEATURES = (16, 32, 64, 128)
PERMISSIVE = ("permissive", "stated")
"""Tags of the `clean` configuration."""
Tags = Collection[str] | None


@dataclass
class Task:
    """One model's training.

    `batches(task, data, tags, seed, first)` is an endless iterator of batches from the `first` on. `loss(net, batch,
    progress)` takes the share of the training that is done, 0-1.
    """

    net: Callable[[], nn.Module]
    batches: Callable[["Task", Path, Tags, int, int], Iterator[list[Tensor]]]
    loss: Callable[[nn.Module, list[Tensor], float], Tensor]
    side: int
    batch: int
    rate: float
    iterations: int
    decay: float = 0.01


def cutout_batches(task: Task, data: Path, tags: Tags, _seed: int, _first: int) -> Iterator[list[Tensor]]:
    samples = CutoutSamples(Library(data, tags))
    while True:
        yield samples(task.batch, task.side)


def cutout_loss(net: nn.Module, batch: list[Tensor], _progress: float) -> Tensor:
    image, alpha = batch
    return losses.matting(net(image.contiguous(memory_format=torch.channels_last)).float(), alpha)


def cell_batches(task: Task, data: Path, tags: Tags, seed: int, first: int) -> Iterator[list[Tensor]]:
    return batches(Stream(lambda: CellSamples(data, task.side, tags), seed), task.batch, first * task.batch)


def cell_loss(net: nn.Module, batch: list[Tensor], _progress: float) -> Tensor:
    image, target, weights = batch
    return losses.cells(net(image).float(), target, weights)


THINGS = 3
"""Prompted in each picture."""
ROUNDS = 3
"""A first prompt and two corrections."""
CLICKED = 0.55
"""Share of a batch whose pictures are prompted; the others are cut out."""


SETTLED = 0.85
"""Share of the training after which the decoder's BatchNorms stand still: its rounds differ, and in use share one norm."""


def photo_batches(task: Task, data: Path, tags: Tags, _seed: int, _first: int) -> Iterator[list[Tensor]]:
    """Pictures to prompt, with masks of things, and pictures to cut out, with alpha; all at half the task's side, which is
    what the trunk sees.
    """
    library = Library(data, tags)
    prompted, cut = ClickSamples(library, THINGS), CutoutSamples(library)
    frames = round(CLICKED * task.batch)
    while True:
        yield [*prompted(frames, task.side // 2), *cut(task.batch - frames, task.side // 2)]


def photo_loss(net: SamTiny, batch: list[Tensor], progress: float) -> Tensor:
    """Both photo models at once: the trunk of the promptable network is the cut-out network."""
    frames, masks, pictures, alpha = batch
    encoder = net.image_encoder
    net.mask_decoder.train(progress < SETTLED)
    together = torch.cat((frames, pictures)).contiguous(memory_format=torch.channels_last)
    maps = encoder.trunk.expanded(together)
    embedding = encoder.embed([part[: len(frames)] for part in maps])
    cut = encoder.trunk.out_conv(maps[-1][len(frames) :])
    return click_loss(net, embedding, masks.flatten(0, 1), progress) + losses.matting(cut.float(), alpha)


def click_loss(net: SamTiny, embedding: Tensor, target: Tensor, progress: float) -> Tensor:
    """Each thing of `target` `[P, h, w]` is prompted, then corrected where the answer is wrong, with the answer fed back
    most of the time: the single mask, as in use, or the best.
    """
    coords, labels = clicks.first_prompts(target)
    count = len(target)
    logits, has_mask = torch.zeros(count, 1, *target.shape[1:]), torch.zeros(count)
    total = torch.zeros(())
    for turn in range(ROUNDS):
        candidates, quality = net.decode(embedding, coords, labels, logits, has_mask)
        with torch.autocast(target.device.type, enabled=False):
            loss, best = candidate_loss(candidates.float(), quality.float(), target, min(1.0, progress * 4))
        total = total + loss / ROUNDS
        if turn + 1 < ROUNDS:
            chosen = torch.where(torch.rand(count) < 0.7, 0, best)
            logits = candidates.detach().float()[torch.arange(count), chosen][:, None]
            has_mask = (torch.rand(count) < 0.7).float()
            points, kinds = clicks.corrections(target, (logits[:, 0] > 0).float())
            coords, labels = torch.cat((coords, points), 1), torch.cat((labels, kinds), 1)
    return total


def candidate_loss(candidates: Tensor, quality: Tensor, target: Tensor, settled: float) -> tuple[Tensor, Tensor]:
    """The single mask's loss, the best of the three others' (and a little of all, so that none dies), and the error of
    the predicted IoU. Also each prompt's best candidate by true IoU. Where there is nothing to find, nothing is learnt.
    """
    flat, goal = candidates.flatten(2), target.flatten(1)
    each = losses.mask(flat, goal, settled)
    found = (flat.detach() > 0).float()
    both = (found @ goal[..., None])[..., 0]
    iou = both / (found.sum(-1) + goal.sum(-1, keepdim=True) - both).clamp(min=1)
    error = (quality - iou).square().mean(1)
    loss = each[:, 0] + each[:, 1:].min(1).values + 0.1 * each.mean(1) + error
    there = goal.amax(1)
    return (loss * there).sum() / there.sum().clamp(min=1), iou.argmax(1)


TASKS = {
    "unet-cutout": Task(lambda: UNet(features=CUTOUT_FEATURES), cutout_batches, cutout_loss, 256, 12, 5e-4, 6000),
    "sam-tiny": Task(SamTiny, photo_batches, photo_loss, 512, 16, 8e-4, 9000),
    "unet-cells": Task(lambda: UNet(1, 2, CELL_FEATURES), cell_batches, cell_loss, 192, 12, 1e-3, 2500),
}
"""`sam-tiny` trains the cut-out network along, as its trunk."""
