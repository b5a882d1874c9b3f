"""Pictures that are in a training pack and, nearly, in a held-out one.

    python -m cutkit_train.cards.duplicates --data ../../../shared/data

Each picture is reduced to 16x16 grey values of mean 0 and length 1, and so is its mirror image; two are near-duplicates when
their product is above 0.97. Prints one line a pair, then a count; exits with 1 when there are any.
"""
import argparse
from pathlib import Path

import cv2
import numpy as np

from ..data.packs import Pack

SIDE, LEAST = 16, 0.97
PACKS = {"train_fg": "image", "train_instances": "image", "backgrounds": "image", "eval_fg_dev": "image", "eval_interactive_dev": "image"}


def fingerprint(image: np.ndarray) -> np.ndarray:
    grey = cv2.resize(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), (SIDE, SIDE), interpolation=cv2.INTER_AREA).astype(np.float32)
    grey -= grey.mean()
    return (grey / (np.linalg.norm(grey) + 1e-6)).ravel()


def fingerprints(data: Path, name: str) -> tuple[list[str], np.ndarray]:
    pack = Pack(data / f"{name}.tar")
    return [row["id"] for row in pack.rows], np.stack([fingerprint(pack.read(row, PACKS[name], "RGB")) for row in pack.rows])


def pairs(data: Path) -> list[tuple[str, str, float]]:
    """Held-out and training picture, and how alike they are."""
    prints = {name: fingerprints(data, name) for name in PACKS}
    found = []
    for held_out in (name for name in PACKS if name.startswith("eval")):
        ids, ours = prints[held_out]
        mirrored = ours.reshape(-1, SIDE, SIDE)[:, :, ::-1].reshape(len(ours), -1)
        for train in (name for name in PACKS if not name.startswith("eval")):
            others, theirs = prints[train]
            alike = np.maximum(ours @ theirs.T, mirrored @ theirs.T)
            found += [(ids[i], others[j], float(alike[i, j])) for i, j in np.argwhere(alike > LEAST)]
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    found = pairs(parser.parse_args().data)
    for held_out, train, alike in found:
        print(f"{held_out}  {train}  {alike:.3f}")
    print(f"{len(found)} pairs")
    raise SystemExit(1 if found else 0)


if __name__ == "__main__":
    main()
