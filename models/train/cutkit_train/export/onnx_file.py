"""A network as an ONNX file."""
from pathlib import Path

import torch


def export_float(net: torch.nn.Module, path: Path, channels: int = 3) -> None:
    """Writes `net` with free height and width: `input` [1, channels, H, W] to `logits` [1, K, H, W]."""
    free = {2: "height", 3: "width"}
    torch.onnx.export(
        net,
        (torch.zeros(1, channels, 181, 243),),
        str(path),
        input_names=["input"],
        output_names=["logits"],
        dynamic_axes={"input": free, "logits": free},
        opset_version=17,
        dynamo=False,
    )
