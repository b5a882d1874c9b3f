"""Augmentation of a picture together with its masks. Pictures are float32 RGB 0-255, masks float32 0-1 or int32 labels.

Every function takes a NumPy generator, so that one seed gives one sample.
"""
import cv2
import numpy as np
from numpy.random import Generator

cv2.setNumThreads(1)


def random_crop(rng: Generator, image: np.ndarray, mask: np.ndarray, least: float = 0.65) -> tuple[np.ndarray, np.ndarray]:
    """A crop of `least` to 1 of each side; the sides differ by up to 15 %."""
    height, width = mask.shape[:2]
    scale = rng.uniform(least, 1)
    h = max(8, int(height * scale))
    w = max(8, int(width * scale * rng.uniform(0.85, 1)))
    y, x = rng.integers(0, height - h + 1), rng.integers(0, width - w + 1)
    return image[y : y + h, x : x + w], mask[y : y + h, x : x + w]


def warp(rng: Generator, image: np.ndarray, mask: np.ndarray, degrees: float, elastic: float = 0) -> tuple[np.ndarray, np.ndarray]:
    """Rotation, slight enlargement, and an elastic field of `elastic` (share of the side) on a 5x5 grid."""
    height, width = mask.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), rng.uniform(-degrees, degrees), rng.uniform(1, 1.2))
    inverse = cv2.invertAffineTransform(turn).astype(np.float32)
    y, x = np.mgrid[:height, :width].astype(np.float32)
    map_x = inverse[0, 0] * x + inverse[0, 1] * y + inverse[0, 2]
    map_y = inverse[1, 0] * x + inverse[1, 1] * y + inverse[1, 2]
    if elastic > 0:
        for field in (map_x, map_y):
            coarse = rng.standard_normal((5, 5)).astype(np.float32) * (elastic * max(height, width))
            field += cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC)
    of_mask = cv2.INTER_NEAREST if mask.dtype == np.int32 else cv2.INTER_LINEAR
    as_float = mask.astype(np.float32)
    moved = cv2.remap(as_float, map_x, map_y, of_mask, borderMode=cv2.BORDER_REFLECT)
    return cv2.remap(image, map_x, map_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT), moved.astype(mask.dtype)


def photometric(rng: Generator, image: np.ndarray) -> np.ndarray:
    """Brightness, contrast, tint, grey, blur and grain, as cameras and screens differ. Gives 0-255."""
    image = image * rng.uniform(0.7, 1.3) + rng.uniform(-25, 25)
    if rng.random() < 0.3:
        image = image * rng.uniform(0.85, 1.15, (1, 1, 3))
    if rng.random() < 0.08:
        image = image.mean(2, keepdims=True).repeat(3, 2)
    if rng.random() < 0.15:
        image = cv2.GaussianBlur(image.astype(np.float32), (0, 0), rng.uniform(0.3, 1.2))
    if rng.random() < 0.2:
        image = image + rng.standard_normal(image.shape) * rng.uniform(0, 10)
    return image.clip(0, 255).astype(np.float32)


def resize(image: np.ndarray, width: int, height: int) -> np.ndarray:
    """Antialiased where it shrinks."""
    shrinks = width < image.shape[1] or height < image.shape[0]
    return cv2.resize(image, (width, height), interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR)


def paste(rng: Generator, image: np.ndarray, alpha: np.ndarray, rgba: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Lays a cut-out (float32 RGB 0-255 and alpha 0-1) over a square picture, turned, scaled, flipped, its edge softened by
    0-1.5 px so that no paste artefact gives it away. Returns the picture, the joint alpha, and what of it is the new one's.
    """
    side = image.shape[0]
    height, width = rgba.shape[:2]
    scale = rng.uniform(0.35, 0.95) * side / max(height, width)
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), rng.uniform(-25, 25) if rng.random() < 0.5 else 0, scale)
    turn[:, 2] += side / 2 - np.array([width, height]) / 2 + rng.uniform(-0.22, 0.22, 2) * side
    layer = np.dstack([rgba[..., :3] * rgba[..., 3:], rgba[..., 3]]).astype(np.float32)
    layer = cv2.warpAffine(layer, turn, (side, side), flags=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    if (softness := rng.uniform(0, 1.5)) > 0.2:
        layer = cv2.GaussianBlur(layer, (0, 0), softness / 2)
    if rng.random() < 0.5:
        layer = layer[:, ::-1]
    cover = layer[..., 3].clip(0, 1)
    return image * (1 - cover[..., None]) + layer[..., :3], np.maximum(alpha, cover), cover
