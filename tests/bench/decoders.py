"""Decoders of MobileSAM's size (SAM's own) with random weights: what they cost does not depend on the weights.

    python decoders.py FOLDER      (models/export and segment_anything on PYTHONPATH)

Writes `decoder.onnx`, Cutkit's batched export (models/export), and `official.onnx`, the official one with its full-size masks.
"""
import sys
from pathlib import Path

import torch
from export_sam import free_axes, load, save, some_prompts
from sam_decoder import Decoder

NAMES = ["image_embeddings", "point_coords", "point_labels", "mask_input", "has_mask_input"]


def main(folder):
    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(0)
    sam = load("segment_anything", "vit_b", None)
    from segment_anything.utils.onnx import SamOnnxModel

    embedding = torch.randn(1, 256, 64, 64)
    save(Decoder(sam), (embedding, *some_prompts(3, 4, 64)), folder / "decoder.onnx", NAMES, ["low_res_masks", "iou_predictions"], free_axes())
    prompt = torch.rand(1, 3, 2) * 1024, torch.tensor([[1.0, 0.0, -1.0]]), torch.randn(1, 1, 256, 256), torch.zeros(1)
    axes = {"point_coords": {1: "points"}, "point_labels": {1: "points"}}
    outputs = ["masks", "iou_predictions", "low_res_masks"]
    given = (embedding, *prompt, torch.tensor([1500.0, 2250.0]))
    save(SamOnnxModel(sam, return_single_mask=False), given, folder / "official.onnx", [*NAMES, "orig_im_size"], outputs, axes)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
