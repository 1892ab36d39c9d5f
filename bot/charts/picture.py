"""A picture with its words, and the canvas that all pictures are drawn on.

Drawing takes a few tenths of a second and belongs off the event loop. Nothing here keeps state between two drawings, so
that threads may draw at the same time.
"""

import datetime as dt
import io
import textwrap
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

#: Most names below an axis of dates, and how many months may lie between two.
_TICKS, _MONTHS = 6, (1, 2, 3, 6, 12, 24, 60, 120)

_Content = TypeVar("_Content", bound=Hashable)

#: Most characters of a picture's alt text on Discord (discord-limits: attachment and media descriptions).
ALT_LIMIT = 1_024
#: Dots an inch: 1,200 dots in all, sharp on a phone and still a small file.
DOTS = 200
#: The width of every picture in inches: so narrow that its words can be read where a phone shows it, too.
WIDTH = 6.0

#: Where words begin from the left, as a share of the width.
EDGE = 0.04

# One dark card with light ink, which stands out from Discord's dark theme and is as legible on its light one. The
# colours differ in lightness, too, and whatever they tell is also written.
PAPER = "#1f2530"
INK = "#f2f4f8"
FAINT = "#aab3c2"
LINE = "#4a5568"
AHEAD = "#7d8aa0"
MAIN = "#5cc8b4"
SECOND = "#f0b35a"
DONE = "#8ea3ff"


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG with its alt text (at most 1,024 characters), and the same as plain text for those who read."""

    png: bytes
    alt: str
    text: str


def figure(height: float) -> "tuple[Figure, Axes]":
    """An empty card of that height in inches, with one pair of axes that has no frame."""
    from matplotlib.figure import Figure  # noqa: PLC0415 - loaded when the first picture is drawn

    made = Figure(figsize=(WIDTH, height), dpi=DOTS, facecolor=PAPER)
    made.set_layout_engine("constrained", w_pad=0.16, h_pad=0.16)
    axes = made.add_subplot()
    axes.set_facecolor(PAPER)
    for spine in axes.spines.values():
        spine.set_visible(False)
    axes.tick_params(colors=FAINT, labelsize=12, length=0)
    return made, axes


def title(made: "Figure", text: str, below: str = "") -> None:
    """The words above a picture, and a smaller line below them."""
    made.suptitle(wrapped(text, 44), x=EDGE, ha="left", color=INK, fontsize=16, fontweight="bold")
    if below:
        made.supxlabel(wrapped(below, 66), x=EDGE, ha="left", color=FAINT, fontsize=11.5)


def date_axis(axes: "Axes", begin: dt.date, end: dt.date) -> None:
    """Names at most six months or years below an axis that counts days as `date.toordinal` does."""
    first, last = (day.year * 12 + day.month - 1 for day in (begin, end))
    step = next((step for step in _MONTHS if (last - first) // step < _TICKS), _MONTHS[-1])
    months = range(-(-first // step) * step, last + 1, step)
    days = [dt.date(month // 12, month % 12 + 1, 1) for month in months]
    shown = [day for day in days if begin <= day <= end]
    axes.set_xticks(
        [day.toordinal() for day in shown], [f"{day:%Y}" if step >= 12 else f"{day:%b %Y}" for day in shown]
    )


def finished(made: "Figure", alt: str, text: str) -> Picture:
    """The picture as a PNG, which is the same for the same drawing."""
    file = io.BytesIO()
    # Without the name and version of the program that drew it.
    made.savefig(file, format="png", facecolor=PAPER, metadata={"Software": None})
    return Picture(file.getvalue(), textwrap.shorten(alt, ALT_LIMIT, placeholder=" …"), text)


def wrapped(text: str, width: int) -> str:
    """The text in lines of at most so many letters; a dollar sign is one, not the beginning of a formula."""
    return "\n".join(textwrap.wrap(text, width)).replace("$", r"\$")


class Pictures:
    """Pictures by what they show, the last `most` of them, so that none is drawn twice in a row; for any threads."""

    def __init__(self, most: int = 200) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, Picture] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, draw: Callable[[_Content], Picture], content: _Content) -> Picture:
        """The picture that `draw` makes of the content, which is frozen; drawn only when it is not kept."""
        key = (draw.__qualname__, content)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = draw(content)
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return made
