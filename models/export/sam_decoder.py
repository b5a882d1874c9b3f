"""SAM's prompt encoder and mask decoder as Cutkit exports them: the official modules' products, in an order that costs less than half."""
import copy

import torch
import torch.nn.functional as F
from torch import Tensor, nn

SIDE = 1024
"""Of the network's square frame."""


class Look(nn.Module):
    """Attention between T tokens and the S cells of a picture, of which there are many more.

    The official `Attention` projects every cell to its heads. The products are the same when the tokens are projected back to the
    cells' C channels instead, q · (W k) = (Wᵀ q) · k: for a click's seven tokens less than half of the work, and no cell is
    rearranged by heads.
    """

    def __init__(self, attention: nn.Module) -> None:
        super().__init__()
        self.of, self.heads = attention, attention.num_heads

    def by_heads(self, projected: Tensor) -> Tensor:
        """[P, T, H d] as [P, H, T, d]."""
        return projected.unflatten(-1, (self.heads, -1)).transpose(1, 2)

    def rows(self, weight: Tensor) -> Tensor:
        """A projection's weight [H d, C] as [H, d, C]."""
        return weight.unflatten(0, (self.heads, -1))


class FromTokens(Look):
    """Tokens ask, cells answer. What the keys' bias adds is the same for all cells, and softmax does not see it."""

    def forward(self, q: Tensor, k: Tensor, v: Tensor) -> Tensor:
        asked = self.by_heads(self.of.q_proj(q))
        seen = (asked @ self.rows(self.of.k_proj.weight)).flatten(1, 2) @ k.transpose(1, 2)
        mixed = torch.softmax(seen / asked.shape[-1] ** 0.5, dim=-1) @ v
        found = mixed.unflatten(1, (self.heads, -1)) @ self.rows(self.of.v_proj.weight).transpose(1, 2)
        found = found + self.of.v_proj.bias.reshape(self.heads, 1, -1)
        return self.of.out_proj(found.transpose(1, 2).flatten(2))


class FromCells(Look):
    """Cells ask, tokens answer."""

    def forward(self, q: Tensor, k: Tensor, v: Tensor) -> Tensor:
        keys = self.by_heads(self.of.k_proj(k))
        bias = keys @ self.of.q_proj.bias.reshape(self.heads, -1, 1)
        seen = q @ (keys @ self.rows(self.of.q_proj.weight)).flatten(1, 2).transpose(1, 2) + bias.flatten(1, 2).transpose(1, 2)
        heads = seen.reshape(*seen.shape[:2], self.heads, -1) / keys.shape[-1] ** 0.5
        values = self.by_heads(self.of.v_proj(v)) @ self.rows(self.of.out_proj.weight.t())
        return torch.softmax(heads, dim=-1).flatten(2) @ values.flatten(1, 2) + self.of.out_proj.bias


class Decoder(nn.Module):
    """Prompt encoder and mask decoder for P prompts of N points. A point's label chooses what is added to its place: -1 pad,
    0 background, 1 subject, 2 and 3 a box's corners."""

    def __init__(self, sam: nn.Module) -> None:
        super().__init__()
        self.prompts, self.masks = sam.prompt_encoder, copy.deepcopy(sam.mask_decoder)
        net = self.masks.transformer
        net.final_attn_token_to_image = FromTokens(net.final_attn_token_to_image)
        for number, layer in enumerate(net.layers):
            layer.cross_attn_image_to_token = FromCells(layer.cross_attn_image_to_token)
            # The first layer's cells are the same for all prompts without a mask: projected once, they cost less as they are.
            if number > 0:
                layer.cross_attn_token_to_image = FromTokens(layer.cross_attn_token_to_image)
        self.register_buffer("place", sam.prompt_encoder.get_dense_pe())

    def points(self, coords: Tensor, labels: Tensor) -> Tensor:
        place = self.prompts.pe_layer._pe_encoding((coords + 0.5) / SIDE)
        kinds = [self.prompts.not_a_point_embed, *self.prompts.point_embeddings]
        said = sum((labels == kind - 1).unsqueeze(-1) * one.weight for kind, one in enumerate(kinds))
        return place * (labels != -1).unsqueeze(-1) + said

    def dense(self, mask: Tensor, has_mask: Tensor) -> Tensor:
        has = has_mask.reshape(-1, 1, 1, 1)
        nothing = self.prompts.no_mask_embed.weight.reshape(1, -1, 1, 1)
        return has * self.prompts.mask_downscaling(mask) + (1 - has) * nothing

    def forward(self, image: Tensor, coords: Tensor, labels: Tensor, mask: Tensor, has_mask: Tensor) -> tuple[Tensor, Tensor]:
        net = self.masks
        own = torch.cat([net.iou_token.weight, net.mask_tokens.weight]).unsqueeze(0).expand(coords.shape[0], -1, -1)
        tokens = torch.cat([own, self.points(coords, labels)], dim=1)
        seen = image + self.dense(mask, has_mask)
        tokens, seen_flat = net.transformer(seen, self.place, tokens)
        filters = torch.stack([mlp(tokens[:, 1 + i]) for i, mlp in enumerate(net.output_hypernetworks_mlps)], dim=1)
        return self.planes(seen_flat, filters, *seen.shape[-2:]), net.iou_prediction_head(tokens[:, 0])

    def planes(self, seen: Tensor, filters: Tensor, rows: int, columns: int) -> Tensor:
        """The masks' logits [P, K, 4 rows, 4 columns] of the picture's tokens [P, rows * columns, C] and filters [P, K, C / 8].

        `output_upscaling` is two transposed convolutions of 2x2 pixels that do not overlap: matrix products from a cell to its
        four pixels. So channels stay last all the way, and what is brought into the order of pixels at the end is K planes,
        not all channels' planes.
        """
        first, norm, act, second, last_act = self.masks.output_upscaling
        found = F.layer_norm(to_four(first, seen), norm.weight.shape, norm.weight, norm.bias, norm.eps)
        found = last_act(to_four(second, act(found)))
        cells = (found.flatten(1, 3) @ filters.transpose(1, 2)).reshape(-1, rows, columns, 2, 2, 2, 2, filters.shape[1])
        return cells.permute(0, 7, 1, 3, 5, 2, 4, 6).reshape(-1, filters.shape[1], 4 * rows, 4 * columns)


def to_four(convolution: nn.ConvTranspose2d, cells: Tensor) -> Tensor:
    """What a transposed convolution of 2x2 pixels and stride 2 makes of each cell [..., C]: its four pixels [..., 4, C']."""
    weight = convolution.weight.flatten(2).transpose(1, 2)
    count, wide = weight.shape[1:]
    found = cells @ weight.flatten(1) + convolution.bias.repeat(count)
    return found.unflatten(-1, (count, wide))
