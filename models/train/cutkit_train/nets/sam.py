"""The promptable network: Segment Anything's division of labour (Kirillov et al. 2023) at small scale.

One heavy look at the picture, then a light decoder for each prompt. `P` prompts are decoded in one batch; frames are square,
side `S`, the embedding `S / 8`, masks `S / 2`.
"""
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .mask_decoder import MaskDecoder
from .prompt import PromptEncoder
from .unet import UNet

STRIDE = 8
"""Pixels of the frame a position of the embedding stands for."""
TRUNK_FEATURES = (16, 32, 64, 128, 256)
"""Of the cut-out network, whose weights the trunk starts from."""
MEANING, FINE, FINEST = 64, 8, 4
"""Channels of the embedding: what is there, at stride 8; edges at stride 4 and at stride 2."""


class ImageEncoder(nn.Module):
    """The cut-out UNET on the frame at half its size. `[N, 3, S, S]` to `[N, 192, S / 8, S / 8]`.

    The embedding's first 64 channels say what is there; then come 8 channels at twice, and 4 (with the trunk's own
    opinion of the subject) at four times the resolution, each folded into channels (`pixel_unshuffle`).
    """

    def __init__(self) -> None:
        super().__init__()
        self.trunk = UNet(features=TRUNK_FEATURES)
        coarse, middle, near = (2 * TRUNK_FEATURES[-1], TRUNK_FEATURES[-1], TRUNK_FEATURES[-2])
        self.coarse, self.middle = nn.Conv2d(coarse, 2 * MEANING, 1), nn.Conv2d(middle, 2 * MEANING, 1)
        self.near = nn.Conv2d(near, 2 * MEANING, 1)
        self.meaning = nn.Conv2d(2 * MEANING + TRUNK_FEATURES[2] + 1, MEANING, 1)
        self.fine = nn.Conv2d(TRUNK_FEATURES[1], FINE, 1)
        self.finest = nn.Conv2d(TRUNK_FEATURES[0] + 1, FINEST, 1)

    def forward(self, x: Tensor) -> Tensor:
        return self.embed(self.trunk.expanded(F.avg_pool2d(x, 2)))

    def embed(self, maps: list[Tensor]) -> Tensor:
        """The trunk's maps as an embedding."""
        bottom, sixteenth, eighth, quarter, half, whole = maps
        subject = self.trunk.out_conv(whole)
        up = lambda low: F.interpolate(low, scale_factor=2.0, mode="bilinear")
        context = up(F.relu(self.near(eighth) + up(self.middle(sixteenth) + up(self.coarse(bottom)))))
        meaning = self.meaning(torch.cat((context, quarter, F.avg_pool2d(subject, 4) / 4), 1))
        fine = F.pixel_unshuffle(self.fine(half), 2)
        finest = F.pixel_unshuffle(self.finest(torch.cat((whole, subject / 4), 1)), 4)
        return torch.cat((meaning, fine, finest), 1)


class SamTiny(nn.Module):
    """Encoder, prompt encoder and mask decoder."""

    def __init__(self) -> None:
        super().__init__()
        self.image_encoder = ImageEncoder()
        self.mask_decoder = MaskDecoder(MEANING, FINE, FINEST)
        self.prompt_encoder = PromptEncoder(MEANING, self.mask_decoder.width, self.mask_decoder.dense)

    def decode(self, embeddings: Tensor, coords: Tensor, labels: Tensor, mask: Tensor, has_mask: Tensor) -> tuple[Tensor, Tensor]:
        """`embeddings` `[1 or B, C, h, w]` (P a multiple of B, picture by picture), `coords` `[P, N, 2]` in frame pixels,
        `labels` `[P, N]` (-1 pad, 0 background, 1 subject, 2 and 3 a box's corners), `mask` `[P, 1, 4h, 4w]` logits,
        `has_mask` `[P]` 0 or 1. Gives logits `[P, 4, 4h, 4w]` and predicted IoU `[P, 4]`.
        """
        side = int(embeddings.shape[2]) * STRIDE
        sparse, maps = self.prompt_encoder(embeddings[:, :MEANING], coords, labels, side)
        dense = maps + self.prompt_encoder.masks(mask, has_mask)
        quarter = side // STRIDE // 4
        return self.mask_decoder(embeddings, dense, sparse, self.prompt_encoder.grid(quarter, quarter))
