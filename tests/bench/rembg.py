"""rembg's own steps on one picture: Pillow, numpy, ONNX Runtime, pymatting's multi-level foreground.

    python rembg.py MODEL PHOTO CUT.png SIDE FILTER LOW HIGH

The embedded model's recipe replaces U2-Net's (divide by 255, sigmoid, no min-max), so that both sides run the same
network on the same tensor; every other step is what rembg does when asked for a clean edge.
"""
import sys

import numpy as np
import onnxruntime as ort
from PIL import Image
from pymatting import estimate_foreground_ml

FILTERS = {"box": Image.Resampling.BOX, "bilinear": Image.Resampling.BILINEAR, "lanczos": Image.Resampling.LANCZOS}
MEAN, STD = np.array((0.485, 0.456, 0.406)), np.array((0.229, 0.224, 0.225))


def main(model, photo, out, side, name, low, high):
    session = ort.InferenceSession(model, providers=["CPUExecutionProvider"])
    image = Image.open(photo).convert("RGB")
    small = np.array(image.resize((int(side), int(side)), FILTERS[name]))
    tensor = ((small / 255 - MEAN) / STD).transpose(2, 0, 1)[None].astype(np.float32)
    logits = session.run(None, {session.get_inputs()[0].name: tensor})[0][0, 0]
    coverage = 1 / (1 + np.exp(-logits))
    coverage = ((coverage - float(low)) / (float(high) - float(low))).clip(0, 1)
    mask = Image.fromarray((255 * coverage).round().astype(np.uint8))
    alpha = np.array(mask.resize(image.size, FILTERS[name])) / 255.0
    foreground = estimate_foreground_ml(np.array(image) / 255.0, alpha)
    rgba = np.dstack([foreground, alpha])
    Image.fromarray((rgba * 255).clip(0, 255).astype(np.uint8)).save(out)


if __name__ == "__main__":
    main(*sys.argv[1:])
