"""Weights between runs: a file of one run, or the shelf in `models/weights`: half precision, in files of some megabytes."""
from pathlib import Path

import torch
from torch import Tensor, nn

SHELF = Path(__file__).parents[2] / "weights"
MOST_BYTES = 8_000_000
"""Of one file on the shelf, but for a single tensor that is larger."""


def shelve(net: nn.Module, name: str, shelf: Path = SHELF) -> None:
    """Writes `name.1.pt`, `name.2.pt`, … in place of what was there, floats in half precision."""
    shelf.mkdir(exist_ok=True)
    for file in shelf.glob(f"{name}.*.pt"):
        file.unlink()
    chunks: list[dict[str, Tensor]] = [{}]
    room = MOST_BYTES
    for key, value in net.state_dict().items():
        kept = value.half() if value.dtype.is_floating_point else value
        if chunks[-1] and kept.nbytes > room:
            chunks.append({})
            room = MOST_BYTES
        chunks[-1][key] = kept.clone()
        room -= kept.nbytes
    for number, chunk in enumerate(chunks, 1):
        torch.save(chunk, shelf / f"{name}.{number}.pt")


TRUNK = "image_encoder.trunk."
"""What the promptable network calls the cut-out network, its trunk."""


def trunk(weights: dict[str, Tensor]) -> dict[str, Tensor]:
    """The cut-out network's weights: as they are, or out of the promptable network's."""
    inner = {name.removeprefix(TRUNK): value for name, value in weights.items() if name.startswith(TRUNK)}
    return inner or weights


def read(source: Path) -> dict[str, Tensor]:
    """The weights of a file; or, for `SHELF/name` that is no file, of all its parts."""
    if source.is_file():
        return torch.load(source, map_location="cpu")
    parts = sorted(source.parent.glob(f"{source.name}.*.pt"))
    if not parts:
        raise FileNotFoundError(f"neither a file {source} nor parts {source}.*.pt")
    whole: dict[str, Tensor] = {}
    for file in parts:
        whole |= torch.load(file, map_location="cpu")
    return {key: value.float() if value.dtype == torch.float16 else value for key, value in whole.items()}
