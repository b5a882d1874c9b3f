"""IoU of the promptable network after simulated clicks and boxes on the held-out pictures.

    python -m cutkit_train.evaluate_clicks --weights weights.pt --data ../../../shared/data [--side 512]

The first click falls on the middle of the thing (the point farthest from its border), each further one on the middle of the
largest error. One click is answered by the best-scored of three candidates; then the single mask refines itself. A second
row moves every click by a normal error of 3 % of the thing's size. Boxes have a normal error of 5 % of their size.
"""
import argparse
import json
from collections import defaultdict
from pathlib import Path

import cv2
import numpy as np
import torch

from .data.augment import resize
from .data.cutout_samples import normalise
from .data.packs import VOID, Pack
from .nets.sam import SamTiny
from .weights import read

CLICKS = 5
MOST_PER_PICTURE = 4
LEAST = 0.002
"""Share of the picture below which a region is not asked for."""


def middle(region: np.ndarray) -> tuple[int, int]:
    """The pixel of a region that is farthest from its border, x and y."""
    distance = cv2.distanceTransform(np.pad(region.astype(np.uint8), 1), cv2.DIST_L2, 5)[1:-1, 1:-1]
    y, x = np.unravel_index(distance.argmax(), distance.shape)
    return int(x), int(y)


def largest(region: np.ndarray) -> np.ndarray:
    """The largest connected part of a region."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(region.astype(np.uint8), connectivity=8)
    return labels == 1 + stats[1:, cv2.CC_STAT_AREA].argmax() if count > 1 else region


class Session:
    """One picture, prompted."""

    def __init__(self, net: SamTiny, image: np.ndarray, side: int) -> None:
        height, width = image.shape[:2]
        self.scale = side / max(height, width)
        w, h = max(1, int(width * self.scale + 0.5)), max(1, int(height * self.scale + 0.5))
        frame = np.zeros((3, side, side), np.float32)
        frame[:, :h, :w] = normalise(resize(image.astype(np.float32), w, h))
        self.net, self.side, self.size, self.content = net, side, (width, height), (w, h)
        self.embedding = net.image_encoder(torch.from_numpy(frame)[None])

    def ask(self, points: list, labels: list, mask: torch.Tensor | None, multimask: bool) -> tuple[np.ndarray, torch.Tensor]:
        if 2 not in labels:
            points, labels = [*points, (0, 0)], [*labels, -1]
        coords = torch.tensor([[(x * self.scale, y * self.scale) for x, y in points]], dtype=torch.float32)
        fed = torch.zeros(1, 1, self.side // 2, self.side // 2) if mask is None else mask
        has = torch.tensor([0.0 if mask is None else 1.0])
        logits, scores = self.net.decode(self.embedding, coords, torch.tensor([labels], dtype=torch.float32), fed, has)
        best = 1 + int(scores[0, 1:].argmax()) if multimask else 0
        chosen = logits[:, best : best + 1]
        full = cv2.resize(chosen[0, 0].numpy(), (self.side, self.side), interpolation=cv2.INTER_LINEAR)
        full = cv2.resize(full[: self.content[1], : self.content[0]], self.size, interpolation=cv2.INTER_LINEAR)
        return full > 0, chosen.clamp(-16, 16)


def iou(a: np.ndarray, b: np.ndarray, void: np.ndarray) -> float:
    return float((a & b & ~void).sum() / max(1, ((a | b) & ~void).sum()))


def clicks(session: Session, truth: np.ndarray, void: np.ndarray, jitter: float, rng: np.random.Generator) -> list[float]:
    found, logits, points, labels, scores = np.zeros_like(truth), None, [], [], []
    for _ in range(CLICKS):
        missed, extra = largest(truth & ~found & ~void), largest(found & ~truth & ~void)
        subject = missed.sum() >= extra.sum()
        x, y = middle(missed if subject else extra)
        if jitter:
            spread = jitter * np.sqrt(truth.sum())
            x = int(np.clip(x + rng.normal(0, spread), 0, truth.shape[1] - 1))
            y = int(np.clip(y + rng.normal(0, spread), 0, truth.shape[0] - 1))
            subject = bool(truth[y, x])
        points.append((x, y))
        labels.append(1 if subject else 0)
        found, logits = session.ask(points, labels, logits, multimask=len(points) == 1)
        scores.append(iou(found, truth, void))
    return scores


def box(session: Session, truth: np.ndarray, void: np.ndarray, rng: np.random.Generator) -> float:
    ys, xs = np.nonzero(truth)
    sides = np.array([xs.min(), ys.min(), xs.max() + 1, ys.max() + 1], np.float32)
    error = rng.normal(0, 0.05, 4) * np.array([sides[2] - sides[0], sides[3] - sides[1]] * 2)
    x0, y0, x1, y1 = sides + error
    found, _ = session.ask([(x0, y0), (x1, y1)], [2, 3], None, multimask=False)
    return iou(found, truth, void)


@torch.no_grad()
def evaluate(net: SamTiny, data: Path, side: int) -> dict[str, dict[str, float]]:
    """Mean IoU by set and over the object sets, keyed `iou1`, `iou3`, `iou5`, the same `jittered`, and `box`."""
    pack, rng = Pack(data / "eval_interactive_dev.tar"), np.random.default_rng(0)
    results: dict[str, list] = defaultdict(list)
    for row in pack.rows:
        session = Session(net, pack.read(row, "image", "RGB"), side)
        labels = pack.labels(row)[0]
        ids, sizes = np.unique(labels, return_counts=True)
        fit = [int(i) for i, size in zip(ids, sizes) if 0 < i < VOID and size > LEAST * labels.size]
        for i in rng.permutation(fit)[:MOST_PER_PICTURE]:
            truth, void = labels == i, labels == VOID
            exact, jittered = (clicks(session, truth, void, jitter, rng) for jitter in (0, 0.03))
            scores = {f"iou{n}": exact[n - 1] for n in (1, 3, 5)} | {f"jittered{n}": jittered[n - 1] for n in (1, 3, 5)}
            results[row["src"]].append(scores | {"box": box(session, truth, void, rng)})
    objects = ("iseg-grabcut", "iseg-bsds", "iseg-voc", "coco")
    results["objects"] = [scores for name in objects for scores in results[name]]
    return {name: {key: round(float(np.mean([r[key] for r in rows])), 3) for key in rows[0]} for name, rows in results.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--side", type=int, default=512)
    args = parser.parse_args()
    net = SamTiny()
    net.load_state_dict(read(args.weights))
    print(json.dumps(evaluate(net.eval(), args.data, args.side), indent=2))


if __name__ == "__main__":
    main()
