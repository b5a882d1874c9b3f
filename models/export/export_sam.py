"""An official checkpoint to the files that Cutkit runs: encoder.onnx, decoder.onnx and model.json in one folder.

    PYTHONPATH=segment-anything python export_sam.py --type vit_b --checkpoint sam_vit_b_01ec64.pth --out my-sam
    PYTHONPATH=MobileSAM python export_sam.py --package mobile_sam --type vit_t --checkpoint mobile_sam.pt --out my-mobile-sam

The decoder is Cutkit's own (`sam-batched`): prompts in the batch dimension, low-resolution logits only. What the two files give is
compared with the official modules, and the export fails when they disagree. Without --checkpoint the weights are random, which is
enough to measure speed. Needs torch, onnx, onnxruntime, and the model's own package.
"""
import argparse
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
from torch import Tensor, nn

from sam_decoder import SIDE, Decoder

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


def load(package: str, kind: str, checkpoint: Path | None) -> nn.Module:
    try:
        importlib.import_module("torchvision")
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
