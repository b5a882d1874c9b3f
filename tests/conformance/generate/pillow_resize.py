"""Small goldens of Pillow's 8-bit resize: python pillow_resize.py > packages/core/test/goldens/pillow_resize.json

Each source serves all four filters. Four-channel pictures are resized band by band, because Pillow would otherwise
multiply alpha in. Needs Pillow and numpy.
"""

import base64
import json
import sys

import numpy as np
from PIL import Image, __version__

FILTERS = {
    "box": Image.Resampling.BOX,
    "bilinear": Image.Resampling.BILINEAR,
    "bicubic": Image.Resampling.BICUBIC,
    "lanczos": Image.Resampling.LANCZOS,
}
# source width, height, channels, target width, height: both ways on each axis, skipped passes, single pixels, long rows
SHAPES = [
    (24, 18, 3, 7, 5),
    (9, 7, 3, 22, 15),
    (20, 6, 1, 5, 17),
    (5, 19, 4, 13, 6),
    (16, 11, 3, 16, 4),
    (13, 12, 4, 5, 12),
    (1, 1, 3, 4, 3),
    (10, 1, 1, 1, 3),
    (301, 2, 1, 8, 2),
    (2, 257, 1, 3, 5),
]


def encode(array):
    return base64.b64encode(np.ascontiguousarray(array).tobytes()).decode()


def resized(source, size, resample):
    bands = [Image.fromarray(source[..., c]).resize(size, resample) for c in range(source.shape[2])]
    return np.stack([np.asarray(band) for band in bands], axis=-1)


def main():
    rng = np.random.default_rng(7)
    cases = []
    for width, height, channels, to_width, to_height in SHAPES:
        # Half the samples are black or white, so that negative lobes overshoot and must be clipped.
        source = rng.integers(0, 256, (height, width, channels))
        extreme = rng.integers(0, 2, source.shape) * 255
        source = np.where(rng.random(source.shape) < 0.5, extreme, source).astype(np.uint8)
        results = {name: encode(resized(source, (to_width, to_height), f)) for name, f in FILTERS.items()}
        sizes = dict(width=width, height=height, channels=channels, toWidth=to_width, toHeight=to_height)
        cases.append(dict(**sizes, source=encode(source), results=results))
    json.dump(dict(madeBy=f"Pillow {__version__}", cases=cases), sys.stdout, indent=2)
    print()


main()
