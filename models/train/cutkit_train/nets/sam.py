"""The Segment Anything design (Kirillov et al. 2023) at small scale, written from the paper.

`P` prompts of one picture are decoded in one batch; all frames are square, side `S`, embedding `S / 8`, masks `S / 2`.
"""
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .prompt import PromptEncoder
from .two_way import TwoWayTransformer

STRIDE = 8
"""Pixels of the frame a position of the embedding stands for."""
MASKS = 4
"""One mask for an unambiguous prompt, then three candidates for an ambiguous one: whole, part, sub-part."""


def conv(a: int, b: int, stride: int = 1) -> nn.Sequential:
    return nn.Sequential(nn.Conv2d(a, b, 3, stride, 1, bias=False), nn.BatchNorm2d(b), nn.ReLU(inplace=True))


class Residual(nn.Module):
    """Two 3x3 convolutions around which the input passes."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.first = conv(width, width)
        self.second = nn.Sequential(nn.Conv2d(width, width, 3, padding=1, bias=False), nn.BatchNorm2d(width))

    def forward(self, x: Tensor) -> Tensor:
        return F.relu(x + self.second(self.first(x)))


class ImageEncoder(nn.Module):
    """A convolutional pyramid to stride 32, attention there so that every position has seen the whole picture, and a
    top-down path (Lin et al. 2017) back to stride 8. `[N, 3, S, S]` to `[N, channels, S / 8, S / 8]`.
    """

    def __init__(self, channels: int, widths: tuple[int, int, int, int] = (32, 80, 144, 224), depths: tuple[int, int, int, int] = (1, 2, 3, 1)) -> None:
        super().__init__()
        before = [24, *widths[:-1]]
        self.stem = conv(3, 24, 2)
        self.stages = nn.ModuleList(
            nn.Sequential(conv(a, b, 2), *(Residual(b) for _ in range(depth))) for a, b, depth in zip(before, widths, depths)
        )
        layer = nn.TransformerEncoderLayer(widths[-1], 4, 2 * widths[-1], 0.0, "gelu", batch_first=True, norm_first=True)
        self.context = nn.TransformerEncoder(layer, 2, enable_nested_tensor=False)
        self.laterals = nn.ModuleList(nn.Conv2d(width, channels, 1) for width in widths[1:])
        self.smooth = nn.Sequential(nn.Conv2d(channels, channels, 3, padding=1), nn.GroupNorm(1, channels))

    def forward(self, x: Tensor) -> Tensor:
        x = self.stem(x)
        levels = []
        for stage in self.stages:
            x = stage(x)
            levels.append(x)
        top = levels[-1]
        levels[-1] = self.context(top.flatten(2).transpose(1, 2)).transpose(1, 2).reshape(top.shape)
        eighth, sixteenth, thirty_second = (lateral(level) for lateral, level in zip(self.laterals, levels[1:]))
        merged = sixteenth + F.interpolate(thirty_second, scale_factor=2.0, mode="nearest")
        return self.smooth(eighth + F.interpolate(merged, scale_factor=2.0, mode="nearest"))


class Mlp(nn.Sequential):
    """Three linear layers."""

    def __init__(self, width: int, out: int) -> None:
        super().__init__(nn.Linear(width, width), nn.ReLU(), nn.Linear(width, width), nn.ReLU(), nn.Linear(width, out))


class MaskDecoder(nn.Module):
    """Tokens and embedding attend to each other; each mask token's MLP then weighs the upscaled embedding's channels."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.tokens = nn.Parameter(torch.randn(1 + MASKS, channels) * 0.02)
        self.transformer = TwoWayTransformer(channels, depth=2, heads=4, hidden=4 * channels)
        self.upscale = nn.Sequential(
            nn.ConvTranspose2d(channels, channels // 4, 2, 2),
            nn.GroupNorm(1, channels // 4),
            nn.ReLU(),
            nn.ConvTranspose2d(channels // 4, channels // 8, 2, 2),
            nn.ReLU(),
        )
        self.hyper = nn.ModuleList(Mlp(channels, channels // 8) for _ in range(MASKS))
        self.quality = Mlp(channels, MASKS)

    def forward(self, image: Tensor, position: Tensor, sparse: Tensor) -> tuple[Tensor, Tensor]:
        """`image` `[P, C, h, w]` with the dense prompt added, `position` `[1, C, h, w]`, `sparse` `[P, N, C]` to logits
        `[P, 4, 4h, 4w]` and predicted IoU `[P, 4]`.
        """
        prompts, channels, height, width = image.shape
        tokens = torch.cat((self.tokens.expand(prompts, -1, -1), sparse), 1)
        flat = lambda x: x.flatten(2).transpose(1, 2)
        tokens, seen = self.transformer(tokens, flat(image), flat(position))
        upscaled = self.upscale(seen.transpose(1, 2).reshape(prompts, channels, height, width))
        weights = torch.stack([mlp(tokens[:, 1 + i]) for i, mlp in enumerate(self.hyper)], 1)
        masks = (weights @ upscaled.flatten(2)).reshape(prompts, MASKS, 4 * height, 4 * width)
        return masks, self.quality(tokens[:, 0]).sigmoid()


class SamTiny(nn.Module):
    """Encoder, prompt encoder and mask decoder."""

    def __init__(self, channels: int = 128) -> None:
        super().__init__()
        self.image_encoder = ImageEncoder(channels)
        self.prompt_encoder = PromptEncoder(channels)
        self.mask_decoder = MaskDecoder(channels)

    def decode(self, embeddings: Tensor, coords: Tensor, labels: Tensor, mask: Tensor, has_mask: Tensor) -> tuple[Tensor, Tensor]:
        """`embeddings` `[1 or P, C, h, w]`, `coords` `[P, N, 2]` in frame pixels, `labels` `[P, N]` (-1 pad, 0 background,
        1 subject, 2 and 3 a box's corners), `mask` `[P, 1, 4h, 4w]` logits, `has_mask` `[P]` 0 or 1.
        """
        sparse = self.prompt_encoder.points(coords, labels, int(embeddings.shape[2]) * STRIDE)
        dense = self.prompt_encoder.masks(mask, has_mask)
        position = self.prompt_encoder.grid(int(embeddings.shape[2]), int(embeddings.shape[3]))
        return self.mask_decoder(embeddings + dense, position, sparse)
