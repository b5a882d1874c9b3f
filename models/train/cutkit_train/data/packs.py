"""Reads a data pack: an uncompressed tar whose first member, index.jsonl, has one JSON object an item."""
import io
import json
import tarfile
from collections.abc import Collection
from pathlib import Path

import numpy as np
from PIL import Image

VOID = 65535
"""In label maps: neither background nor an object."""


class Pack:
    """Random access to a pack's items. Pictures are decoded on demand. `tags` keeps only items so tagged."""

    def __init__(self, path: Path, tags: Collection[str] | None = None) -> None:
        self.bytes = path.read_bytes()
        with tarfile.open(path, "r:") as tar:
            self.spans = {member.name: (member.offset_data, member.size) for member in tar}
        rows = [json.loads(line) for line in self._raw("index.jsonl").decode().splitlines()]
        self.rows = [row for row in rows if tags is None or row["tag"] in tags]

    def _raw(self, name: str) -> bytes:
        offset, size = self.spans[name]
        return self.bytes[offset : offset + size]

    def read(self, row: dict, role: str, mode: str) -> np.ndarray:
        """One picture of an item (`image`, `alpha`, `rgba`) in a Pillow mode, uint8."""
        return np.array(Image.open(io.BytesIO(self._raw(row[role]))).convert(mode))

    def labels(self, row: dict) -> list[np.ndarray]:
        """An item's label maps, int32: 0 background or unlabelled, 1… objects, VOID neither."""
        maps = [np.array(Image.open(io.BytesIO(self._raw(name)))) for name in row["labels"]]
        return [(m[..., 0] if m.ndim == 3 else m).astype(np.int32) for m in maps]
