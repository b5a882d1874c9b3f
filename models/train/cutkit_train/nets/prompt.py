"""Prompts as tokens and as a dense map (Kirillov et al. 2023, appendix A)."""
import math

import torch
from torch import Tensor, nn


class PromptEncoder(nn.Module):
    """Positions by random Fourier features (Tancik et al. 2020) plus a learnt vector per kind of point."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.register_buffer("frequencies", torch.randn(2, channels // 2))
        self.kinds = nn.Parameter(torch.randn(4, channels) * 0.02)
        self.pad = nn.Parameter(torch.randn(channels) * 0.02)
        self.no_mask = nn.Parameter(torch.randn(channels) * 0.02)
        self.mask = nn.Sequential(
            nn.Conv2d(1, 4, 2, 2), nn.GroupNorm(1, 4), nn.ReLU(),
            nn.Conv2d(4, 16, 2, 2), nn.GroupNorm(1, 16), nn.ReLU(),
            nn.Conv2d(16, channels, 1),
        )  # fmt: skip

    def encode(self, unit: Tensor) -> Tensor:
        """Positions 0-1, `[..., 2]` as x and y, to `[..., C]`."""
        angles = 2 * math.pi * ((2 * unit - 1) @ self.frequencies)
        return torch.cat((angles.sin(), angles.cos()), -1)

    def points(self, coords: Tensor, labels: Tensor, side: int) -> Tensor:
        """`coords` in frame pixels; 0.5 is added, for a pixel's centre. A pad (label -1) has no position."""
        at = self.encode((coords + 0.5) / side)
        kind = labels.unsqueeze(-1)
        out = torch.where(kind < 0, self.pad.expand_as(at), at)
        for i in range(4):
            out = out + (kind == i) * self.kinds[i]
        return out

    def masks(self, logits: Tensor, has_mask: Tensor) -> Tensor:
        """`[P, 1, 4h, 4w]` to `[P, C, h, w]`; prompts without a mask get one learnt vector everywhere."""
        has = has_mask.reshape(-1, 1, 1, 1)
        return has * self.mask(logits) + (1 - has) * self.no_mask.reshape(1, -1, 1, 1)

    def grid(self, height: int, width: int) -> Tensor:
        """The positions of the embedding's cells, `[1, C, height, width]`."""
        y = (torch.arange(height, device=self.pad.device, dtype=torch.float32) + 0.5) / height
        x = (torch.arange(width, device=self.pad.device, dtype=torch.float32) + 0.5) / width
        unit = torch.stack((x.expand(height, width), y[:, None].expand(height, width)), -1)
        return self.encode(unit).permute(2, 0, 1).unsqueeze(0)
