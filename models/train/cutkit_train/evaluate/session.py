"""Pictures asked as a person asks them, in PyTorch or through the files that ship."""
from pathlib import Path
from typing import Protocol

import cv2
import numpy as np
import onnxruntime as ort
import torch
from PIL import Image

from ..data.light import MEAN, STD
from ..nets.sam import STRIDE, SamTiny


class Network(Protocol):
    """Encoder and decoder, arrays in and out, as the ONNX files have them."""

    def embed(self, frame: np.ndarray) -> np.ndarray: ...

    def decode(self, *inputs: np.ndarray) -> tuple[np.ndarray, np.ndarray]: ...


class OfTorch:
    """The PyTorch network."""

    def __init__(self, net: SamTiny) -> None:
        self.net = net.eval()

    @torch.no_grad()
    def embed(self, frame: np.ndarray) -> np.ndarray:
        return self.net.image_encoder(torch.from_numpy(frame)).numpy()

    @torch.no_grad()
    def decode(self, *inputs: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        logits, scores = self.net.decode(*(torch.from_numpy(value) for value in inputs))
        return logits.numpy(), scores.numpy()


class OfOnnx:
    """The two files of a folder."""

    NAMES = ("image_embeddings", "point_coords", "point_labels", "mask_input", "has_mask_input")

    def __init__(self, folder: Path) -> None:
        files = (str(folder / f"{role}.onnx") for role in ("encoder", "decoder"))
        self.encoder, self.decoder = (ort.InferenceSession(file, providers=["CPUExecutionProvider"]) for file in files)

    def embed(self, frame: np.ndarray) -> np.ndarray:
        return self.encoder.run(None, {"image": frame})[0]

    def decode(self, *inputs: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        return tuple(self.decoder.run(None, dict(zip(self.NAMES, inputs))))


class Session:
    """One picture, prompted. With `flip` also as a mirror shows it: the answer is the mean of both, as `withFlip` of the core."""

    def __init__(self, network: Network, image: np.ndarray, side: int, flip: bool = False) -> None:
        height, width = image.shape[:2]
        self.scale = side / max(height, width)
        w, h = (max(1, int(length * self.scale + 0.5)) for length in (width, height))
        frame = np.zeros((3, side, side), np.float32)
        small = np.asarray(Image.fromarray(image).resize((w, h), Image.Resampling.BILINEAR), np.float32)
        frame[:, :h, :w] = ((small / 255 - np.float32(MEAN)) / np.float32(STD)).transpose(2, 0, 1)
        self.image, self.network, self.side, self.flip = image, network, side, flip
        self.size, self.content = (width, height), (w, h)
        self.embedding = network.embed(frame[None])
        self.flipped = Session(network, np.ascontiguousarray(image[:, ::-1]), side) if flip else None

    def ask(self, points: list, labels: list, mask: np.ndarray | None = None) -> tuple[list[np.ndarray], np.ndarray, np.ndarray]:
        """The four masks at the picture's size, their scores, and the single mask's logits."""
        if 2 not in labels:
            points, labels = [*points, (0, 0)], [*labels, -1]
        coords = np.array([[(x * self.scale, y * self.scale) for x, y in points]], np.float32)
        logits, scores = self.decode(coords, np.array([labels], np.float32), mask)
        return [self.full(plane) > 0 for plane in logits[0]], scores[0], logits[:, :1]

    def decode(self, coords: np.ndarray, labels: np.ndarray, mask: np.ndarray | None) -> tuple[np.ndarray, np.ndarray]:
        side = 4 * self.side // STRIDE
        fed = np.zeros((1, 1, side, side), np.float32) if mask is None else mask
        has = np.array([0 if mask is None else 1], np.float32)
        logits, scores = self.network.decode(self.embedding, coords, labels, fed, has)
        if self.flipped is None:
            return logits, scores
        width = self.content[0]
        turn = lambda planes: turned(planes, width * side / self.side)
        across = coords.copy()
        across[..., 0] = width - 1 - coords[..., 0]
        if 2 in labels:
            first, last = (int(np.flatnonzero(labels[0] == corner)[0]) for corner in (2, 3))
            across[0, [first, last], 0] = across[0, [last, first], 0]
        other, others = self.flipped.decode(across, labels, None if mask is None else turn(mask))
        return (logits + turn(other)) / 2, (scores + others) / 2

    def full(self, logits: np.ndarray) -> np.ndarray:
        framed = cv2.resize(logits, (self.side, self.side), interpolation=cv2.INTER_LINEAR)
        return cv2.resize(framed[: self.content[1], : self.content[0]], self.size, interpolation=cv2.INTER_LINEAR)


def turned(planes: np.ndarray, width: float) -> np.ndarray:
    """Planes of logits as a mirror shows the `width` columns that the picture fills; a column that falls between two is their mean
    by distance.
    """
    at = np.clip(width - 1 - np.arange(planes.shape[-1]), 0, planes.shape[-1] - 1)
    left = np.floor(at).astype(int)
    part = (at - left).astype(np.float32)
    return planes[..., left] * (1 - part) + planes[..., np.minimum(left + 1, planes.shape[-1] - 1)] * part
