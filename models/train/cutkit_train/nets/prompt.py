"""Prompts as tokens and as dense maps.

Tokens follow Kirillov et al. 2023, appendix A. The dense maps are ours: where the clicks and the box lie, and how much each
position looks like what was clicked. A network that learns from a few thousand pictures does not find these by itself.
"""
import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

BACKGROUND, SUBJECT, TOP_LEFT, BOTTOM_RIGHT, PAD = 0.0, 1.0, 2.0, 3.0, -1.0
"""Labels of the decoder's contract."""
HEADS, HEAD_WIDTH = 8, 8
"""Ways in which positions are compared with a click, and the dimensions of each."""
SPREADS = (0.8, 5.0)
"""Standard deviations, in cells, of the bells drawn at the clicks: the place itself, and its surroundings."""
MOST_LOGIT = 16.0
"""Of a mask fed back; beyond it, sure is sure."""
MAPS = 2 * len(SPREADS) + 3 + 3 * HEADS
"""Dense maps of a prompt: bells of clicks of each kind, three of the box, likeness to subject, background and box."""


def bells(at: Tensor, height: int, width: int, spread: float) -> Tensor:
    """A Gaussian of height 1 at each point: `at` `[P, N, 2]` in cells to `[P, N, height, width]`."""
    x = torch.arange(width, device=at.device, dtype=torch.float32) - at[..., :1]
    y = torch.arange(height, device=at.device, dtype=torch.float32) - at[..., 1:]
    fall = lambda distance: torch.exp(-(distance / spread) ** 2 / 2)
    return fall(y)[..., :, None] * fall(x)[..., None, :]


def of_box(at: Tensor, labels: Tensor, height: int, width: int) -> Tensor:
    """A box's inside (soft), nearness to its middle, and outside: `[P, 3, height, width]`; zeros where there is no box."""
    first, last = ((at * (labels == corner).unsqueeze(-1)).sum(1) for corner in (TOP_LEFT, BOTTOM_RIGHT))
    middle, half = (first + last) / 2, ((last - first) / 2).clamp(min=0.5)
    x = (torch.arange(width, device=at.device, dtype=torch.float32) - middle[:, :1]).abs()
    y = (torch.arange(height, device=at.device, dtype=torch.float32) - middle[:, 1:]).abs()
    soft = lambda distance, reach: torch.sigmoid(2 * (reach - distance))
    inside = soft(y, half[:, 1:])[:, :, None] * soft(x, half[:, :1])[:, None, :]
    near = 1 - torch.maximum((y / half[:, 1:])[:, :, None], (x / half[:, :1])[:, None, :]).clamp(max=1)
    has = (labels == TOP_LEFT).any(1).to(at.dtype).reshape(-1, 1, 1, 1)
    return has * torch.stack((inside, near, 1 - inside), 1)


