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


def mask(logits: Tensor, target: Tensor, settled: float | Tensor) -> Tensor:
    """A candidate's loss, `[P, M]` from logits `[P, M, pixels]` and the binary target `[P, pixels]` they share.

    `settled` goes from 0 to 1: balanced cross-entropy (half of it from the object's pixels, half from the others') while
    masks are still being born, as focal loss alone lets them die empty; after that the paper's 20 focal + dice (Lin et al.
    2017 with gamma 2 and no class weights). All of them come from `q`, the probability given to what is true.
    """
    signed = logits * (2 * target - 1)[:, None]
    q, entropy = torch.sigmoid(signed), F.softplus(-signed)
    within = lambda values: (values @ target[..., None])[..., 0]
    size, pixels = target.sum(-1)[:, None], target.shape[-1]
    inside, found = within(entropy), within(q)
    outside = entropy.sum(-1) - inside
    balanced = 0.5 * (inside / size.clamp(min=1) + outside / (pixels - size).clamp(min=1))
    all_found = found + (pixels - size) - (q.sum(-1) - found)
    dice = 1 - (2 * found + 1) / (all_found + size + 1)
    focal = ((1 - q).square() * entropy).mean(-1)
    return dice + (1 - settled) * balanced + settled * (20 * focal + 0.2 * balanced)


def cells(logits: Tensor, target: Tensor, weights: Tensor) -> Tensor:
    """Border-weighted cross-entropy (Ronneberger et al. 2015, equation 1) of `[N, 2, H, W]` and soft IoU of each map."""
    entropy = F.binary_cross_entropy_with_logits(logits, target, reduction="none") * weights[:, None]
    return entropy.mean() + soft_iou(logits.sigmoid().flatten(0, 1), target.flatten(0, 1)).mean()
