"""Scores of every version that was ever shipped, from `tests/evaluate/scores.jsonl` to `models/scores.svg`.

    python -m cutkit_train.cards.plot
"""
import json
from pathlib import Path

import matplotlib

matplotlib.use("svg")
import matplotlib.pyplot as plt

from ..export.record import MODELS

SCORES = Path(__file__).parents[4] / "tests" / "evaluate" / "scores.jsonl"
SHOWN = {
    "unet-cutout": {"ecssd_maxf": ("maxF, ECSSD", 0.82), "people_iou": ("IoU, people", 0.80)},
    "sam-tiny": {
        "objects_iou1": ("objects, 1 click", 0.55), "objects_iou5": ("objects, 5 clicks", 0.75), "objects_closeup": ("objects, box", 0.75),
        "objects_box": ("objects, box in one look", 0.75),
        "bsds500_iou1": ("regions, 1 click", 0.50), "nuclei_iou1": ("nuclei, 1 click", 0.65),
    },
    "unet-cells": {"nuclei_iou": ("IoU", 0.85), "nuclei_f1_50": ("F1 at .5", 0.85)},
}  # fmt: skip
"""What is drawn of each model, with the goal as a dashed line."""


def main() -> None:
    rows = [json.loads(line) for line in SCORES.read_text().splitlines()]
    matplotlib.rcParams |= {"svg.hashsalt": "cutkit", "svg.fonttype": "none"}
    figure, axes = plt.subplots(1, len(SHOWN), figsize=(12, 3.6), sharey=True, layout="constrained")
    for axis, (model, shown) in zip(axes, SHOWN.items()):
        versions = [row for row in rows if row["id"] == model]
        for number, (key, (label, goal)) in enumerate(shown.items()):
            known = [(at + 1, row[key]) for at, row in enumerate(versions) if key in row]
            axis.plot(*zip(*known), "o-", color=f"C{number}", label=label)
            axis.axhline(goal, color=f"C{number}", linestyle="--", linewidth=0.7)
        axis.set(title=model, xlabel="version", xticks=range(1, len(versions) + 1), ylim=(0, 1))
        axis.legend(fontsize=8, loc="lower right")
    figure.savefig(MODELS / "scores.svg", metadata={"Date": None, "Title": "Scores of every version of the embedded models"})


if __name__ == "__main__":
    main()
