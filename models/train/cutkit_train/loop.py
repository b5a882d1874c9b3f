"""The training loop: cosine rate with warm-up, averaged weights, mixed precision, checkpoints that resume."""
import json
import math
import os
import time
from pathlib import Path

import torch
from torch import Tensor, nn

from .tasks import Tags, Task
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
        pairs = [(self.state[name], value) for name, value in net.state_dict().items()]
        floats = [pair for pair in pairs if pair[1].dtype.is_floating_point]
        torch._foreach_lerp_(*map(list, zip(*floats)), 1 - keep)
        for kept, value in pairs:
            if not value.dtype.is_floating_point:
                kept.copy_(value)


class Clock:
    """How much of a training is done: by iterations; or, where `minutes` are given, by the time that has passed, so that it
    ends in time on any machine. The latter cannot be repeated to the bit.
    """

    def __init__(self, iterations: int, minutes: float | None, passed: float = 0) -> None:
        self.iterations, self.seconds, self.began = iterations, (minutes or 0) * 60, time.monotonic() - passed

    def passed(self) -> float:
        """Seconds of training so far."""
        return time.monotonic() - self.began

    def share(self, iteration: int) -> float:
        return min(1.0, self.passed() / self.seconds if self.seconds else iteration / self.iterations)


def rate_at(iteration: int, share: float, task: Task) -> float:
    """Linear warm-up, then half a cosine down to FLOOR of the rate."""
    cosine = FLOOR + (1 - FLOOR) * 0.5 * (1 + math.cos(math.pi * share))
    return task.rate * min(1.0, (iteration + 1) / WARM_UP) * cosine


def train(
    task: Task, data: Path, tags: Tags, out: Path, start: Path | None = None, seed: int = 0, minutes: float | None = None,
    steady: bool = False,
) -> Path:
    """Trains to the task's last iteration, or for `minutes`, and gives the path of the averaged weights.

    `out/checkpoint.pt` holds network, optimiser, average and iteration; where it is there, training goes on from it, with
    the very samples that were to come next: what is drawn comes from generators that are seeded by the iteration. A resumed
    run sees what an uninterrupted one would, but for what was done since the last checkpoint. `start` gives the first
    weights of a new run. `steady` keeps BatchNorms as they are: for a last training in small batches. `out/log.jsonl` grows by one line every ten iterations.
    """
    out.mkdir(parents=True, exist_ok=True)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    torch.backends.cudnn.benchmark = True
    net = task.net()
    if start:
        begin_from(net, read(start))
    net.to(device, memory_format=torch.channels_last).train(not steady)
    optimiser = torch.optim.AdamW(net.parameters(), lr=task.rate, weight_decay=task.decay, fused=device == "cuda")
    average, first, passed = Averaged(net), 0, 0.0
    checkpoint = out / "checkpoint.pt"
    if checkpoint.exists():
        kept = torch.load(checkpoint, map_location=device)
        net.load_state_dict(kept["net"])
        optimiser.load_state_dict(kept["optimiser"])
        average.state, first, passed = kept["average"], kept["iteration"], kept["passed"]
    # Made before the default device changes: some streams fork workers, which must not touch it.
    stream = task.batches(task, data, tags, seed, first)

    def draw(iteration: int) -> list[Tensor]:
        torch.manual_seed(seed * 1_000_003 + iteration)
        return [torch.as_tensor(part, device=device) for part in next(stream)]

    with (out / "log.jsonl").open("a") as log, torch.device(device):
        iteration, batch, smooth = first, draw(first), None
        # Only now: the first batch waits for all pictures to be decoded.
        clock, saved = Clock(task.iterations, minutes, passed), time.monotonic()
        while (share := clock.share(iteration)) < 1:
            for group in optimiser.param_groups:
                group["lr"] = rate_at(iteration, share, task)
            with torch.autocast(device, torch.bfloat16):
                loss = task.loss(net, batch, share)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            average.update(net, iteration)
            smooth = loss.detach() if smooth is None else torch.lerp(smooth, loss.detach(), 0.02)
            iteration += 1
            if iteration % 10 == 0:
                line = {"iteration": iteration, "loss": round(smooth.item(), 4), "time": round(time.time())}
                print(json.dumps(line), file=log, flush=True)
            if time.monotonic() - saved > SAVE_SECONDS:
                save(checkpoint, net, optimiser, average, iteration, clock.passed())
                saved = time.monotonic()
            batch = draw(iteration)
    save(checkpoint, net, optimiser, average, iteration, clock.passed())
    return write(out / "weights.pt", average.state)


def begin_from(net: nn.Module, weights: dict[str, Tensor]) -> None:
    """Takes over weights, of the whole network or of a part of it; says which parts start anew."""
    missing, unexpected = net.load_state_dict(weights, strict=False)
    if unexpected:
        raise ValueError(f"not of this network: {', '.join(unexpected)}")
    if missing:
        print("starting anew:", ", ".join(sorted({".".join(name.split(".")[:2]) for name in missing})))


def save(path: Path, net: nn.Module, optimiser: torch.optim.Optimizer, average: Averaged, iteration: int, passed: float) -> None:
    content = {"net": net.state_dict(), "optimiser": optimiser.state_dict(), "average": average.state}
    write(path, content | {"iteration": iteration, "passed": passed})
    write(path.with_name("weights.pt"), average.state)


def write(path: Path, content: dict[str, Tensor | dict | float]) -> Path:
    """Whole or not at all."""
    part = path.with_suffix(".part")
    torch.save(content, part)
    os.replace(part, path)
    return path
