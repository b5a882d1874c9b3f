"""PyTorch weights to the embedded ONNX file, and its manifest's facts to match.

    python -m cutkit_train.export_cutout --weights unet.pt --data ../../../shared/data

BatchNorm is folded into the convolutions; weights are stored as int8 (`onnx_int8`).
"""
import argparse
import hashlib
import json
from pathlib import Path

import onnx
import torch

from .checkpoint import load
from .evaluate import evaluate
from .onnx_int8 import quantise_weights

MODEL_DIR = Path(__file__).parents[2] / "unet-cutout"


def export_float(net: torch.nn.Module, path: Path) -> None:
    """Writes `net` with free height and width: `input` [1, 3, H, W] to `logits` [1, 1, H, W]."""
    free = {2: "height", 3: "width"}
    torch.onnx.export(
        net,
        (torch.zeros(1, 3, 181, 243),),
        str(path),
        input_names=["input"],
        output_names=["logits"],
        dynamic_axes={"input": free, "logits": free},
        opset_version=17,
        dynamo=False,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True, help="folder with eval_fg_dev.tar")
    args = parser.parse_args()

    onnx_file = MODEL_DIR / "model.onnx"
    export_float(load(args.weights), onnx_file)
    onnx.save(quantise_weights(onnx.load(onnx_file)), onnx_file)

    manifest_file = MODEL_DIR / "model.json"
    manifest = json.loads(manifest_file.read_text())
    content = onnx_file.read_bytes()
    manifest["files"]["model"] |= {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    manifest["scores"] = evaluate(onnx_file, manifest, args.data)
    manifest_file.write_text(json.dumps(manifest, indent=2) + "\n")
    print(json.dumps(manifest["scores"], indent=2))


if __name__ == "__main__":
    main()
