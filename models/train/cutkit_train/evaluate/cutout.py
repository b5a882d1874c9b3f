"""Scores of the shipped ONNX file, or of weights, on the held-out pictures, through the manifest's own resize filter.

maxF is the best F-measure (beta^2 = 0.3) over 256 thresholds of the set's mean precision and recall, MAE the mean
absolute error of alpha, IoU the mean overlap at one half: the usual definitions of salient-object papers. `smeasure` and
`boundaryf` are in `metrics`; `sad` and `mse` are taken in the unknown band of a trimap, where a picture has one.

    python -m cutkit_train.evaluate.cutout --data ../../../shared/data [--weights FILE] [--flip] [--column clean]

With `--flip` coverage is the mean of the picture's and of its mirror image's. With `--column` the scores are put beside those of
what ships, in `models/unet-cutout/evaluation.json`.
"""
import argparse
import json
import tempfile
from pathlib import Path

import numpy as np
import onnxruntime as ort
from PIL import Image

from ..data.light import MEAN, STD
from ..data.packs import Pack
from ..export.onnx_file import export_float
from ..export.record import MODELS, note
from ..nets.unet import CUTOUT_FEATURES, UNet
from ..weights import read, trunk
from .metrics import boundary, structure, unknown_band

FILTERS = {"box": Image.Resampling.BOX, "bilinear": Image.Resampling.BILINEAR, "lanczos": Image.Resampling.LANCZOS}
PEOPLE = ("ccp", "vikram-human")


def predict(session: ort.InferenceSession, image: np.ndarray, manifest: dict, flip: bool = False) -> np.ndarray:
    """Alpha 0-1 at the picture's own size, by the manifest's recipe."""
    side, resample = manifest["input"]["width"], FILTERS[manifest["input"]["filter"]]
    low, high = manifest["output"]["range"]
    small = np.asarray(Image.fromarray(image).resize((side, side), resample), np.float32) / 255
    planes = ((small - np.float32(MEAN)) / np.float32(STD)).transpose(2, 0, 1)[None]
    cover = lambda x: 1 / (1 + np.exp(-session.run(None, {"input": np.ascontiguousarray(x)})[0][0, 0]))
    coverage = (cover(planes) + cover(planes[..., ::-1])[:, ::-1]) / 2 if flip else cover(planes)
    alpha = Image.fromarray(((coverage - low) / (high - low)).clip(0, 1))
    return np.asarray(alpha.resize(image.shape[1::-1], Image.Resampling.BILINEAR))


def measure(prediction: np.ndarray, truth: np.ndarray) -> dict[str, np.ndarray | float]:
    levels = (prediction * 255).astype(int).clip(0, 255)
    subject, found = truth > 0.5, prediction > 0.5
    every = np.bincount(levels.ravel(), minlength=256)[::-1].cumsum()
    hits = np.bincount(levels[subject], minlength=256)[::-1].cumsum()
    return {
        "mae": float(np.abs(prediction - truth).mean()),
        "precision": hits / np.maximum(every, 1),
        "recall": hits / max(1, subject.sum()),
        "iou": float((found & subject).sum() / max(1, (found | subject).sum())),
        "smeasure": structure(prediction.astype(np.float64), subject),
        "boundaryf": boundary(found, subject),
    }


def summarise(results: list[dict]) -> dict[str, float]:
    precision = np.mean([r["precision"] for r in results], 0)
    recall = np.mean([r["recall"] for r in results], 0)
    f_measure = 1.3 * precision * recall / (0.3 * precision + recall + 1e-9)
    names = [name for name in results[0] if name not in ("precision", "recall")]
    scores = {"maxf": f_measure.max()} | {name: np.mean([r[name] for r in results]) for name in names}
    return {name: round(float(value), 3) for name, value in scores.items()}


def evaluate(model: Path, manifest: dict, data: Path, flip: bool = False) -> dict[str, float]:
    """Scores by set, keyed `ecssd_maxf`, `people_iou`, ..."""
    session = ort.InferenceSession(str(model), providers=["CPUExecutionProvider"])
    pack = Pack(data / "eval_fg_dev.tar")
    sets: dict[str, list] = {}
    for row in pack.rows:
        truth = pack.read(row, "alpha", "L").astype(np.float32) / 255
        prediction = predict(session, pack.read(row, "image", "RGB"), manifest, flip)
        name = "people" if row["src"] in PEOPLE else row["src"]
        scores = measure(prediction, truth)
        if "trimap" in row:
            scores |= unknown_band(prediction, truth, pack.read(row, "trimap", "L"))
        sets.setdefault(name, []).append(scores)
    return {f"{name}_{key}": value for name, rows in sorted(sets.items()) for key, value in summarise(rows).items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--weights", type=Path, help="of this network, or of the promptable one whose trunk it is")
    parser.add_argument("--column", help="keep the scores under this name")
    parser.add_argument("--side", type=int, help="another network size than the manifest's")
    parser.add_argument("--flip", action="store_true", help="as `--flip` cuts")
    args = parser.parse_args()
    model_dir = MODELS / "unet-cutout"
    manifest = json.loads((model_dir / "model.json").read_text())
    if args.side:
        manifest["input"] |= {"width": args.side, "height": args.side}
    with tempfile.TemporaryDirectory() as folder:
        file = model_dir / "model.onnx"
        if args.weights:
            file = Path(folder) / "model.onnx"
            net = UNet(features=CUTOUT_FEATURES).eval()
            net.load_state_dict(trunk(read(args.weights)))
            export_float(net, file)
        scores = evaluate(file, manifest, args.data, args.flip)
    if args.column:
        note("unet-cutout", args.column, scores)
    print(json.dumps(scores, indent=2))


if __name__ == "__main__":
    main()
