"""PyTorch weights to the embedded ONNX file, and its manifest's facts to match.

    python -m cutkit_train.export --weights unet.pt --data ../../../shared/data

BatchNorm is folded into the convolutions. Weights are stored as int8 with one scale an output channel and a
DequantizeLinear in front of each convolution: a quarter of float32's bytes, computed in float32 as before.
"""
import argparse
import hashlib
import json
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import helper, numpy_helper

from .checkpoint import load
from .evaluate import evaluate

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


def quantise_weights(model: onnx.ModelProto) -> onnx.ModelProto:
    """Replaces every convolution's weight by int8 values and per-channel scales (symmetric, no zero point)."""
    graph = model.graph
    weights = {init.name: init for init in graph.initializer}
    nodes = []
    for node in graph.node:
        if node.op_type in ("Conv", "ConvTranspose"):
            # Output channels come first in Conv's weights and second in ConvTranspose's.
            axis = 0 if node.op_type == "Conv" else 1
            name = node.input[1]
            values = numpy_helper.to_array(weights[name])
            others = tuple(i for i in range(values.ndim) if i != axis)
            scale = np.maximum(np.abs(values).max(axis=others), 1e-12) / 127
            shape = [-1 if i == axis else 1 for i in range(values.ndim)]
            quantised = np.rint(values / scale.reshape(shape)).astype(np.int8)
            graph.initializer.remove(weights[name])
            graph.initializer.append(numpy_helper.from_array(quantised, f"{name}.int8"))
            graph.initializer.append(numpy_helper.from_array(scale.astype(np.float32), f"{name}.scale"))
            nodes.append(helper.make_node("DequantizeLinear", [f"{name}.int8", f"{name}.scale"], [name], axis=axis))
        nodes.append(node)
    del graph.node[:]
    graph.node.extend(nodes)
    onnx.checker.check_model(model)
    return model


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
