"""The two-way transformer of Segment Anything's decoder."""
from torch import Tensor, nn


class Attention(nn.Module):
    """Multi-head attention in `width / reduction` dimensions."""

    def __init__(self, width: int, heads: int, reduction: int = 1) -> None:
        super().__init__()
        inner = width // reduction
        self.heads, self.scale = heads, (inner // heads) ** -0.5
        self.q, self.k, self.v = (nn.Linear(width, inner) for _ in range(3))
        self.out = nn.Linear(inner, width)

    def forward(self, q: Tensor, k: Tensor, v: Tensor) -> Tensor:
        split = lambda x: x.unflatten(-1, (self.heads, -1)).transpose(1, 2)
        # Written out: with a handful of tokens on one side it is faster than the fused kernels, forward and back.
        queries, keys, values = split(self.q(q)), split(self.k(k)), split(self.v(v))
        weights = (queries @ keys.transpose(-1, -2) * self.scale).softmax(-1)
        return self.out((weights @ values).transpose(1, 2).flatten(2))


class TwoWayBlock(nn.Module):
    """Tokens to themselves, tokens to image, tokens through an MLP, image to tokens; positions are added to queries and
    keys each time, as they are easily forgotten.
    """

    def __init__(self, width: int, heads: int, hidden: int) -> None:
        super().__init__()
        self.self_attention = Attention(width, heads)
        self.to_image = Attention(width, heads, 2)
        self.mlp = nn.Sequential(nn.Linear(width, hidden), nn.ReLU(), nn.Linear(hidden, width))
        self.to_tokens = Attention(width, heads, 2)
        self.norms = nn.ModuleList(nn.LayerNorm(width) for _ in range(4))

    def forward(self, tokens: Tensor, image: Tensor, prompt: Tensor, position: Tensor) -> tuple[Tensor, Tensor]:
        at = tokens + prompt
        tokens = self.norms[0](tokens + self.self_attention(at, at, tokens))
        tokens = self.norms[1](tokens + self.to_image(tokens + prompt, image + position, image))
        tokens = self.norms[2](tokens + self.mlp(tokens))
        return tokens, self.norms[3](image + self.to_tokens(image + position, tokens + prompt, tokens))


class TwoWayTransformer(nn.Module):
    """`depth` blocks, then tokens look at the image once more."""

    def __init__(self, width: int, depth: int, heads: int, hidden: int) -> None:
        super().__init__()
        self.blocks = nn.ModuleList(TwoWayBlock(width, heads, hidden) for _ in range(depth))
        self.final = Attention(width, heads, 2)
        self.norm = nn.LayerNorm(width)

    def forward(self, prompt: Tensor, image: Tensor, position: Tensor) -> tuple[Tensor, Tensor]:
        """`prompt` `[P, N, C]`, `image` `[P, h * w, C]`, `position` `[1, h * w, C]`; both come back, changed."""
        tokens = prompt
        for block in self.blocks:
            tokens, image = block(tokens, image, prompt, position)
        return self.norm(tokens + self.final(tokens + prompt, image + position, image)), image
