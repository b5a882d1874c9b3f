"""Losses, each a mean over the batch unless said otherwise."""
import torch
import torch.nn.functional as F
from torch import Tensor


def soft_iou(probability: Tensor, target: Tensor) -> Tensor:
    """1 - intersection over union of soft masks, per item over all but the first dimension."""
    dims = tuple(range(1, probability.ndim))
    both = (probability * target).sum(dims)
    either = (probability + target - probability * target).sum(dims)
    return 1 - (both + 1) / (either + 1)


def matting(logits: Tensor, alpha: Tensor) -> Tensor:
    """Cross-entropy for every pixel, soft IoU for the region, L1 for the exact alpha."""
    probability = logits.sigmoid()
    entropy = F.binary_cross_entropy_with_logits(logits, alpha)
    return entropy + soft_iou(probability, alpha).mean() + (probability - alpha).abs().mean()


def dice(probability: Tensor, target: Tensor) -> Tensor:
    """1 - Dice, over the last dimension."""
    return 1 - (2 * (probability * target).sum(-1) + 1) / (probability.sum(-1) + target.sum(-1) + 1)


def balanced_entropy(logits: Tensor, target: Tensor) -> Tensor:
    """Cross-entropy, half of it from the object's pixels and half from the others', over the last dimension."""
    entropy = F.binary_cross_entropy_with_logits(logits, target, reduction="none")
    inside = (entropy * target).sum(-1) / target.sum(-1).clamp(min=1)
    outside = (entropy * (1 - target)).sum(-1) / (1 - target).sum(-1).clamp(min=1)
    return 0.5 * (inside + outside)


def focal(logits: Tensor, target: Tensor, gamma: float = 2.0) -> Tensor:
    """Lin et al. 2017, without class weights, over the last dimension."""
    entropy = F.binary_cross_entropy_with_logits(logits, target, reduction="none")
    return (entropy * (1 - torch.exp(-entropy)) ** gamma).mean(-1)


def mask(logits: Tensor, target: Tensor, settled: float) -> Tensor:
    """A candidate's loss, `[P, M]` from logits and targets `[P, M, pixels]`.

    `settled` goes from 0 to 1: balanced cross-entropy while masks are still being born (focal loss alone lets them die
    empty), the paper's 20 focal + dice after that.
    """
    probability = logits.sigmoid()
    young = balanced_entropy(logits, target)
    return dice(probability, target) + (1 - settled) * young + settled * (20 * focal(logits, target) + 0.2 * young)


def cells(logits: Tensor, target: Tensor, weights: Tensor) -> Tensor:
    """Border-weighted cross-entropy (Ronneberger et al. 2015, equation 1) of `[N, 2, H, W]` and soft IoU of each map."""
    entropy = F.binary_cross_entropy_with_logits(logits, target, reduction="none") * weights[:, None]
    return entropy.mean() + soft_iou(logits.sigmoid().flatten(0, 1), target.flatten(0, 1)).mean()
