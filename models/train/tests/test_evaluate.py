"""Measures are what they say, on cases small enough to work out by hand."""
import numpy as np
import pytest

from cutkit_train.evaluate.cells import compare
from cutkit_train.evaluate.close_up import look, window
from cutkit_train.evaluate.metrics import boundary, structure, unknown_band
from cutkit_train.evaluate.session import Session, turned
from cutkit_train.evaluate.users import Noise, next_click, things
from cutkit_train.instances import instances


def square(side: int, x0: int, y0: int, x1: int, y1: int) -> np.ndarray:
    mask = np.zeros((side, side), bool)
    mask[y0:y1, x0:x1] = True
    return mask


def test_cells_are_matched_by_overlap():
    truth = np.zeros((4, 8), np.int32)
    truth[:, 0:2], truth[:, 4:8] = 1, 2
    found = np.zeros_like(truth)
    found[:, 0:2], found[:, 4:7] = 1, 2
    assert compare(found, truth) == {"iou": pytest.approx(20 / 24), "f1_50": 1.0, "f1_75": pytest.approx(2 * 1 / 4)}


def test_void_counts_for_nothing():
    truth = np.array([[1, 1, 65535, 0]], np.int32)
    assert compare(np.array([[1, 1, 1, 0]], np.int32), truth) == {"iou": 1.0, "f1_50": 1.0, "f1_75": 1.0}


def test_a_perfect_answer_has_full_structure_and_edges():
    subject = square(40, 8, 10, 30, 28)
    assert structure(subject.astype(float), subject) == pytest.approx(1.0, abs=1e-6)
    assert boundary(subject, subject) == 1.0
    assert boundary(square(40, 30, 30, 38, 38), square(40, 0, 0, 8, 8)) < 0.1


def test_an_even_guess_of_an_empty_picture():
    assert structure(np.full((4, 4), 0.25), np.zeros((4, 4), bool)) == pytest.approx(0.75)


def test_only_the_unknown_band_counts():
    trimap = np.array([[0, 128, 128, 255]])
    scores = unknown_band(np.array([[1.0, 0.5, 0.0, 0.0]]), np.array([[0.0, 1.0, 0.0, 1.0]]), trimap)
    assert scores == {"sad": pytest.approx(0.5 / 1000), "mse": pytest.approx(0.25 / 2)}


def test_the_next_click_falls_on_the_larger_error():
    truth, nothing = square(20, 2, 2, 13, 13), np.zeros((20, 20), bool)
    assert next_click(truth, nothing, nothing, None) == (7, 7, 1)
    assert next_click(truth, truth | square(20, 14, 14, 19, 19), nothing, None) == (16, 16, 0)


def test_noise_is_normal_and_the_same_each_time():
    noise = Noise(7)
    drawn = np.array([noise.normal(2.0) for _ in range(4000)])
    assert abs(drawn.mean()) < 0.1 and drawn.std() == pytest.approx(2.0, rel=0.05)
    assert Noise(7).normal(2.0) == drawn[0]


def test_four_things_are_spread_over_the_ids():
    labels = np.repeat(np.arange(9, dtype=np.int32), 8).reshape(9, 8)
    assert things(labels, 65535) == [1, 3, 5, 7]


def test_a_seed_with_two_cores_becomes_two_cells():
    interior, border = np.zeros((20, 40), np.float32), np.zeros((20, 40), np.float32)
    interior[4:16, 4:36] = 0.9
    interior[4:16, 19:21] = 0.6
    labels = instances(interior, border)
    assert labels.max() == 2 and labels[10, 10] == 1 and labels[10, 30] == 2


def test_a_close_look_shows_twice_the_box():
    assert window([100, 100, 140, 120], 400, 300) == (80, 80, 160, 140)
    assert window([0.5, 1.0, 20.2, 300.0], 400, 300) == (0, 0, 235, 300)
    assert window([5, 5, 395, 295], 400, 300) is None


class Asked:
    """A session whose answers to boxes are their frames, and which keeps the pictures that were looked at."""

    seen: list = []

    def __init__(self, _network, image: np.ndarray, _side: int, flip: bool = False) -> None:
        self.image, self.network, self.side, self.flip = image, None, 512, flip
        self.seen.append(image)

    def ask(self, points, _labels, logits=None):
        mask = np.zeros(self.image.shape[:2], bool)
        (x0, y0), (x1, y1) = points
        mask[int(y0) : int(y1), int(x0) : int(x1)] = logits is not None
        return [mask], None, np.zeros(1)


def test_a_close_look_answers_in_the_whole_picture(monkeypatch):
    monkeypatch.setattr("cutkit_train.evaluate.close_up.Session", Asked)
    found = look(Asked(None, np.zeros((300, 400, 3), np.uint8), 512), [100, 100, 140, 120])
    assert Asked.seen[-1].shape == (60, 80, 3)
    assert (found == np.pad(np.ones((20, 40), bool), ((100, 180), (100, 260)))).all()


class Leaning:
    """A network that finds something at the left of whatever it sees, and notes where it is asked."""

    def __init__(self) -> None:
        self.coords: list[np.ndarray] = []

    def embed(self, frame):
        return frame

    def decode(self, _embedding, coords, labels, _mask, _has):
        self.coords.append(np.concatenate((coords[0], labels[0][:, None]), 1))
        logits = np.full((1, 4, 256, 256), -1, np.float32)
        logits[..., :64] = 3
        return logits, np.ones((1, 4), np.float32)


def test_a_mirror_turns_prompts_and_answers():
    network = Leaning()
    session = Session(network, np.zeros((256, 512, 3), np.uint8), 512, flip=True)
    masks, scores, logits = session.ask([(10, 20), (100, 40)], [2, 3])
    assert [where.tolist() for where in network.coords] == [[[10, 20, 2], [100, 40, 3]], [[411, 20, 2], [501, 40, 3]]]
    assert logits[0, 0, 0].tolist() == [1] * 64 + [-1] * 128 + [1] * 64
    assert masks[0].sum() == 256 * 256 and scores.tolist() == [1, 1, 1, 1]


def test_a_column_between_two_is_their_mean_by_distance():
    assert turned(np.array([50, 30, 20, 10], np.float32), 3.5).tolist() == [15, 25, 40, 50]
