"""The workshop's promises: networks learn, losses and metrics are what they say, streams and shipped weights come back."""
import numpy as np
import onnx
import pytest
import torch


from cutkit_train import clicks, losses
from cutkit_train.data.cell_samples import targets
from cutkit_train.data.stream import Stream, batches
from cutkit_train.evaluate.cutout import measure, summarise
from cutkit_train.evaluate.users import iou, largest, middle
from cutkit_train.export.onnx_file import export_float
from cutkit_train.export.sam import export
from cutkit_train.nets.sam import SamTiny
from cutkit_train.nets.unet import UNet
from cutkit_train.export.int8 import quantise_weights
from cutkit_train.export.restore import restore
from cutkit_train.tasks import candidate_loss
from cutkit_train.weights import read, shelve


def disc(side: int, x: float, y: float, radius: float) -> torch.Tensor:
    at = torch.arange(side, dtype=torch.float32)
    return ((at[None] - x) ** 2 + (at[:, None] - y) ** 2 < radius**2).float()


def test_a_tiny_unet_overfits():
    torch.manual_seed(0)
    alpha = torch.stack([disc(32, 12, 16, 7), disc(32, 20, 14, 5)])[:, None]
    image = torch.cat((alpha * 2 - 1, torch.randn(2, 2, 32, 32) * 0.1), 1)
    net = UNet(features=(8, 16)).train()
    optimiser = torch.optim.AdamW(net.parameters(), lr=5e-3)
    values = []
    for _ in range(250):
        loss = losses.matting(net(image), alpha)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        values.append(loss.item())
    assert values[-1] < values[0] / 10


def test_soft_iou_by_hand():
    p, t = torch.tensor([[1.0, 1, 0, 0]]), torch.tensor([[1.0, 0, 1, 0]])
    assert losses.soft_iou(p, t).item() == pytest.approx(1 - (1 + 1) / (3 + 1))


def test_the_loss_of_a_mask_by_hand():
    logits, target = torch.tensor([[[0.0, 2, 2, 2]]]), torch.tensor([[1.0, 0, 0, 0]])
    half, high = 0.5, 1 / (1 + np.exp(-2))
    balanced = 0.5 * (-np.log(half) - np.log(1 - high))
    dice = 1 - (2 * half + 1) / (half + 3 * high + 1 + 1)
    focal = ((1 - half) ** 2 * -np.log(half) + 3 * high**2 * -np.log(1 - high)) / 4
    assert losses.mask(logits, target, 0.0).item() == pytest.approx(dice + balanced, rel=1e-5)
    assert losses.mask(logits, target, 1.0).item() == pytest.approx(dice + 20 * focal + 0.2 * balanced, rel=1e-5)


def test_only_the_best_candidate_and_the_single_mask_are_pulled():
    target = disc(16, 8, 8, 4)[None]
    logits = torch.zeros(1, 4, 16, 16, requires_grad=True)
    with torch.no_grad():
        logits[:, 2] = (target * 2 - 1) * 4
    loss, best = candidate_loss(logits, torch.full((1, 4), 0.5), target)
    loss.backward()
    pull = logits.grad.abs().sum((0, 2, 3))
    assert best.item() == 2
    assert pull[0] > 5 * pull[1] and pull[0] > 5 * pull[3]


def test_clicks_fall_where_they_should():
    target = torch.stack([disc(64, 20, 30, 9), disc(64, 40, 12, 6)])
    for x, y in clicks.pick(target, torch.tensor([True, True])).sub(0.5).div(2).long().tolist():
        assert target[:, y, x].max() == 1
    corners = clicks.boxes(target, 0.0)
    assert corners[0].tolist() == [[2 * 12.0, 2 * 22.0], [2 * 28.0 + 1, 2 * 38.0 + 1]]
    for found, kind in ((torch.zeros_like(target), 1), (torch.ones_like(target), 0)):
        points, labels = clicks.corrections(target, found)
        assert labels[:, 0].tolist() == [kind, kind]
        at = points.sub(0.5).div(2).long()
        for i in range(2):
            for (x, y), label in zip(at[i].tolist(), labels[i].tolist()):
                assert label == -1 or target[i, y, x] == label


