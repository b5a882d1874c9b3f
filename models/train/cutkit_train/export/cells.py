"""PyTorch weights to the embedded ONNX file of the cell network, and its manifest's facts.

    python -m cutkit_train.export.cells --weights runs/unet-cells/weights.pt --data ../../../shared/data

BatchNorm is folded into the convolutions; weights are stored as int8 (`export/int8`). What int8 costs is printed: the file is
written only when no score falls by more than 0.005.
"""
import argparse
import json
import tempfile
from pathlib import Path

import onnx

from ..evaluate.cells import MODEL, evaluate, of_onnx
from ..tasks import TASKS
from ..weights import read, shelve
from .onnx_file import export_float
from .int8 import quantise_weights
from .record import record

WORST_LOSS = 0.005


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True, help="folder with eval_interactive_dev.tar")
    args = parser.parse_args()
    net = TASKS["unet-cells"].net()
    net.load_state_dict(read(args.weights))
    with tempfile.TemporaryDirectory() as folder:
        as_float, as_int8 = Path(folder) / "float.onnx", Path(folder) / "int8.onnx"
        export_float(net.eval(), as_float, channels=1)
        onnx.save(quantise_weights(onnx.load(as_float)), as_int8)
        before, after = (evaluate(of_onnx(file), args.data) for file in (as_float, as_int8))
        print(json.dumps({"float": before, "int8": after}, indent=2))
        if any(before[key] - after[key] > WORST_LOSS for key in before):
            raise SystemExit(f"int8 costs more than {WORST_LOSS}: nothing written")
        MODEL.write_bytes(as_int8.read_bytes())
    record("unet-cells", before, after)
    shelve(net, "unet-cells")


if __name__ == "__main__":
    main()
