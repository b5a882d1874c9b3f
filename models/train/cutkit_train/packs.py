"""Reads a data pack: an uncompressed tar whose first member, index.jsonl, has one JSON object an item."""
import io
import json
import tarfile
from pathlib import Path

import numpy as np
from PIL import Image


class Pack:
    """Random access to a pack's items. Pictures are decoded on demand."""

    def __init__(self, path: Path) -> None:
        self.bytes = path.read_bytes()
        with tarfile.open(path, "r:") as tar:
            self.spans = {member.name: (member.offset_data, member.size) for member in tar}
        self.rows = [json.loads(line) for line in self._raw("index.jsonl").decode().splitlines()]

    def _raw(self, name: str) -> bytes:
        offset, size = self.spans[name]
        return self.bytes[offset : offset + size]

    def read(self, row: dict, role: str, mode: str) -> np.ndarray:
        """One picture of an item (`image`, `alpha`, `rgba`) in a Pillow mode, uint8."""
        return np.array(Image.open(io.BytesIO(self._raw(row[role]))).convert(mode))
