"""Reference alphas: each public model's own pre- and post-processing, in Python, around its stand-in.

The steps are rembg's (sessions/*.py: Pillow Lanczos, divide by the image's maximum, min-max, truncate to uint8, Lanczos
back) and MODNet's (onnx/inference_onnx.py: OpenCV area resize, no min-max).

    python tests/conformance/generate/stand_ins.py
    python tests/conformance/generate/recipes.py        # writes tests/conformance/goldens/recipes/*.png
"""
from pathlib import Path

import cv2
import numpy as np
import onnxruntime as ort
from PIL import Image

GOLDENS = Path(__file__).parent.parent / "goldens"
IMAGENET = ((0.485, 0.456, 0.406), (0.229, 0.224, 0.225))
HALF = ((0.5, 0.5, 0.5), (1.0, 1.0, 1.0))
ANIME = ((0.485, 0.456, 0.406), (1.0, 1.0, 1.0))

# id -> side, (mean, std), kind of output
RECIPES = {
    **{name: (320, IMAGENET, "coverage") for name in ("u2net", "u2netp", "u2net_human_seg", "silueta")},
    "u2net_cloth_seg": (768, IMAGENET, "classes"),
    "isnet-general-use": (1024, HALF, "coverage"),
    "isnet-anime": (1024, ANIME, "coverage"),
    **{f"birefnet-{n}": (1024, IMAGENET, "logit") for n in ("general", "general-lite", "portrait", "dis", "hrsod", "cod", "massive")},
    "bria-rmbg": (1024, IMAGENET, "coverage"),
    "ben2-base": (1024, HALF, "coverage"),
}


def scene(width, height, brightest, seed):
    """A deterministic picture with edges, gradients and a little noise, whose largest value is `brightest`."""
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[:height, :width].astype(np.float64)
    picture = np.stack([x / width, y / height, (x + y) / (width + height)], -1) * 150 + 20
    disc = ((x - width * 0.55) / (width * 0.22)) ** 2 + ((y - height * 0.5) / (height * 0.35)) ** 2 < 1
    picture[disc] = (230, 120, 40)
    picture[int(height * 0.1) : int(height * 0.25), int(width * 0.05) : int(width * 0.5)] = (30, 60, 210)
    picture += rng.normal(0, 3, picture.shape)
    picture *= brightest / picture.max()
    return Image.fromarray(picture.clip(0, brightest).astype(np.uint8))


def run(name, tensor):
    session = ort.InferenceSession(str(GOLDENS / "stand-ins" / f"{name}.onnx"), providers=["CPUExecutionProvider"])
    return session.run(None, {session.get_inputs()[0].name: tensor})[0]


def rembg(name, image):
    side, (mean, std), kind = RECIPES[name]
    small = np.array(image.convert("RGB").resize((side, side), Image.Resampling.LANCZOS))
    scaled = small / max(np.max(small), 1e-6)
    tensor = ((scaled - mean) / std).transpose(2, 0, 1)[None].astype(np.float32)
    output = run(name, tensor)
    if kind == "classes":
        mask = Image.fromarray(((output.argmax(1)[0] > 0) * 255).astype(np.uint8))
        return mask.resize(image.size, Image.Resampling.LANCZOS)
    prediction = output[:, 0, :, :]
    if kind == "logit":
        prediction = 1 / (1 + np.exp(-prediction))
    low, high = prediction.min(), prediction.max()
    prediction = np.squeeze((prediction - low) / (high - low))
    return Image.fromarray((prediction * 255).astype(np.uint8)).resize(image.size, Image.Resampling.LANCZOS)


def modnet(image, ref=512):
    array = np.array(image.convert("RGB"))
    height, width = array.shape[:2]
    if max(height, width) < ref or min(height, width) > ref:
        if width >= height:
            rh, rw = ref, int(width / height * ref)
        else:
            rh, rw = int(height / width * ref), ref
    else:
        rh, rw = height, width
    rw, rh = rw - rw % 32, rh - rh % 32
    small = cv2.resize(array, (rw, rh), interpolation=cv2.INTER_AREA)
    tensor = ((small.astype(np.float32) - 127.5) / 127.5).transpose(2, 0, 1)[None]
    matte = run("modnet", tensor)[0, 0]
    return Image.fromarray((cv2.resize(matte, (width, height), interpolation=cv2.INTER_AREA) * 255).round().astype(np.uint8))


def main():
    out = GOLDENS / "recipes"
    out.mkdir(parents=True, exist_ok=True)
    scenes = {"bright": scene(340, 230, 255, 1), "dark": scene(117, 171, 141, 2)}
    for label, image in scenes.items():
        image.save(out / f"scene-{label}.png", optimize=True)
        for name in RECIPES:
            rembg(name, image).save(out / f"{name}.{label}.png", optimize=True)
        modnet(image).save(out / f"modnet.{label}.png", optimize=True)


if __name__ == "__main__":
    main()
