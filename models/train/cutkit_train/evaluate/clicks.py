"""IoU of the promptable network after simulated clicks and boxes on the held-out pictures.

    python -m cutkit_train.evaluate.clicks --data ../../../shared/data [--weights FILE] [--clicks 20]

The first click falls on the middle of the thing (the point farthest from its border), each further one on the middle of the
largest error, and the answer before it is fed back. `iou1`, `iou3`, `iou5` are of the single mask, as `cutkit segment`
answers; `best1` is the best-scored of the three candidates of the first click, `oracle1` the best of them in truth. A
second row moves every click by a normal error of 3 % of the thing's size; the sides of boxes have one of 5 %. With 20
clicks, `noc85` and `noc90` are the mean numbers of clicks to an IoU of .85 and .90. Without `--weights`, the shipped files.
"""
import argparse
import json
from collections import defaultdict
from pathlib import Path
from typing import Protocol

import cv2
import numpy as np
import onnxruntime as ort
import torch
from PIL import Image

from ..data.light import MEAN, STD
from ..data.packs import VOID, Pack
from ..nets.sam import STRIDE, SamTiny
from ..weights import read
from .users import Noise, drawn_box, iou, next_click, things

MODEL_DIR = Path(__file__).parents[3] / "sam-tiny"
OBJECTS = ("iseg-grabcut", "iseg-bsds", "iseg-voc", "coco")
REPORTED = (1, 3, 5)


class Network(Protocol):
    """Encoder and decoder, arrays in and out, as the ONNX files have them."""

    def embed(self, frame: np.ndarray) -> np.ndarray: ...

    def decode(self, *inputs: np.ndarray) -> tuple[np.ndarray, np.ndarray]: ...


class OfTorch:
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
    NAMES = ("image_embeddings", "point_coords", "point_labels", "mask_input", "has_mask_input")

    def __init__(self, folder: Path) -> None:
        files = (str(folder / f"{role}.onnx") for role in ("encoder", "decoder"))
        self.encoder, self.decoder = (ort.InferenceSession(file, providers=["CPUExecutionProvider"]) for file in files)

    def embed(self, frame: np.ndarray) -> np.ndarray:
        return self.encoder.run(None, {"image": frame})[0]

    def decode(self, *inputs: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        return tuple(self.decoder.run(None, dict(zip(self.NAMES, inputs))))


class Session:
    """One picture, prompted."""

    def __init__(self, network: Network, image: np.ndarray, side: int) -> None:
        height, width = image.shape[:2]
        self.scale = side / max(height, width)
        w, h = (max(1, int(length * self.scale + 0.5)) for length in (width, height))
        frame = np.zeros((3, side, side), np.float32)
        small = np.asarray(Image.fromarray(image).resize((w, h), Image.Resampling.BILINEAR), np.float32)
        frame[:, :h, :w] = ((small / 255 - np.float32(MEAN)) / np.float32(STD)).transpose(2, 0, 1)
        self.network, self.side, self.size, self.content = network, side, (width, height), (w, h)
        self.embedding = network.embed(frame[None])

    def ask(self, points: list, labels: list, mask: np.ndarray | None = None) -> tuple[list[np.ndarray], np.ndarray, np.ndarray]:
        """The four masks at the picture's size, their scores, and the single mask's logits."""
        if 2 not in labels:
            points, labels = [*points, (0, 0)], [*labels, -1]
        coords = np.array([[(x * self.scale, y * self.scale) for x, y in points]], np.float32)
        side = 4 * self.side // STRIDE
        fed = np.zeros((1, 1, side, side), np.float32) if mask is None else mask
        has = np.array([0 if mask is None else 1], np.float32)
        logits, scores = self.network.decode(self.embedding, coords, np.array([labels], np.float32), fed, has)
        return [self.full(plane) > 0 for plane in logits[0]], scores[0], logits[:, :1]

    def full(self, logits: np.ndarray) -> np.ndarray:
        framed = cv2.resize(logits, (self.side, self.side), interpolation=cv2.INTER_LINEAR)
        return cv2.resize(framed[: self.content[1], : self.content[0]], self.size, interpolation=cv2.INTER_LINEAR)


def clicked(session: Session, truth: np.ndarray, void: np.ndarray, most: int, noise: Noise | None) -> dict[str, float]:
    found, logits, points, labels, scores = np.zeros_like(truth), None, [], [], []
    first: dict[str, float] = {}
    for _ in range(most):
        x, y, label = next_click(truth, found, void, noise)
        points.append((x, y))
        labels.append(label)
        masks, predicted, logits = session.ask(points, labels, logits)
        found = masks[0]
        scores.append(iou(found, truth, void))
        if len(scores) == 1:
            candidates = [iou(mask, truth, void) for mask in masks[1:]]
            first = {"best1": candidates[int(predicted[1:].argmax())], "oracle1": max(candidates)}
        if len(scores) >= max(REPORTED) and max(scores) >= 0.9:
            break
    result = {f"iou{n}": scores[n - 1] for n in REPORTED} | first
    if most >= 20:
        reached = lambda goal: next((i + 1 for i, score in enumerate(scores) if score >= goal), most)
        result |= {"noc85": reached(0.85), "noc90": reached(0.9)}
    return result


def evaluate(network: Network, data: Path, side: int, most: int = 5, sources: tuple[str, ...] = ()) -> dict[str, dict[str, float]]:
    """Means by set, and over the things of the object sets (`objects`)."""
    pack = Pack(data / "eval_interactive_dev.tar")
    results: dict[str, list] = defaultdict(list)
    for number, row in enumerate(pack.rows):
        if sources and row["src"] not in sources:
            continue
        session = Session(network, pack.read(row, "image", "RGB"), side)
        labels = pack.labels(row)[0]
        for i in things(labels, VOID):
            truth, void, noise = labels == i, labels == VOID, Noise(number * 1000 + i)
            scores = clicked(session, truth, void, most, None)
            moved = clicked(session, truth, void, max(REPORTED), noise)
            scores |= {f"jittered{n}": moved[f"iou{n}"] for n in REPORTED}
            x0, y0, x1, y1 = drawn_box(truth, noise)
            scores["box"] = iou(session.ask([(x0, y0), (x1, y1)], [2, 3])[0][0], truth, void)
            results[row["src"]].append(scores)
    results["objects"] = [scores for name in OBJECTS for scores in results.get(name, [])]
    return {name: {key: round(float(np.mean([r[key] for r in rows])), 3) for key in rows[0]} for name, rows in results.items() if rows}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", type=Path)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--side", type=int, default=512)
    parser.add_argument("--clicks", type=int, default=5)
    args = parser.parse_args()
    if args.weights:
        net = SamTiny()
        net.load_state_dict(read(args.weights))
        network: Network = OfTorch(net)
    else:
        network = OfOnnx(MODEL_DIR)
    print(json.dumps(evaluate(network, args.data, args.side, args.clicks), indent=2))


if __name__ == "__main__":
    main()
