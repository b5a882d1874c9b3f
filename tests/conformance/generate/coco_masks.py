"""Goldens of COCO masks: python coco_masks.py > packages/datasets/test/goldens/pycocotools.json

Polygons as `frPyObjects` fills them, with corners on and off the grid, outside of the picture and twice at one place;
pairs of masks with their IoU, also against a crowd, union, intersection and box. Needs pycocotools and numpy.
"""

import json
import sys

import numpy as np
from pycocotools import mask as coco

rng = np.random.default_rng(6)


def text(rle):
    return rle["counts"].decode()


def polygon(kind, height, width):
    corners = int(rng.integers(3, 9))
    points = rng.random((corners, 2)) * (width, height)
    if kind == "whole":
        points = np.round(points)
    if kind == "outside":
        points = points * 2 - (width / 2, height / 2)
    if kind == "twice":
        points = np.repeat(points, 2, axis=0)
    return np.round(points, 2).reshape(-1).tolist()


def polygons():
    for kind in ("whole", "part", "outside", "twice"):
        for _ in range(12):
            height, width = (int(side) for side in rng.integers(3, 60, 2))
            rings = [polygon(kind, height, width) for _ in range(int(rng.integers(1, 4)))]
            rle = coco.merge(coco.frPyObjects(rings, height, width))
            yield {
                "height": height,
                "width": width,
                "polygons": rings,
                "counts": text(rle),
                "area": int(coco.area(rle)),
            }


def blob(height, width):
    grid = rng.random((height, width)) < rng.random()
    grid[: height // 3] |= rng.random() < 0.3
    return coco.encode(np.asfortranarray(grid.astype(np.uint8)))


def pairs():
    for _ in range(24):
        height, width = (int(side) for side in rng.integers(1, 40, 2))
        a, b = blob(height, width), blob(height, width)
        yield {
            "height": height,
            "width": width,
            "a": text(a),
            "b": text(b),
            "iou": float(coco.iou([a], [b], [0])[0, 0]),
            "in_crowd": float(coco.iou([a], [b], [1])[0, 0]),
            "union": text(coco.merge([a, b])),
            "intersect": text(coco.merge([a, b], intersect=True)),
            "box": coco.toBbox(a).tolist(),
        }


json.dump({"polygons": list(polygons()), "pairs": list(pairs())}, sys.stdout, separators=(",", ":"))
