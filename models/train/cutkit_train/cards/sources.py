"""Where training pictures come from, and under what terms."""
from collections import Counter
from collections.abc import Collection
from pathlib import Path

from ..data.packs import Pack

PACKS = {
    "unet-cutout": ("train_fg", "cutouts", "backgrounds"),
    "sam-tiny": ("train_instances", "train_fg", "cutouts", "backgrounds"),
    "unet-cells": ("train_instances",),
}
ONLY = {"unet-cells": ("dsb2018",)}
"""Sources that a model is limited to."""


def table(model: str, data: Path) -> str:
    """Markdown: each pack's sources, how many pictures of each tag, and the licences that they state."""
    lines = ["| pack | source | pictures | tag | licence as stated |", "|---|---|---|---|---|"]
    for name in PACKS[model]:
        rows = Pack(data / f"{name}.tar").rows
        lines += [f"| {name} | {source} | {count} | {tag} | {licence} |" for source, count, tag, licence in counts(rows, ONLY.get(model))]
    return "\n".join(lines)


def counts(rows: list[dict], only: Collection[str] | None) -> list[tuple[str, int, str, str]]:
    """Source, pictures, tag and licence, in the order of the sources' names."""
    taken = [row for row in rows if only is None or row["src"] in only]
    by = Counter((row["src"], row["tag"]) for row in taken)
    licences: dict[tuple[str, str], Counter] = {}
    for row in taken:
        licences.setdefault((row["src"], row["tag"]), Counter())[row.get("lic") or "not stated"] += 1
    result = []
    for (source, tag), count in sorted(by.items()):
        named = [name.replace("|", "/").replace("\n", " ") for name, _ in licences[source, tag].most_common(3)]
        more = len(licences[source, tag]) - len(named)
        result.append((source, count, tag, "; ".join(named) + (f"; and {more} more" if more > 0 else "")))
    return result
