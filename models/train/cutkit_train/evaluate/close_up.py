"""A close look at a box: the window around it as a picture of its own. As `packages/core` does it, to the pixel."""
import math

import numpy as np

from .session import Session

BOX = [2, 3]
"""Labels of a box's two points."""
REACH = 2
"""The window around a box, in its widths and heights."""
LEAST_ASPECT = 0.75
"""Thin boxes get a window that is this share as wide as long."""
NO_GAIN = 0.9
"""A window of more of the picture than this shows it no better."""


def window(box: list[float], width: int, height: int) -> tuple[int, int, int, int] | None:
    """Left, top, right, bottom of what is looked at; None where that would be nearly the whole picture."""
    left, top, right, bottom = box
    least = LEAST_ASPECT * max(right - left, bottom - top)

    def around(first: float, last: float, length: int) -> tuple[int, int]:
        half, middle = REACH * max(last - first, least) / 2, (first + last) / 2
        return max(0, math.floor(middle - half)), min(length, math.ceil(middle + half))

    (x0, x1), (y0, y1) = around(left, right, width), around(top, bottom, height)
    return None if (x1 - x0) * (y1 - y0) > NO_GAIN * width * height else (x0, y0, x1, y1)


def look(session: Session, box: list[float]) -> np.ndarray:
    """The mask of a box in a session's picture: two questions about the window, the second with the first's answer."""
    height, width = session.image.shape[:2]
    part = window(box, width, height)
    if part is None:
        return session.ask(corners(box), BOX)[0][0]
    x0, y0, x1, y1 = part
    near = Session(session.network, session.image[y0:y1, x0:x1], session.side, session.flip)
    moved = corners([side - (x0, y0)[i % 2] for i, side in enumerate(box)])
    _, _, logits = near.ask(moved, BOX)
    found = np.zeros((height, width), bool)
    found[y0:y1, x0:x1] = near.ask(moved, BOX, logits)[0][0]
    return found


def corners(box: list[float]) -> list[tuple[float, float]]:
    """A box as the decoder's two points."""
    return [(box[0], box[1]), (box[2], box[3])]
