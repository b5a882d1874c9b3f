"""Labels that the workshop gives to maps of interior and border: blobs that touch, specks, edges without an inside.

    PYTHONPATH=models/train python tests/conformance/generate/cells.py
"""
import json
from pathlib import Path

import numpy as np
from cutkit_train.instances import instances

HEIGHT, WIDTH, BLOBS = 48, 64, 14
OUT = Path(__file__).parents[1] / "goldens" / "cells.json"


def main() -> None:
    rng = np.random.default_rng(7)
    y, x = np.mgrid[:HEIGHT, :WIDTH]
    spots = rng.uniform((0, 0, 3), (WIDTH, HEIGHT, 10), (BLOBS, 3))
    depths = np.sort([1 - np.hypot(x - cx, y - cy) / radius for cx, cy, radius in spots], axis=0)
    depth, seam = depths[-1], np.where(depths[-2] > 0, depths[-1] - depths[-2], 1)
    noise = rng.normal(0, 0.06, (2, HEIGHT, WIDTH))
    interior = np.clip(np.minimum(depth, seam) * 4 - 0.2 + noise[0], 0, 1)
    border = np.clip(1 - np.abs(np.minimum(depth, seam) - 0.05) * 6 + noise[1], 0, 1)
    interior, border = (np.round(plane, 3).astype(np.float32) for plane in (interior, border))
    values = lambda plane: [round(float(value), 3) for value in plane.ravel()]
    labels = instances(interior, border)
    golden = {"width": WIDTH, "height": HEIGHT, "interior": values(interior), "border": values(border), "labels": labels.ravel().tolist()}
    OUT.write_text(json.dumps(golden) + "\n")


if __name__ == "__main__":
    main()
