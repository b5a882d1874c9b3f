"""An official checkpoint to the files that Cutkit runs: encoder.onnx, decoder.onnx and model.json in one folder.

    PYTHONPATH=segment-anything python export_sam.py --type vit_b --checkpoint sam_vit_b_01ec64.pth --out my-sam
    PYTHONPATH=MobileSAM python export_sam.py --package mobile_sam --type vit_t --checkpoint mobile_sam.pt --out my-mobile-sam

The decoder is Cutkit's own (`sam-batched`): prompts in the batch dimension, low-resolution logits only. What the two files give is
compared with the official modules, and the export fails when they disagree. Without --checkpoint the weights are random, which is
enough to measure speed. Needs torch, onnx, onnxruntime, and the model's own package.
"""
import argparse
import copy
import hashlib
import importlib
import json
import sys
import types
from pathlib import Path

import numpy as np
import onnx
import onnxruntime as ort
import torch
import torch.nn.functional as F
from torch import Tensor, nn

SIDE = 1024
MOST_BYTES = 2**31 - 2**20
"""What one ONNX file can hold; more goes into a file beside it, which only native ONNX Runtime reads."""
AGREES = 2e-3
"""The largest difference from PyTorch that counts as rounding, as a share of the largest logit."""


class Encoder(nn.Module):
    """The image encoder; HQ-SAM's also gives features from inside, stacked as [layers, 1, h, w, channels]."""

    def __init__(self, sam: nn.Module) -> None:
        super().__init__()
        self.encoder = sam.image_encoder

    def forward(self, image: Tensor) -> Tensor | tuple[Tensor, Tensor]:
        found = self.encoder(image)
        return (found[0], torch.stack(list(found[1]))) if isinstance(found, tuple) else found


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


def load(package: str, kind: str, checkpoint: Path | None) -> nn.Module:
    try:
        import torchvision  # noqa: F401
    except (ImportError, RuntimeError):
        # The official package imports it for its automatic generator only, which is not used here.
        for name in ("torchvision", "torchvision.ops", "torchvision.ops.boxes", "torchvision.transforms", "torchvision.transforms.functional"):
            sys.modules[name] = types.ModuleType(name)
        sys.modules["torchvision.ops.boxes"].batched_nms = sys.modules["torchvision.ops.boxes"].box_area = None
        functional = sys.modules["torchvision.transforms.functional"]
        functional.resize = functional.to_pil_image = None
    registry = importlib.import_module(package).sam_model_registry
    return registry[kind](checkpoint=str(checkpoint) if checkpoint else None).eval()


def free_axes() -> dict[str, dict[int, str]]:
    """The decoder's free dimensions. There are as many masks as prompts, or one for all of them: then what the first layer makes of
    the picture is the same for every prompt, and is computed once."""
    free = {name: {0: "prompts"} for name in ("point_coords", "point_labels", "low_res_masks", "iou_predictions")}
    free["point_coords"][1] = free["point_labels"][1] = "points"
    return free | {name: {0: "masks"} for name in ("mask_input", "has_mask_input")}


def some_prompts(count: int, points: int, cells: int) -> tuple[Tensor, ...]:
    """Clicks, boxes' corners and pads; every second prompt has a mask."""
    coords = torch.rand(count, points, 2) * SIDE
    labels = torch.arange(count * points).reshape(count, points).remainder(5).float() - 1
    return coords, labels, 5 * torch.randn(count, 1, 4 * cells, 4 * cells), torch.arange(count).remainder(2).float()


def save(module: nn.Module, given: tuple[Tensor, ...], path: Path, inputs: list[str], outputs: list[str], free: dict | None = None) -> None:
    torch.onnx.export(
        module, given, str(path), input_names=inputs, output_names=outputs, dynamic_axes=free, opset_version=17, dynamo=False
    )  # fmt: skip
    if sum(one.numel() * one.element_size() for one in module.parameters()) > MOST_BYTES:
        model = onnx.load(path)
        for stray in path.parent.iterdir():
            if stray != path and stray.suffix not in (".json", ".onnx"):
                stray.unlink()
        onnx.save(model, path, save_as_external_data=True, location=f"{path.name}.data")