def test_metrics_by_hand():
    truth = np.array([[1.0, 1, 0, 0]])
    scores = measure(np.array([[1.0, 0.4, 0.6, 0]]), truth)
    assert scores["mae"] == pytest.approx((0 + 0.6 + 0.6 + 0) / 4)
    assert scores["iou"] == pytest.approx(1 / 3)
    # At thresholds above .6 precision is 1 and recall 1/2: F = 1.3 * .5 / (.3 + .5); below .4, 2/3 and 1: better.
    assert summarise([scores])["maxf"] == pytest.approx(max(1.3 * 0.5 / 0.8, 1.3 * (2 / 3) / (0.3 * 2 / 3 + 1)), abs=1e-3)
    a, b = np.array([True, True, False]), np.array([True, False, True])
    assert iou(a, b, np.array([False, False, True])) == pytest.approx(1 / 2)


def test_the_middle_of_the_largest_part():
    region = np.zeros((20, 20), bool)
    region[2:5, 2:5] = True
    region[8:17, 8:17] = True
    assert middle(largest(region)) == (12, 12)


def test_cell_targets_weigh_the_gap():
    labels = np.zeros((12, 12), np.int32)
    labels[2:10, 1:5], labels[2:10, 7:11] = 1, 2
    goal, weights = targets(labels)
    assert goal[0].sum() == 2 * 2 * 6 and goal[1].sum() == 2 * (4 * 8 - 2 * 6)
    assert weights[5, 5] > weights[0, 0] > 1


def test_a_stream_resumes_in_its_order():
    stream = lambda: Stream(lambda: lambda rng: rng.random(2), seed=7)
    whole = batches(stream(), 4, 0)
    first, second = next(whole), next(whole)
    again = next(batches(stream(), 4, 4))
    assert torch.equal(second, again) and not torch.equal(first, second)


def test_shipped_weights_come_back(tmp_path):
    torch.manual_seed(1)
    net = UNet(features=(8, 16))
    net.train()(torch.randn(4, 3, 32, 32))
    export_float(net.eval(), tmp_path / "u.onnx")
    pictures = torch.randn(8, 3, 32, 32)
    restored = restore(quantise_weights(onnx.load(tmp_path / "u.onnx")), pictures, (8, 16))
    with torch.no_grad():
        assert (restored(pictures) - net(pictures)).abs().max() < 0.05
        # In training mode too: the BatchNorms expect what they see.
        assert (restored.train()(pictures) - restored.eval()(pictures)).abs().max() < 0.05


def test_prompts_of_a_batch_do_not_touch_each_other():
    torch.manual_seed(0)
    net = SamTiny().eval()
    with torch.no_grad():
        embedding = net.image_encoder(torch.randn(1, 3, 64, 64))
        coords, labels = torch.rand(3, 2, 2) * 64, torch.tensor([[1.0, -1], [0, 1], [2, 3]])
        mask, has = torch.randn(3, 1, 32, 32), torch.tensor([0.0, 1, 0])
        together = net.decode(embedding, coords, labels, mask, has)
        for i in range(3):
            alone = net.decode(embedding, coords[i : i + 1], labels[i : i + 1], mask[i : i + 1], has[i : i + 1])
            assert torch.allclose(together[0][i], alone[0][0], atol=1e-4)
            assert torch.allclose(together[1][i], alone[1][0], atol=1e-5)


def test_the_exported_prompt_network_agrees(tmp_path):
    torch.manual_seed(0)
    difference = export(SamTiny(), tmp_path, side=128)
    assert difference["scores"] < 0.02


def test_shelved_weights_are_read_as_one(tmp_path):
    torch.manual_seed(0)
    net, other = SamTiny(), SamTiny()
    shelve(net, "sam", tmp_path)
    other.load_state_dict(read(tmp_path / "sam"))
    for a, b in zip(net.state_dict().values(), other.state_dict().values()):
        assert torch.allclose(a.float(), b.float(), atol=1e-3, rtol=1e-3)
    with pytest.raises(FileNotFoundError):
        read(tmp_path / "none")
