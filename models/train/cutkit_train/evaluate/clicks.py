"""IoU of the promptable network after simulated clicks and boxes on the held-out pictures.

    python -m cutkit_train.evaluate.clicks --data ../../../shared/data [--weights FILE] [--flip] [--column clean] [--clicks 20]

The first click falls on the middle of the thing (the point farthest from its border), each further one on the middle of the
largest error, and the answer before it is fed back. `iou1`, `iou3`, `iou5` are of the single mask, as `cutkit segment`
answers; `best1` is the best-scored of the three candidates of the first click, `oracle1` the best of them in truth. A
second row moves every click by a normal error of 3 % of the thing's size; the sides of boxes have one of 5 %: `box` is of the
whole picture in one look, `closeup` of what is around the box, as the product answers boxes. With 20 clicks, `noc85` and `noc90` are the mean numbers of clicks to an IoU of .85 and .90. Without `--weights`, the shipped files.
"""
import argparse
import json
from collections import defaultdict
from pathlib import Path

import numpy as np

from ..data.packs import VOID, Pack
from ..export.record import MODELS, note
from ..nets.sam import SamTiny
from ..weights import read
from .close_up import BOX, corners, look
from .session import Network, OfOnnx, OfTorch, Session
from .users import Noise, drawn_box, iou, next_click, things

MODEL_DIR = MODELS / "sam-tiny"
OBJECTS = ("iseg-grabcut", "iseg-bsds", "iseg-voc", "coco")
REPORTED = (1, 3, 5)


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


def evaluate(
    network: Network, data: Path, side: int, most: int = 5, sources: tuple[str, ...] = (), flip: bool = False,
) -> dict[str, dict[str, float]]:
    """Means by set, and over the things of the object sets (`objects`)."""
    pack = Pack(data / "eval_interactive_dev.tar")
    results: dict[str, list] = defaultdict(list)
    for number, row in enumerate(pack.rows):
        if sources and row["src"] not in sources:
            continue
        session = Session(network, pack.read(row, "image", "RGB"), side, flip)
        labels = pack.labels(row)[0]
        for i in things(labels, VOID):
            truth, void, noise = labels == i, labels == VOID, Noise(number * 1000 + i)
            scores = clicked(session, truth, void, most, None)
            moved = clicked(session, truth, void, max(REPORTED), noise)
            scores |= {f"jittered{n}": moved[f"iou{n}"] for n in REPORTED}
            box = drawn_box(truth, noise)
            scores["box"] = iou(session.ask(corners(box), BOX)[0][0], truth, void)
            scores["closeup"] = iou(look(session, box), truth, void)
            results[row["src"]].append(scores)
    results["objects"] = [scores for name in OBJECTS for scores in results.get(name, [])]
    return {name: {key: round(float(np.mean([r[key] for r in rows])), 3) for key in rows[0]} for name, rows in results.items() if rows}


def scores_of(sets: dict[str, dict[str, float]]) -> dict[str, float]:
    """The sets that a manifest tells of, flat."""
    chosen = {"objects": sets["objects"], "bsds500": sets["bsds500"], "nuclei": sets["dsb2018"]}
    return {f"{name}_{key}": value for name, scores in chosen.items() for key, value in scores.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", type=Path)
    parser.add_argument("--column", help="keep the scores in models/sam-tiny/evaluation.json under this name")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--side", type=int, default=512)
    parser.add_argument("--clicks", type=int, default=5)
    parser.add_argument("--flip", action="store_true", help="as `--flip` answers: the mean of the picture and its mirror image")
    args = parser.parse_args()
    if args.weights:
        net = SamTiny()
        net.load_state_dict(read(args.weights))
        network: Network = OfTorch(net)
    else:
        network = OfOnnx(MODEL_DIR)
    sets = evaluate(network, args.data, args.side, args.clicks, flip=args.flip)
    if args.column:
        note(MODEL_DIR.name, args.column, scores_of(sets))
    print(json.dumps(sets, indent=2))


if __name__ == "__main__":
    main()
