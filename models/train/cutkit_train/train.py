"""Trains a model, or goes on where an earlier run of the same folder stopped.

    python -m cutkit_train.train sam-tiny --data ../../../shared/data --out runs/sam-tiny

`--from FILE.pt`, or `--from ../weights/sam-tiny`, starts from other weights, `--side` trains at another size (start small, finish at the size of use),
`--clean` takes permissively licensed pictures only.
"""
import argparse
from dataclasses import replace
from pathlib import Path

from .loop import train
from .tasks import PERMISSIVE, TASKS


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", choices=TASKS)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--from", dest="start", type=Path)
    parser.add_argument("--side", type=int)
    parser.add_argument("--batch", type=int)
    parser.add_argument("--rate", type=float)
    parser.add_argument("--iterations", type=int)
    parser.add_argument("--minutes", type=float, help="train for this long instead")
    parser.add_argument("--clean", action="store_true")
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    given = {name: value for name in ("side", "batch", "rate", "iterations") if (value := getattr(args, name)) is not None}
    task = replace(TASKS[args.model], **given)
    tags = PERMISSIVE if args.clean else None
    print(train(task, args.data, tags, args.out, args.start, args.seed, args.minutes))


if __name__ == "__main__":
    main()
