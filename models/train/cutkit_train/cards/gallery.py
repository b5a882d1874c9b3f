"""The worst held-out pictures of a model, as one sheet to look at. The pictures are others': a sheet stays out of the tree.

    python -m cutkit_train.cards.gallery unet-cells --data ../../../shared/data --out runs/cells.jpg

Each tile is a picture with the truth outlined in yellow and the answer in green, worst first, its IoU above it.
"""
import argparse
import json
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import onnxruntime as ort

from ..data.cell_samples import SOURCE
from ..data.packs import VOID, Pack
from ..evaluate.cells import MODEL as CELLS
from ..evaluate.cells import find, of_onnx
from ..evaluate.clicks import MODEL_DIR
from ..evaluate.cutout import predict
from ..evaluate.session import OfOnnx, Session
from ..evaluate.users import iou, next_click, things
from ..export.record import MODELS

WORST, COLUMNS, TILE = 24, 6, 200
TRUTH, FOUND = (255, 220, 0), (0, 230, 60)

Case = tuple[float, np.ndarray, np.ndarray, np.ndarray]
"""IoU, picture, truth and answer."""


def of_cutout(data: Path) -> Iterator[Case]:
    folder = MODELS / "unet-cutout"
    manifest, session = json.loads((folder / "model.json").read_text()), ort.InferenceSession(str(folder / "model.onnx"))
    pack = Pack(data / "eval_fg_dev.tar")
    for row in pack.rows:
        image, truth = pack.read(row, "image", "RGB"), pack.read(row, "alpha", "L") > 127
        found = predict(session, image, manifest) > 0.5
        yield iou(found, truth, np.zeros_like(truth)), image, truth, found


def of_clicks(data: Path) -> Iterator[Case]:
    network, pack = OfOnnx(MODEL_DIR), Pack(data / "eval_interactive_dev.tar")
    for row in pack.rows:
        image, labels = pack.read(row, "image", "RGB"), pack.labels(row)[0]
        session = Session(network, image, 512)
        for i in things(labels, VOID):
            truth, void = labels == i, labels == VOID
            x, y, label = next_click(truth, np.zeros_like(truth), void, None)
            found = session.ask([(x, y)], [label])[0][0]
            yield iou(found, truth, void), cv2.circle(image.copy(), (x, y), 5, (255, 0, 0), -1), truth, found


def of_cells(data: Path) -> Iterator[Case]:
    network, pack = of_onnx(CELLS), Pack(data / "eval_interactive_dev.tar")
    for row in (row for row in pack.rows if row["src"] == SOURCE):
        image, truth = pack.read(row, "image", "RGB"), pack.labels(row)[0]
        found, void = find(network, image), truth == VOID
        yield iou(found > 0, (truth > 0) & ~void, void), image, truth, found


GALLERIES = {"unet-cutout": of_cutout, "sam-tiny": of_clicks, "unet-cells": of_cells}


def outline(labels: np.ndarray) -> np.ndarray:
    """Where neighbours have different labels."""
    values = labels.astype(np.float32)
    return cv2.dilate(values, np.ones((3, 3))) != cv2.erode(values, np.ones((3, 3)))


def tile(case: Case) -> np.ndarray:
    score, image, truth, found = case
    scale = (TILE - 20) / max(image.shape[:2])
    size = tuple(max(1, round(length * scale)) for length in image.shape[1::-1])
    small = cv2.resize(image, size, interpolation=cv2.INTER_AREA)
    for labels, colour in ((truth, TRUTH), (found, FOUND)):
        small[outline(cv2.resize(labels.astype(np.float32), size, interpolation=cv2.INTER_NEAREST))] = colour
    sheet = np.full((TILE, TILE, 3), 255, np.uint8)
    sheet[20 : 20 + size[1], : size[0]] = small
    return cv2.putText(sheet, f"{score:.2f}", (2, 15), cv2.FONT_HERSHEY_SIMPLEX, 0.5, (0, 0, 0), 1, cv2.LINE_AA)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", choices=GALLERIES)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    worst = sorted(GALLERIES[args.model](args.data), key=lambda case: case[0])[:WORST]
    tiles = [tile(case) for case in worst]
    tiles += [np.full_like(tiles[0], 255)] * (-len(tiles) % COLUMNS)
    rows = [np.hstack(tiles[i : i + COLUMNS]) for i in range(0, len(tiles), COLUMNS)]
    cv2.imwrite(str(args.out), cv2.cvtColor(np.vstack(rows), cv2.COLOR_RGB2BGR))


if __name__ == "__main__":
    main()
