"""Scores of the cell network on the held-out nuclei.

    python -m cutkit_train.evaluate.cells --data ../../../shared/data [--weights runs/unet-cells/weights.pt]

`iou` is the overlap of all that is cell, the mean over pictures. A cell is found when one of ours overlaps it by more than 0.5
(0.75): `f1_50` (`f1_75`) is 2 TP / (2 TP + FP + FN), the mean over pictures. Without `--weights`, the shipped file.
"""
import argparse
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnxruntime as ort
import torch

from ..data.cell_samples import SOURCE, grey
from ..data.packs import VOID, Pack
from ..instances import instances
from ..tasks import TASKS
from ..weights import read

MODEL = Path(__file__).parents[3] / "unet-cells" / "model.onnx"
ALIGN = 16
"""The network pools by this; pictures are padded to it by repeating their last row and column."""

Network = Callable[[np.ndarray], np.ndarray]
"""Logits `[1, 2, H, W]` of a grey picture `[1, 1, H, W]`."""


def of_onnx(path: Path) -> Network:
    session = ort.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    return lambda x: session.run(None, {"input": x})[0]


def of_weights(path: Path) -> Network:
    net = TASKS["unet-cells"].net()
    net.load_state_dict(read(path))
    net.eval()
    return torch.no_grad()(lambda x: net(torch.from_numpy(x)).numpy())


def find(network: Network, image: np.ndarray) -> np.ndarray:
    """Labels of the cells of an RGB picture."""
    height, width = image.shape[:2]
    padded = np.pad(grey(image), ((0, -height % ALIGN), (0, -width % ALIGN)), "edge")
    logits = network(padded[None, None].astype(np.float32))[0, :, :height, :width]
    return instances(*(1 / (1 + np.exp(-logits))))


def compare(found: np.ndarray, truth: np.ndarray) -> dict[str, float]:
    """`found` and `truth` are label maps; what is VOID in truth counts for nothing."""
    known = truth != VOID
    found, truth = found[known], truth[known]
    both = np.zeros((found.max(initial=0) + 1, truth.max(initial=0) + 1), np.int64)
    np.add.at(both, (found, truth), 1)
    either = both.sum(1, keepdims=True) + both.sum(0, keepdims=True) - both
    overlap = (both / np.maximum(either, 1))[1:, 1:]
    present = (both.sum(1)[1:] > 0).sum(), (both.sum(0)[1:] > 0).sum()
    scores = {"iou": float(both[1:, 1:].sum() / max(1, both.sum() - both[0, 0]))}
    for name, least in (("f1_50", 0.5), ("f1_75", 0.75)):
        # Above one half, a cell has at most one partner: no assignment is needed.
        scores[name] = float(2 * (overlap > least).sum() / max(1, sum(present)))
    return scores


def evaluate(network: Network, data: Path) -> dict[str, float]:
    pack = Pack(data / "eval_interactive_dev.tar")
    rows = [row for row in pack.rows if row["src"] == SOURCE]
    each = [compare(find(network, pack.read(row, "image", "RGB")), pack.labels(row)[0]) for row in rows]
    return {f"nuclei_{key}": round(float(np.mean([scores[key] for scores in each])), 3) for key in each[0]}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--weights", type=Path)
    args = parser.parse_args()
    print(json.dumps(evaluate(of_weights(args.weights) if args.weights else of_onnx(MODEL), args.data), indent=2))


if __name__ == "__main__":
    main()
