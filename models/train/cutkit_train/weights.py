"""Weights between runs: a file of one run, or the shelf in `models/weights`, half precision, one file a part."""
from pathlib import Path

import torch
from torch import Tensor, nn

SHELF = Path(__file__).parents[2] / "weights"


def shelve(net: nn.Module, name: str, shelf: Path = SHELF) -> None:
    """Writes `name.PART.pt` for each direct child of `net`, floats in half precision."""
    shelf.mkdir(exist_ok=True)
    for part, module in net.named_children():
        state = {key: value.half() if value.dtype.is_floating_point else value for key, value in module.state_dict().items()}
        torch.save(state, shelf / f"{name}.{part}.pt")


def read(source: Path) -> dict[str, Tensor]:
    """The weights of a file; or, for `SHELF/name` that is no file, of all its parts."""
    if source.is_file():
        return torch.load(source, map_location="cpu")
    parts = sorted(source.parent.glob(f"{source.name}.*.pt"))
    if not parts:
        raise FileNotFoundError(f"neither a file {source} nor parts {source}.*.pt")
    whole = {}
    for file in parts:
        part = file.name.removeprefix(f"{source.name}.").removesuffix(".pt")
        whole |= {f"{part}.{key}": value for key, value in torch.load(file, map_location="cpu").items()}
    return {key: value.float() if value.dtype == torch.float16 else value for key, value in whole.items()}