@torch.no_grad()
def official(sam: nn.Module, image: Tensor, coords: Tensor, labels: Tensor, mask: Tensor, has_mask: Tensor) -> list[tuple[Tensor, Tensor]]:
    """Prompt by prompt through the official modules' own forward."""
    answers = []
    for i in range(len(coords)):
        # The official encoder embeds a box's corners apart; as points they are labels 2 and 3, which it lacks, so its sum is taken.
        places = sam.prompt_encoder.pe_layer.forward_with_coords(coords[i : i + 1] + 0.5, (SIDE, SIDE))
        kinds = [sam.prompt_encoder.not_a_point_embed, *sam.prompt_encoder.point_embeddings]
        sparse = torch.stack([
            kinds[int(label) + 1].weight[0] + (place if label >= 0 else 0) for place, label in zip(places[0], labels[i])
        ]).unsqueeze(0)  # fmt: skip
        own_mask = mask[i : i + 1] if has_mask[i] else None
        _, dense = sam.prompt_encoder(points=None, boxes=None, masks=own_mask)
        answers.append(sam.mask_decoder.predict_masks(image, sam.prompt_encoder.get_dense_pe(), sparse, dense))
    return answers


def check(sam: nn.Module, folder: Path, names: list[str], picture: Tensor) -> dict[str, float]:
    """The largest difference of the files from PyTorch, as a share of the largest logit."""
    sessions = [ort.InferenceSession(str(folder / f"{role}.onnx"), providers=["CPUExecutionProvider"]) for role in ("encoder", "decoder")]
    embedding = sessions[0].run(None, {"image": picture.numpy()})[0]
    with torch.no_grad():
        expected = Encoder(sam)(picture)
    expected = expected[0] if isinstance(expected, tuple) else expected
    given = some_prompts(5, 3, embedding.shape[-1])
    bare = given[0], given[1], torch.zeros_like(given[2]), torch.zeros_like(given[3])
    off = {"embedding": share(embedding, expected.numpy())}
    for kind, asked, fed in (("masks", given, given), ("one_for_all", bare, (*bare[:2], bare[2][:1], bare[3][:1]))):
        found = sessions[1].run(None, dict(zip(names, [embedding, *(one.numpy() for one in fed)])))
        answers = official(sam, torch.from_numpy(embedding), *asked)
        for name, values, which in (("logits", found[0], 0), ("scores", found[1], 1)):
            off[f"{name}, {kind}"] = share(values, np.concatenate([one[which].numpy() for one in answers]))
    return off


def share(a: np.ndarray, b: np.ndarray) -> float:
    return float(np.abs(a - b).max() / max(1e-6, np.abs(b).max()))


def manifest(folder: Path, source: str) -> dict:
    files = {}
    for role in ("encoder", "decoder"):
        content = (folder / f"{role}.onnx").read_bytes()
        files[role] = {"path": f"{role}.onnx", "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    name = "".join(one if one.isalnum() or one in "._-" else "-" for one in folder.resolve().name.lower())
    return {
        "id": name, "title": name, "task": "promptable", "contract": "sam-batched", "files": files,
        "input": {
            "width": SIDE, "height": SIDE, "resize": "letterbox", "filter": "bilinear", "scale": 255,
            "mean": [0.485, 0.456, 0.406], "std": [0.229, 0.224, 0.225], "layout": "NCHW",
        },
        "output": {"activation": "none", "normalise": "clamp", "filter": "bilinear"},
        "licence": "that of the checkpoint", "trainingData": "that of the checkpoint", "source": source,
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--package", default="segment_anything", help="the model's own Python package")
    parser.add_argument("--type", default="vit_b", help="its name in that package's registry")
    parser.add_argument("--checkpoint", type=Path, help="official weights; random without")
    parser.add_argument("--decoder-only", action="store_true", help="for benchmarks of the decoder")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(0)
    sam = load(args.package, args.type, args.checkpoint)
    cells = sam.prompt_encoder.image_embedding_size[0]
    names = ["image_embeddings", "point_coords", "point_labels", "mask_input", "has_mask_input"]
    free = free_axes()
    embedding = torch.randn(1, sam.prompt_encoder.embed_dim, cells, cells)
    save(Decoder(sam), (embedding, *some_prompts(3, 4, cells)), args.out / "decoder.onnx", names, ["low_res_masks", "iou_predictions"], free)
    if args.decoder_only:
        return
    picture = torch.randn(1, 3, SIDE, SIDE)
    outputs = ["image_embeddings"] + ["interm_embeddings"] * isinstance(Encoder(sam)(picture), tuple)
    save(Encoder(sam), (picture,), args.out / "encoder.onnx", ["image"], outputs)
    off = check(sam, args.out, names, picture)
    print(json.dumps({"difference from PyTorch": off}))
    if max(off.values()) > AGREES:
        raise SystemExit("the files do not agree with the official code")
    (args.out / "model.json").write_text(json.dumps(manifest(args.out, args.package), indent=2) + "\n")


if __name__ == "__main__":
    main()