class PromptEncoder(nn.Module):
    """`channels` of the embedding that are compared, `width` of a token, `dense` channels of the maps that come out."""

    def __init__(self, channels: int, width: int, dense: int) -> None:
        super().__init__()
        self.register_buffer("frequencies", torch.randn(2, width // 2))
        self.kinds = nn.Parameter(torch.randn(4, width) * 0.02)
        self.pad = nn.Parameter(torch.randn(width) * 0.02)
        self.seen = nn.Linear(channels, width)
        self.keys = nn.Conv2d(channels, HEADS * HEAD_WIDTH, 1)
        self.maps = nn.Conv2d(MAPS, dense, 1)
        self.no_mask = nn.Parameter(torch.randn(dense) * 0.02)
        self.mask = nn.Sequential(
            nn.Conv2d(1, 8, 2, 2), nn.ReLU(),
            nn.Conv2d(8, 16, 2, 2), nn.ReLU(),
            nn.Conv2d(16, dense, 1),
        )  # fmt: skip

    def encode(self, unit: Tensor) -> Tensor:
        """Random Fourier features (Tancik et al. 2020) of positions 0-1, `[..., 2]` as x and y, to `[..., width]`."""
        # Written out: a matrix product would round positions in mixed precision.
        x, y = (2 * unit - 1).split(1, -1)
        angles = 2 * math.pi * (x * self.frequencies[0] + y * self.frequencies[1])
        return torch.cat((angles.sin(), angles.cos()), -1)

    def forward(self, image: Tensor, coords: Tensor, labels: Tensor, side: int) -> tuple[Tensor, Tensor]:
        """Tokens `[P, N, width]` and dense maps `[P, dense, h, w]` of `coords` `[P, N, 2]` in frame pixels (0.5 is added,
        for a pixel's centre) and `labels` `[P, N]`. `image` is `[1 or B, channels, h, w]`, P a multiple of its first.
        """
        height, width = image.shape[2:]
        unit = (coords + 0.5) / side
        at = torch.stack((unit[..., 0] * width, unit[..., 1] * height), -1) - 0.5
        box = of_box(at, labels, height, width)
        bell = [bells(at, height, width, spread) for spread in SPREADS]
        look = torch.cat((bell[0], box[:, 1:2]), 1).flatten(2)
        look = look / look.sum(-1, keepdim=True).clamp(min=1e-6)
        subject, background = ((labels == kind)[:, :, None, None] for kind in (SUBJECT, BACKGROUND))
        drawn = [(kind * one).amax(1, keepdim=True) for one in bell for kind in (subject, background)]
        maps = torch.cat((*drawn, box, self.likeness(image, look, subject, background)), 1)
        return self.tokens(unit, labels, gather(image, look[:, :-1])), self.maps(maps)

    def tokens(self, unit: Tensor, labels: Tensor, seen: Tensor) -> Tensor:
        """A token is its place, its kind, and what the image shows there. A pad has none of these."""
        kind = labels.unsqueeze(-1)
        out = torch.where(kind < 0, self.pad, self.encode(unit) + self.seen(seen))
        for i in range(4):
            out = out + (kind == i) * self.kinds[i]
        return out

    def likeness(self, image: Tensor, look: Tensor, subject: Tensor, background: Tensor) -> Tensor:
        """How alike each position is to the most alike click of either kind, and to the middle of the box:
        `[P, 3 * HEADS, h, w]`, -1 to 1; -1 where there is no such click.
        """
        batch, (height, width) = image.shape[0], image.shape[2:]
        keys = F.normalize(self.keys(image).unflatten(1, (HEADS, HEAD_WIDTH)), dim=2).flatten(3)
        prompts, points = look.shape[:2]
        clicked = gather(keys.flatten(1, 2).unflatten(2, (height, width)), look).unflatten(2, (HEADS, HEAD_WIDTH))
        # All prompts of a picture in one product: [B, HEADS, prompts * points, HEAD_WIDTH] by [B, HEADS, HEAD_WIDTH, h * w].
        asked = clicked.unflatten(0, (batch, prompts // batch)).permute(0, 3, 1, 2, 4).flatten(2, 3)
        alike = (asked @ keys).unflatten(2, (prompts // batch, points)).transpose(1, 2).flatten(0, 1)
        alike = alike.unflatten(3, (height, width))
        best = lambda kind: torch.where(kind[:, None], alike[:, :, :-1], -1.0).amax(2)
        return torch.cat((best(subject), best(background), alike[:, :, -1]), 1)

    def masks(self, logits: Tensor, has_mask: Tensor) -> Tensor:
        """`[P, 1, 4h, 4w]` to `[P, dense, h, w]`; prompts without a mask get one learnt vector everywhere."""
        has = has_mask.reshape(-1, 1, 1, 1)
        return has * self.mask(logits.clamp(-MOST_LOGIT, MOST_LOGIT) / MOST_LOGIT) + (1 - has) * self.no_mask.reshape(1, -1, 1, 1)

    def grid(self, height: int, width: int) -> Tensor:
        """The positions of a map's cells, `[1, height * width, width of a token]`."""
        y = (torch.arange(height, device=self.pad.device, dtype=torch.float32) + 0.5) / height
        x = (torch.arange(width, device=self.pad.device, dtype=torch.float32) + 0.5) / width
        return self.encode(torch.stack((x.expand(height, width), y[:, None].expand(height, width)), -1)).flatten(0, 1)[None]


def gather(image: Tensor, look: Tensor) -> Tensor:
    """What each prompt's points see: `image` `[1 or B, C, h, w]`, `look` `[P, N, h * w]` weights, to `[P, N, C]`."""
    flat = image.flatten(2).transpose(1, 2)
    batch, prompts = flat.shape[0], look.shape[0]
    if batch == 1:
        return look @ flat
    return (look.unflatten(0, (batch, prompts // batch)).flatten(1, 2) @ flat).unflatten(1, (prompts // batch, -1)).flatten(0, 1)
