"""The decoder that runs once a prompt."""
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .two_way import TwoWayTransformer

MASKS = 4
"""One mask for an unambiguous prompt, then three candidates for an ambiguous one: whole, part, sub-part."""


def block(a: int, b: int, stride: int = 1) -> nn.Sequential:
    return nn.Sequential(nn.Conv2d(a, b, 3, stride, 1, bias=False), nn.BatchNorm2d(b), nn.ReLU(inplace=True))


class Residual(nn.Module):
    """Two 3x3 convolutions around which the input passes."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.body = nn.Sequential(block(width, width), nn.Conv2d(width, width, 3, padding=1, bias=False), nn.BatchNorm2d(width))

    def forward(self, x: Tensor) -> Tensor:
        return F.relu(x + self.body(x))


class Mlp(nn.Sequential):
    """Three linear layers."""

    def __init__(self, width: int, out: int) -> None:
        super().__init__(nn.Linear(width, width), nn.ReLU(), nn.Linear(width, width), nn.ReLU(), nn.Linear(width, out))


class MaskDecoder(nn.Module):
    """A small UNET over the embedding and the prompt's dense maps. At its bottom, a quarter of the embedding's size, tokens
    and map attend to each other, as in Segment Anything; each mask token's MLP then weighs the channels of the finest map.
    Its BatchNorms fold into the convolutions of the exported file.
    """

    dense, middle, width, finest = 48, 72, 128, 8

    def __init__(self, meaning: int, fine: int, finest: int) -> None:
        super().__init__()
        self.shapes = (meaning, fine, finest)
        self.image = nn.Conv2d(meaning, self.dense, 1)
        self.down = nn.Sequential(block(self.dense, self.middle, 2), Residual(self.middle))
        self.bottom = nn.Sequential(block(self.middle, self.width, 2), block(self.width, self.width))
        self.tokens = nn.Parameter(torch.randn(1 + MASKS, self.width) * 0.02)
        self.transformer = TwoWayTransformer(self.width, depth=2, heads=4, hidden=4 * self.width)
        self.rise = nn.ConvTranspose2d(self.width, self.middle, 2, 2)
        self.joined = block(self.middle, self.middle)
        self.rise_again = nn.ConvTranspose2d(self.middle, self.dense, 2, 2)
        self.joined_again = block(self.dense, 32)
        self.to_fine, self.fine = nn.ConvTranspose2d(32, 16, 2, 2), nn.Conv2d(fine, 16, 1)
        self.at_fine = block(16, 16)
        self.to_finest, self.at_finest = nn.ConvTranspose2d(16, self.finest, 2, 2), nn.Conv2d(finest, self.finest, 1)
        self.last = nn.Conv2d(self.finest, self.finest, 3, padding=1)
        self.hyper = nn.ModuleList(Mlp(self.width, self.finest) for _ in range(MASKS))
        self.quality = Mlp(self.width, MASKS)

    def forward(self, embeddings: Tensor, dense: Tensor, sparse: Tensor, position: Tensor) -> tuple[Tensor, Tensor]:
        """`embeddings` `[1 or B, C, h, w]`, `dense` `[P, dense, h, w]`, `sparse` `[P, N, width]` and `position`
        `[1, h / 4 * w / 4, width]` to logits `[P, 4, 4h, 4w]` and predicted IoU `[P, 4]`.
        """
        meaning, fine, finest = self.unfold(embeddings)
        prompts = dense.shape[0]
        # What depends on the picture alone is computed once a picture, then shared by its prompts.
        each = lambda x: x.repeat_interleave(prompts // x.shape[0], 0) if x.shape[0] > 1 else x
        at_eighth = F.relu(each(self.image(meaning)) + dense)
        at_sixteenth = self.down(at_eighth)
        bottom = self.bottom(at_sixteenth)
        tokens = torch.cat((self.tokens.expand(prompts, -1, -1), sparse), 1)
        tokens, seen = self.transformer(tokens, bottom.flatten(2).transpose(1, 2), position)
        x = seen.transpose(1, 2).reshape(bottom.shape)
        x = self.joined(F.relu(self.rise(x) + at_sixteenth))
        x = self.joined_again(F.relu(self.rise_again(x) + at_eighth))
        x = self.at_fine(F.relu(self.to_fine(x) + each(self.fine(fine))))
        x = F.relu(self.to_finest(x) + each(self.at_finest(finest)))
        x = F.relu(x + self.last(x))
        weights = torch.stack([mlp(tokens[:, 1 + i]) for i, mlp in enumerate(self.hyper)], 1)
        masks = (weights @ x.flatten(2)).reshape(prompts, MASKS, x.shape[2], x.shape[3])
        return masks, self.quality(tokens[:, 0]).sigmoid()

    def unfold(self, embeddings: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """The embedding's three parts at their own resolutions: 1, 2 and 4 times."""
        meaning, fine, finest = self.shapes
        parts = embeddings.split((meaning, 4 * fine, 16 * finest), 1)
        return parts[0], F.pixel_shuffle(parts[1], 2), F.pixel_shuffle(parts[2], 4)
