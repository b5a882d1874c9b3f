"""Samples show what they say: views lie where they should, label maps are read right, every kind of batch can be drawn."""
import io
import json
import tarfile

import numpy as np
import pytest
import torch
from PIL import Image

from cutkit_train.data.click_samples import things
from cutkit_train.data.packs import VOID
from cutkit_train.data.scenes import over
from cutkit_train.data.store import Chance, Pictures, numbered
from cutkit_train.data.view import reflected, sample, view
from cutkit_train.loop import Clock, rate_at
from cutkit_train.tasks import TASKS, photo_loss
from cutkit_train.weights import TRUNK, trunk


def whole(side: int, size: tuple[int, int], mirrored: bool = False):
    """The view of a whole picture, stretched to a square."""
    width, height = size
    centre = torch.tensor([[width / 2, height / 2]])
    step = torch.tensor([[width / side, height / side]])
    return view(side, torch.full((1, 2), side / 2), centre, step, torch.zeros(1), torch.tensor([mirrored]))


def test_a_view_of_the_whole_is_the_picture():
    picture = np.random.default_rng(0).integers(0, 256, (8, 8, 3), np.uint8)
    pictures = Pictures([picture, np.zeros((12, 10, 3), np.uint8)])
    seen = sample(pictures, torch.tensor([0]), whole(8, (8, 8)))
    assert torch.allclose(seen[0], torch.from_numpy(picture).permute(2, 0, 1).float(), atol=1e-2)
    flipped = sample(pictures, torch.tensor([0]), whole(8, (8, 8), mirrored=True))
    assert torch.allclose(flipped, seen.flip(3), atol=1e-2)


def test_beyond_the_border_a_picture_is_mirrored():
    row = np.arange(4, dtype=np.uint8)[None, :, None].repeat(4, 0)
    pictures = Pictures([row])
    wide = view(8, torch.full((1, 2), 4.0), torch.full((1, 2), 2.0), torch.ones(1, 2), torch.zeros(1), torch.tensor([False]))
    seen = sample(pictures, torch.tensor([0]), reflected(wide, pictures.sizes[:1]))
    assert seen[0, 0, 4].round().tolist() == [1, 0, 0, 1, 2, 3, 3, 2]


def test_label_maps_become_bytes():
    labels = np.array([[0, 7, 900], [VOID, 7, 3]])
    assert numbered(labels)[..., 0].tolist() == [[0, 2, 3], [0, 2, 1]]
    assert numbered(np.arange(400)[None] + 1).max() == 255


def test_things_are_whole_regions_and_come_again():
    torch.manual_seed(0)
    labels = torch.zeros(2, 20, 20)
    labels[0, 2:8, 2:8], labels[0, 12:18, 12:18] = 1, 2
    masks = things(labels, 3)
    assert masks[0].sum((1, 2)).tolist() == [36, 36, 36]
    assert torch.equal(masks[0, 0], masks[0, 2]) and not torch.equal(masks[0, 0], masks[0, 1])
    assert masks[1].sum() == 0


def test_what_is_laid_over_covers():
    image, alpha = torch.full((1, 3, 2, 2), 100.0), torch.zeros(1, 1, 2, 2)
    layer = torch.zeros(1, 4, 2, 2)
    layer[0, :, 0, 0] = torch.tensor([50.0, 50, 50, 127.5])
    seen, joint = over(image, alpha, layer)
    assert seen[0, 0].tolist() == [[100.0, 100.0], [100.0, 100.0]] and joint[0, 0].tolist() == [[0.5, 0.0], [0.0, 0.0]]


def test_chances_are_kept():
    torch.manual_seed(0)
    drawn = Chance([1, 0, 3])(4000)
    assert (drawn == 1).sum() == 0 and (drawn == 2).float().mean().item() == pytest.approx(0.75, abs=0.03)


def pack(path, items: list[dict], files: dict[str, np.ndarray]) -> None:
    with tarfile.open(path, "w:") as tar:
        def add(name: str, content: bytes) -> None:
            info = tarfile.TarInfo(name)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))

        add("index.jsonl", "\n".join(json.dumps(item) for item in items).encode())
        for name, array in files.items():
            stream = io.BytesIO()
            Image.fromarray(array).save(stream, "PNG")
            add(name, stream.getvalue())


@pytest.fixture
def data(tmp_path):
    rng = np.random.default_rng(1)
    colour = lambda *shape: rng.integers(0, 256, shape, np.uint8)
    square = np.zeros((40, 30), np.uint8)
    square[8:30, 6:24] = 255
    tagged = {"tag": "permissive", "lic": "CC0"}
    pack(tmp_path / "train_fg.tar", [{"id": "a", "src": "s", "image": "a.png", "alpha": "m.png"} | tagged], {"a.png": colour(40, 30, 3), "m.png": square})
    items = [{"id": "b", "src": "coco", "image": "b.png", "labels": ["l.png", "k.png"]} | tagged]
    pack(tmp_path / "train_instances.tar", items, {"b.png": colour(40, 30, 3), "l.png": square // 255, "k.png": square // 85})
    pack(tmp_path / "cutouts.tar", [{"id": "c", "src": "render", "rgba": "c.png"} | tagged], {"c.png": np.dstack([colour(40, 30, 3), square])})
    pack(tmp_path / "backgrounds.tar", [{"id": "d", "src": "rooms", "image": "d.png"} | tagged], {"d.png": colour(30, 40, 3)})
    return tmp_path


def test_both_photo_models_learn_from_one_batch(data):
    torch.manual_seed(0)
    task = TASKS["sam-tiny"]
    task = type(task)(task.net, task.batches, task.loss, side=128, batch=12, rate=1e-3, iterations=1)
    batch = next(task.batches(task, data, None, 0, 0))
    assert [list(part.shape) for part in batch] == [[8, 3, 64, 64], [8, 3, 64, 64], [4, 3, 64, 64], [4, 1, 64, 64]]
    assert batch[1].amax((2, 3)).max() == 1 and 0 <= batch[3].min() and batch[3].max() < 1.001
    net = task.net()
    photo_loss(net, batch, 0.0).backward()
    assert all(p.grad is not None for name, p in net.named_parameters() if name.startswith(TRUNK))
    assert trunk(net.state_dict()).keys() == TASKS["unet-cutout"].net().state_dict().keys()


def test_samples_depend_on_the_seed_alone(data):
    task = TASKS["unet-cutout"]
    draw = lambda: (torch.manual_seed(5), next(task.batches(task, data, None, 0, 0)))[1]
    assert all(torch.equal(a, b) for a, b in zip(draw(), draw()))


def test_the_rate_follows_iterations_or_the_clock():
    task = TASKS["unet-cutout"]
    assert Clock(100, None).share(25) == 0.25
    assert Clock(100, minutes=2, passed=60).share(0) == pytest.approx(0.5, abs=0.01)
    assert rate_at(500, 0.0, task) == pytest.approx(task.rate) and rate_at(500, 1.0, task) == pytest.approx(task.rate / 100)
