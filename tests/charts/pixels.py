"""Looks at a picture's dots."""

import io

import numpy as np
from matplotlib.image import imread

from bot.charts.picture import PAPER, Picture
from bot.matching.rows import Floats


def dots(picture: Picture) -> Floats:
    """The picture as rows of dots, each with red, green and blue from 0 to 1."""
    found: Floats = np.asarray(imread(io.BytesIO(picture.png), format="png"), dtype=np.float32)[:, :, :3]
    return found


def inked(picture: Picture) -> Floats:
    """Which dots are not paper, as rows of 0 and 1."""
    paper = [int(PAPER[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    ink: Floats = (np.abs(dots(picture) - paper).max(axis=2) > 0.02).astype(np.float32)
    return ink


def share(picture: Picture, colour: str) -> float:
    """Which share of all dots has exactly that colour."""
    wanted = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return float((np.abs(dots(picture) - wanted).max(axis=2) < 0.004).mean())
