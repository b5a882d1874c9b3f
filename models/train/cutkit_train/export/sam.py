"""PyTorch weights to the two embedded ONNX files of the promptable network, and their manifest's facts.

    python -m cutkit_train.export.sam --weights weights.pt [--data ../../../shared/data]

BatchNorm is folded into the convolutions; weights are stored as int8 (`export/int8`). With `--data`, the files' scores are
recorded in the manifest, what int8 costs is printed, and the weights are shelved, to be trained on.
"""
import argparse
import json
from pathlib import Path

import numpy as np
import onnx
import onnxruntime as ort
import torch
import torch.nn.functional as F
from PIL import Image
from torch import Tensor, nn

from ..data.light import normalised
from ..evaluate.clicks import evaluate, scores_of
from ..evaluate.session import OfOnnx, OfTorch
from ..nets.prompt import BOTTOM_RIGHT, SUBJECT, TOP_LEFT
from ..nets.sam import STRIDE, SamTiny
from ..weights import read, shelve
from .int8 import quantise_weights
from .record import MODELS, record

MODEL_DIR = MODELS / "sam-tiny"
SAMPLE = MODELS.parent / "packages" / "cli" / "sample" / "photo.jpg"
MOST_CLICKS = 20
SIDE = 512
"""Side of the frame that the encoder takes."""


class Decoder(nn.Module):
    """The decoder's contract as one module."""

    def __init__(self, net: SamTiny) -> None:
        super().__init__()
        self.net = net

    def forward(self, embeddings: Tensor, coords: Tensor, labels: Tensor, mask: Tensor, has_mask: Tensor) -> tuple[Tensor, Tensor]:
        return self.net.decode(embeddings, coords, labels, mask, has_mask)


def photo(side: int) -> Tensor:
    """The sample photo as a frame: on noise, a network's answers and the differences of two of them mean nothing."""
    pixels = np.array(Image.open(SAMPLE).convert("RGB").resize((side, side)), np.float32)
    return normalised(torch.from_numpy(pixels).permute(2, 0, 1)[None])


def prompts(count: int, points: int, cells: int) -> tuple[Tensor, ...]:
    """Inputs of the decoder's contract, after the embedding: clicks, boxes and boxes with clicks, half of them with a mask."""
    coords = torch.rand(count, points, 2) * SIDE
    labels = torch.randint(-1, 2, (count, points)).float()
    labels[:, 0] = SUBJECT
    labels[::2, :2] = torch.tensor([TOP_LEFT, BOTTOM_RIGHT])
    coords[::2, :2] = coords[::2, :2].sort(1).values
    mask = F.interpolate(8 * torch.randn(count, 1, 12, 12), (4 * cells, 4 * cells), mode="bilinear")
    return coords, labels, mask, torch.arange(count).remainder(2).float()


def export(net: SamTiny, folder: Path, side: int = SIDE) -> dict[str, float]:
    """Writes `encoder.onnx` and `decoder.onnx`; gives the largest difference from PyTorch of logits and scores."""
    net.eval()
    cells = side // STRIDE
    image = photo(side)
    options = {"opset_version": 17, "dynamo": False}
    files = folder / "encoder.onnx", folder / "decoder.onnx"
    torch.onnx.export(net.image_encoder, (image,), str(files[0]), input_names=["image"], output_names=["image_embeddings"], **options)
    with torch.no_grad():
        embedding = net.image_encoder(image)
    free = {"point_coords": {0: "prompts", 1: "points"}, "point_labels": {0: "prompts", 1: "points"}}
    free |= {name: {0: "prompts"} for name in ("mask_input", "has_mask_input", "low_res_masks", "iou_predictions")}
    names = ["image_embeddings", "point_coords", "point_labels", "mask_input", "has_mask_input"]
    torch.onnx.export(
        Decoder(net), (embedding, *prompts(3, 4, cells)), str(files[1]),
        input_names=names, output_names=["low_res_masks", "iou_predictions"], dynamic_axes=free, **options,
    )  # fmt: skip
    for file in files:
        onnx.save(quantise_weights(onnx.load(file)), file)
    return compare(net, files, image, prompts(5, 3, cells), names)


def compare(net: SamTiny, files: tuple[Path, Path], image: Tensor, given: tuple[Tensor, ...], names: list[str]) -> dict[str, float]:
    # The exporter leaves the network in training mode.
    net.eval()
    encoder, decoder = (ort.InferenceSession(str(file), providers=["CPUExecutionProvider"]) for file in files)
    embedding = encoder.run(None, {"image": image.numpy()})[0]
    found = decoder.run(None, dict(zip(names, [embedding, *(value.numpy() for value in given)])))
    with torch.no_grad():
        expected = net.decode(net.image_encoder(image), *given)
    return {name: round(float(np.abs(a - b.numpy()).max()), 4) for name, a, b in zip(("logits", "scores"), found, expected)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--data", type=Path, help="folder with eval_interactive_dev.tar: measure, and record the scores")
    args = parser.parse_args()
    net = SamTiny()
    net.load_state_dict(read(args.weights))
    difference = export(net, MODEL_DIR)
    print(json.dumps({"largest difference from PyTorch": difference}))
    if not args.data:
        record(MODEL_DIR.name)
        return
    # What int8 costs is seen after a few clicks; the long sessions are of what ships.
    before = scores_of(evaluate(OfTorch(net), args.data, SIDE))
    after = scores_of(evaluate(OfOnnx(MODEL_DIR), args.data, SIDE, MOST_CLICKS))
    loss = {key: round(value - after[key], 3) for key, value in before.items()}
    print(json.dumps({"scores": after, "lost by int8": {key: value for key, value in loss.items() if value > 0}}, indent=2))
    record(MODEL_DIR.name, before, after)
    shelve(net, MODEL_DIR.name)


if __name__ == "__main__":
    main()
