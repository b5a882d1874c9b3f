"""The network keeps its promises about shapes, and its int8 export about values."""
import numpy as np
import onnx
import onnxruntime as ort
import pytest
import torch

from cutkit_train.export.onnx_file import export_float
from cutkit_train.export.int8 import quantise_weights
from cutkit_train.nets.unet import UNet, check


def test_own_check():
    check()


@pytest.mark.parametrize("size", [(32, 32), (37, 53), (180, 180), (161, 97)])
@pytest.mark.parametrize("channels", [(1, 1), (3, 1), (4, 5)])
def test_output_is_as_large_as_input(size, channels):
    net = UNet(*channels, features=(4, 8, 16)).eval()
    assert net(torch.zeros(2, channels[0], *size)).shape == (2, channels[1], *size)


@pytest.mark.parametrize("size", [(64, 64), (181, 243)])
def test_export_gives_the_same_alpha_at_any_size(tmp_path, size):
    torch.manual_seed(0)
    net = UNet(features=(8, 16, 32)).eval()
    path = tmp_path / "unet.onnx"
    export_float(net, path)
    onnx.save(quantise_weights(onnx.load(path)), path)
    x = torch.rand(1, 3, *size)
    with torch.no_grad():
        expected = net(x).sigmoid().numpy()
    logits = ort.InferenceSession(str(path), providers=["CPUExecutionProvider"]).run(None, {"input": x.numpy()})[0]
    assert logits.shape == expected.shape
    assert np.abs(1 / (1 + np.exp(-logits)) - expected).max() <= 0.02
