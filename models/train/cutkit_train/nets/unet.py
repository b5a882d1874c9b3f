"""The UNET of Ronneberger et al. (2015), as widely rebuilt in PyTorch: padded convolutions, BatchNorm, any size."""
from collections.abc import Sequence

import torch
import torch.nn.functional as F
from torch import Tensor, nn


CUTOUT_FEATURES = (16, 32, 64, 128, 256)
"""Of the cut-out network, which is the promptable network's trunk too."""


class PairConv(nn.Sequential):
    """Twice 3x3 convolution (no bias: the BatchNorm has one), BatchNorm, ReLU. Keeps height and width."""

    def __init__(self, in_channels: int, out_channels: int) -> None:
        super().__init__(
            nn.Conv2d(in_channels, out_channels, 3, padding=1, bias=False),
            nn.BatchNorm2d(out_channels),
            nn.ReLU(inplace=True),
            nn.Conv2d(out_channels, out_channels, 3, padding=1, bias=False),
            nn.BatchNorm2d(out_channels),
            nn.ReLU(inplace=True),
        )


class UNet(nn.Module):
    """Encoder, bottom, decoder with skip connections; one logit a pixel and output channel.

    Input `[N, in_channels, H, W]`, output `[N, out_channels, H, W]` for any H and W of at least `2 ** len(features)`:
    where pooling dropped an odd row or column, the decoder's map is resized to the skip's before they are joined.
    """

    def __init__(
        self,
        in_channels: int = 3,
        out_channels: int = 1,
        features: Sequence[int] = (64, 128, 256, 512),
    ) -> None:
        super().__init__()
        widths = [in_channels, *features]
        self.contracting_path = nn.ModuleList(PairConv(a, b) for a, b in zip(widths, features))
        self.bottom = PairConv(features[-1], features[-1] * 2)
        self.upsamplers = nn.ModuleList(nn.ConvTranspose2d(2 * c, c, 2, stride=2) for c in reversed(features))
        self.expansive_path = nn.ModuleList(PairConv(2 * c, c) for c in reversed(features))
        self.out_conv = nn.Conv2d(features[0], out_channels, 1)

    def forward(self, x: Tensor) -> Tensor:
        return self.out_conv(self.expanded(x)[-1])

    def expanded(self, x: Tensor) -> list[Tensor]:
        """The maps of the bottom and of the expansive path, coarse to fine: strides `2 ** len(features)` to 1."""
        skips = []
        for block in self.contracting_path:
            x = block(x)
            skips.append(x)
            x = F.max_pool2d(x, 2)
        x = self.bottom(x)
        maps = [x]
        for upsample, block, skip in zip(self.upsamplers, self.expansive_path, reversed(skips)):
            x = upsample(x)
            if torch.jit.is_tracing() or x.shape[2:] != skip.shape[2:]:
                x = F.interpolate(x, size=skip.shape[2:], mode="bilinear", align_corners=False)
            x = block(torch.cat((skip, x), dim=1))
            maps.append(x)
        return maps


def check() -> None:
    """The network's own check: 1x1x180x180 in and out."""
    size = (1, 1, 180, 180)
    assert UNet(in_channels=1)(torch.zeros(size)).shape == size


if __name__ == "__main__":
    check()
    print("1x1x180x180 in, 1x1x180x180 out")
