"""PyTorch weights to the embedded ONNX file, and its manifest's facts to match.

    python -m cutkit_train.export.cutout --weights FILE.pt --data ../../../shared/data

The weights may be those of the promptable network, whose trunk is this one: the two files then hold the same bytes.
BatchNorm is folded into the convolutions; weights are stored as int8 (`export/int8`).
"""
import argparse
import json
from pathlib import Path

import onnx

from ..evaluate.cutout import evaluate
from ..tasks import TASKS
from ..weights import read, trunk
from .int8 import quantise_weights
from .onnx_file import export_float
from .record import MODELS, record

MODEL_DIR = MODELS / "unet-cutout"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True, help="folder with eval_fg_dev.tar")
    args = parser.parse_args()

    onnx_file, manifest = MODEL_DIR / "model.onnx", json.loads((MODEL_DIR / "model.json").read_text())
    net = TASKS["unet-cutout"].net()
    net.load_state_dict(trunk(read(args.weights)))
    export_float(net.eval(), onnx_file)
    before = evaluate(onnx_file, manifest, args.data)
    onnx.save(quantise_weights(onnx.load(onnx_file)), onnx_file)
    after = evaluate(onnx_file, manifest, args.data)
    record("unet-cutout", before, after)
    print(json.dumps({"float": before, "int8": after}, indent=2))


if __name__ == "__main__":
    main()
