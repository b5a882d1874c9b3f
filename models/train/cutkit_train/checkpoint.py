"""Reading and writing weights."""
import re
from pathlib import Path

import torch
from torch import Tensor

from .nets.unet import UNet

FEATURES = (16, 32, 64, 128, 256)
"""Widths of the embedded model: one level deeper than the paper's network and four times thinner."""


def load(path: Path) -> UNet:
    """The embedded network with the weights at `path`: ours, or the baseline's with its shorter names. In eval mode."""
    weights = torch.load(path, map_location="cpu")
    weights = weights.get("ema", weights)
    net = UNet(features=FEATURES)
    net.load_state_dict({rename(key): widen(value) for key, value in weights.items()})
    return net.eval()


def widen(value: Tensor) -> Tensor:
    return value.float() if value.dtype.is_floating_point else value


def rename(key: str) -> str:
    """The baseline's `down.0…`, `up.0…` (upsamplers and blocks in turn), `out` to this workshop's names."""
    if match := re.match(r"up\.(\d+)\.(.*)", key):
        index, rest = int(match[1]), match[2]
        return f"{'expansive_path' if index % 2 else 'upsamplers'}.{index // 2}.{rest}"
    key = re.sub(r"^down\.", "contracting_path.", key)
    return re.sub(r"^out\.", "out_conv.", key)
