"""A member's path as a timeline: a bar for each step, what is done, where the member stands, today, and the end."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from bot.charts.picture import (
    AHEAD,
    DONE,
    FAINT,
    INK,
    LINE,
    MAIN,
    PAPER,
    SECOND,
    Picture,
    date_axis,
    figure,
    finished,
    title,
    wrapped,
)

#: What became of a step so far.
State = Literal["done", "now", "ahead", "left out"]
_SIGNS: dict[State, str] = {"done": "✓", "now": "▶", "ahead": "○", "left out": "x"}
_COLOURS: dict[State, str] = {"done": DONE, "now": MAIN, "ahead": AHEAD, "left out": LINE}
#: Behind words, so that no line runs through them.
_BEHIND = {"facecolor": PAPER, "edgecolor": "none", "pad": 1.0}


@dataclass(frozen=True, slots=True)
class Stretch:
    """A step: its name, what became of it, when it begins at the latest and when it ends at the earliest and latest."""

    name: str
    state: State
    begin: dt.date
    earliest: dt.date
    latest: dt.date


@dataclass(frozen=True, slots=True)
class Timeline:
    """The steps in order; `today` is marked, and the target date if there is one.

    `reached` tells how far one has come, and `squares` draw it; the words leave these out.
    """

    title: str
    stretches: tuple[Stretch, ...]
    today: dt.date
    target: dt.date | None = None
    squares: str = ""
    reached: str = ""


def draw_timeline(timeline: Timeline) -> Picture:
    """The picture of a timeline."""
    rows = list(enumerate(reversed(timeline.stretches)))
    names = [wrapped(_name(one), 50) for _, one in rows]
    made, axes = figure(1.9 + (0.55 + 0.25 * max((name.count("\n") + 1 for name in names), default=1)) * len(rows))
    begin = min([timeline.today, *(one.begin for one in timeline.stretches)])
    end = max([timeline.today, *(one.latest for one in timeline.stretches)])
    if timeline.target is not None and end < timeline.target <= end + (end - begin):
        end = timeline.target
    left, right = begin.toordinal(), max(end.toordinal(), begin.toordinal() + 30)
    span = right - left
    for (row, one), name in zip(rows, names, strict=True):
        start, sure, late = one.begin.toordinal(), one.earliest.toordinal(), one.latest.toordinal()
        if one.state != "left out":
            axes.barh(row, max(late - start, 1), left=start, height=0.3, color=_COLOURS[one.state], alpha=0.5, zorder=2)
            axes.barh(row, max(sure - start, 1), left=start, height=0.3, color=_COLOURS[one.state], zorder=3)
        axes.text(left + span * 0.01, row + 0.2, name, color=INK, fontsize=12.5, va="bottom", bbox=_BEHIND, zorder=1.5)
        # Below the end of its bar, or as near as it has room for its words.
        told_at = max(late, left + span * 0.4)
        axes.text(told_at, row - 0.19, _finish(one), color=FAINT, fontsize=11, va="top", ha="right", bbox=_BEHIND)
    # Each a line higher than the one before, so that their names never meet.
    for above, (moment, called, colour) in enumerate(_marks(timeline, begin, end)):
        top = len(rows) - 0.3 + 0.27 * above
        axes.plot(
            [moment.toordinal()] * 2, [-0.5, top], color=colour, linewidth=1.5, linestyle=":", alpha=0.8, zorder=1
        )
        axes.text(moment.toordinal(), top, called, color=colour, fontsize=12, ha="center", va="bottom", bbox=_BEHIND)
    axes.set(xlim=(left - span * 0.02, right + span * 0.02), ylim=(-0.5, len(rows) + 0.25))
    axes.set_yticks([])
    axes.set_title(f"{timeline.squares} {timeline.reached}", loc="left", color=DONE, fontsize=13)
    date_axis(axes, begin, end)
    title(made, timeline.title, "Bright: at the earliest · Pale: at the latest")
    return finished(made, _alt(timeline), _text(timeline))


def _name(one: Stretch) -> str:
    return f"{_SIGNS[one.state]} {one.name}{' (left out)' if one.state == 'left out' else ''}"


def _marks(timeline: Timeline, begin: dt.date, end: dt.date) -> list[tuple[dt.date, str, str]]:
    """Today, and the target date unless it is so far off that the steps would have no room beside it."""
    marks = [(timeline.today, "today", INK)]
    if timeline.target is not None and begin <= timeline.target <= end:
        marks.append((timeline.target, "date wanted", SECOND))
    return marks


def _finish(one: Stretch) -> str:
    """When the step is finished, empty where it will not be or is."""
    if one.state in ("done", "left out"):
        return ""
    earliest, latest = f"{one.earliest:%b %Y}", f"{one.latest:%b %Y}"
    return earliest if earliest == latest else f"{earliest} to {latest}"


def _text(timeline: Timeline) -> str:
    lines = [timeline.title, *filter(None, [timeline.reached])]
    for one in timeline.stretches:
        match one.state:
            case "done":
                told = "done"
            case "left out":
                told = "left out"
            case state:
                told = f"{'now, ' if state == 'now' else ''}ends {_finish(one)}"
        lines.append(f"{one.name}: {told}")
    if timeline.target is not None:
        lines.append(f"Date wanted: {timeline.target:%b %Y}")
    return "\n".join(lines)


def _alt(timeline: Timeline) -> str:
    return f"Timeline as of {timeline.today:%d %b %Y}. {'; '.join(_text(timeline).splitlines())}."
