"""The training loop: cosine rate with warm-up, averaged weights, mixed precision, checkpoints that resume."""
import json
import math
import os
import time
from collections.abc import Callable
from pathlib import Path

import torch
from torch import Tensor, nn

from .data.stream import Stream, batches
from .tasks import Task
from .weights import read

WARM_UP = 100
FLOOR = 0.01
"""The last rate, as a share of the first."""
SAVE_SECONDS = 120


class Averaged:
    """Exponential moving average of a network's state; short-sighted at first, so that the start is forgotten."""

    def __init__(self, net: nn.Module) -> None:
        self.state = {name: value.detach().clone() for name, value in net.state_dict().items()}

    @torch.no_grad()
    def update(self, net: nn.Module, iteration: int) -> None:
        keep = min(0.998, (iteration + 1) / (iteration + 20))
        for name, value in net.state_dict().items():
            if value.dtype.is_floating_point:
                self.state[name].mul_(keep).add_(value, alpha=1 - keep)
            else:
                self.state[name].copy_(value)


def rate_at(iteration: int, task: Task) -> float:
    """Linear warm-up, then half a cosine down to FLOOR of the rate."""
    share = min(1.0, iteration / task.iterations)
    cosine = FLOOR + (1 - FLOOR) * 0.5 * (1 + math.cos(math.pi * share))
    return task.rate * min(1.0, (iteration + 1) / WARM_UP) * cosine


def train(task: Task, make_samples: Callable, out: Path, start: Path | None, seed: int = 0, workers: int = 1) -> Path:
    """Trains to the task's last iteration and gives the path of the averaged weights.

    `out/checkpoint.pt` holds network, optimiser, average and iteration; where it is there, training goes on from it, with
    the very samples that were to come next. Clicks are drawn from torch's own generator, which is seeded by the
    iteration: a resumed run sees what an uninterrupted one would, but for what was done since the last checkpoint.
    `start` gives the first weights of a new run. `out/log.jsonl` grows by one line every ten iterations.
    """
    out.mkdir(parents=True, exist_ok=True)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    net = task.net()
    if start:
        begin_from(net, read(start))
    net.to(device, memory_format=torch.channels_last).train()
    optimiser = torch.optim.AdamW(net.parameters(), lr=task.rate, weight_decay=task.decay)
    average, first = Averaged(net), 0
    checkpoint = out / "checkpoint.pt"
    if checkpoint.exists():
        kept = torch.load(checkpoint, map_location=device)
        net.load_state_dict(kept["net"])
        optimiser.load_state_dict(kept["optimiser"])
        average.state, first = kept["average"], kept["iteration"]
    stream = batches(Stream(make_samples, seed), task.batch, first * task.batch, workers)
    smooth, saved = None, time.monotonic()
    with (out / "log.jsonl").open("a") as log:
        for iteration in range(first, task.iterations):
            torch.manual_seed(seed * 1_000_003 + iteration)
            for group in optimiser.param_groups:
                group["lr"] = rate_at(iteration, task)
            batch = [torch.as_tensor(part, device=device) for part in next(stream)]
            with torch.autocast(device, torch.bfloat16):
                loss = task.loss(net, batch, iteration / task.iterations)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            average.update(net, iteration)
            smooth = loss.item() if smooth is None else 0.98 * smooth + 0.02 * loss.item()
            if iteration % 10 == 9:
                print(json.dumps({"iteration": iteration + 1, "loss": round(smooth, 4), "time": round(time.time())}), file=log, flush=True)
            if time.monotonic() - saved > SAVE_SECONDS:
                save(checkpoint, net, optimiser, average, iteration + 1)
                saved = time.monotonic()
    save(checkpoint, net, optimiser, average, task.iterations)
    return write(out / "weights.pt", average.state)


def begin_from(net: nn.Module, weights: dict[str, Tensor]) -> None:
    """Takes over weights, of the whole network or of a part of it; says which parts start anew."""
    missing, unexpected = net.load_state_dict(weights, strict=False)
    if unexpected:
        raise ValueError(f"not of this network: {', '.join(unexpected)}")
    if missing:
        print("starting anew:", ", ".join(sorted({".".join(name.split(".")[:2]) for name in missing})))


def save(path: Path, net: nn.Module, optimiser: torch.optim.Optimizer, average: Averaged, iteration: int) -> None:
    write(path, {"net": net.state_dict(), "optimiser": optimiser.state_dict(), "average": average.state, "iteration": iteration})
    write(path.with_name("weights.pt"), average.state)


def write(path: Path, content: dict[str, Tensor | dict | int]) -> Path:
    """Whole or not at all."""
    part = path.with_suffix(".part")
    torch.save(content, part)
    os.replace(part, path)
    return path
