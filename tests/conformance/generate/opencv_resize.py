"""Small goldens of OpenCV's resize: python opencv_resize.py > packages/core/test/goldens/opencv_resize.json

`area` is INTER_AREA over bytes, `linear` INTER_LINEAR over float32. Needs opencv-python-headless and numpy.
"""

import base64
import json
import sys

import cv2
import numpy as np

# source width, height, channels, target width, height: whole and fractional ratios, growth, growth on one axis only,
# and (last) a growth whose borders meet but for rounding
AREA = [
    (24, 18, 3, 8, 6),
    (16, 12, 3, 8, 6),
    (23, 17, 3, 7, 5),
    (20, 9, 1, 13, 9),
    (21, 14, 4, 10, 3),
    (6, 5, 3, 17, 13),
    (7, 4, 1, 14, 8),
    (18, 5, 3, 7, 11),
    (5, 16, 1, 12, 6),
    (97, 3, 1, 8, 1),
    (14, 2, 1, 58, 4),
]
LINEAR = [(8, 6, 19, 15), (16, 16, 64, 64), (15, 11, 6, 4), (7, 9, 7, 23), (1, 1, 3, 2), (1, 5, 4, 3)]


def encode(array):
    return base64.b64encode(np.ascontiguousarray(array).tobytes()).decode()


def main():
    rng = np.random.default_rng(11)
    area, linear = [], []
    for width, height, channels, to_width, to_height in AREA:
        source = rng.integers(0, 256, (height, width, channels)).astype(np.uint8)
        result = cv2.resize(source, (to_width, to_height), interpolation=cv2.INTER_AREA)
        sizes = dict(width=width, height=height, channels=channels, toWidth=to_width, toHeight=to_height)
        area.append(dict(**sizes, source=encode(source), result=encode(result)))
    for width, height, to_width, to_height in LINEAR:
        source = rng.normal(0, 8, (height, width)).astype(np.float32)
        result = cv2.resize(source, (to_width, to_height), interpolation=cv2.INTER_LINEAR)
        sizes = dict(width=width, height=height, toWidth=to_width, toHeight=to_height)
        linear.append(dict(**sizes, source=encode(source), result=encode(result)))
    json.dump(dict(madeBy=f"OpenCV {cv2.__version__}", area=area, linear=linear), sys.stdout, indent=2)
    print()


main()
