"""The shipped cut-out network back to PyTorch weights that train on.

    python -m cutkit_train.export.restore --data ../../../shared/data --out start.pt [--trunk]

With `--trunk`, as the trunk of the promptable network's encoder, which starts from it.
The ONNX file holds convolutions with BatchNorm folded in, as int8. Each is read back, and its BatchNorm is set to what it
sees on training pictures: the network computes the same, and goes on learning as if it had never been folded.
"""
import argparse
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import nn

from ..data.cutout_samples import CutoutSamples
from ..data.store import Library
from ..nets.unet import UNet
from ..tasks import CUTOUT_FEATURES

MODEL = Path(__file__).parents[3] / "unet-cutout" / "model.onnx"
PICTURES, SIDE = 64, 224


def convolutions(model: onnx.ModelProto) -> list[tuple[np.ndarray, np.ndarray]]:
    """Weight and bias of each convolution, in the order of the graph."""
    values = {init.name: numpy_helper.to_array(init) for init in model.graph.initializer}
    for node in model.graph.node:
        if node.op_type == "DequantizeLinear":
            whole, scale = (values[name].astype(np.float32) for name in node.input[:2])
            axis = next(a.i for a in node.attribute if a.name == "axis")
            values[node.output[0]] = whole * scale.reshape([-1 if i == axis else 1 for i in range(whole.ndim)])
    nodes = [node for node in model.graph.node if node.op_type in ("Conv", "ConvTranspose")]
    return [(values[node.input[1]], values[node.input[2]]) for node in nodes]


def layers(net: UNet) -> list[tuple[nn.Module, nn.BatchNorm2d | None]]:
    """Convolutions with the BatchNorm after each, in the order in which they run."""
    pairs = lambda block: [(block[0], block[1]), (block[3], block[4])]
    down = [pair for block in (*net.contracting_path, net.bottom) for pair in pairs(block)]
    up = [pair for rise, block in zip(net.upsamplers, net.expansive_path) for pair in ((rise, None), *pairs(block))]
    return [*down, *up, (net.out_conv, None)]


@torch.no_grad()
def restore(model: onnx.ModelProto, pictures: torch.Tensor, features: tuple[int, ...] = CUTOUT_FEATURES) -> UNet:
    """The network of `model`, its BatchNorms fitted to `pictures` `[N, 3, H, W]`. In eval mode."""
    net = UNet(features=features).eval()
    seen: dict[nn.BatchNorm2d, tuple[torch.Tensor, torch.Tensor]] = {}
    for (conv, norm), (weight, bias) in zip(layers(net), convolutions(model), strict=True):
        conv.weight.copy_(torch.from_numpy(weight.copy()))
        (conv if norm is None else norm).bias.copy_(torch.from_numpy(bias.copy()))
        if norm is not None:
            norm.running_mean.zero_()
            norm.running_var.fill_(1 - norm.eps)
            norm.register_forward_pre_hook(lambda m, x: seen.update({m: (x[0].mean((0, 2, 3)), x[0].var((0, 2, 3)))}))
    net(pictures)
    for norm, (mean, variance) in seen.items():
        norm.bias.add_(mean)
        norm.weight.copy_((variance + norm.eps).sqrt())
        norm.running_mean.copy_(mean)
        norm.running_var.copy_(variance)
        norm._forward_pre_hooks.clear()
    return net


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--trunk", action="store_true")
    args = parser.parse_args()
    pictures, _ = CutoutSamples(Library(args.data))(PICTURES, SIDE)
    prefix = "image_encoder.trunk." if args.trunk else ""
    net = restore(onnx.load(MODEL), pictures)
    torch.save({prefix + name: value for name, value in net.state_dict().items()}, args.out)


if __name__ == "__main__":
    main()
