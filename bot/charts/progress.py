"""Readiness over time: one line, a point for each time that the member saved a result."""

import datetime as dt
from dataclasses import dataclass

from bot.charts.picture import FAINT, INK, LINE, MAIN, Picture, date_axis, figure, finished, title


@dataclass(frozen=True, slots=True)
class Course:
    """Scores of 0 to 100 by the day they were saved, the oldest first."""

    title: str
    points: tuple[tuple[dt.date, float], ...]


def draw_course(course: Course) -> Picture:
    """The picture of a course; raises `ValueError` when there is no point."""
    if not course.points:
        raise ValueError("a course has at least one point")
    made, axes = figure(4.6)
    days, scores = zip(*((day.toordinal(), score) for day, score in course.points), strict=True)
    axes.plot(days, scores, color=MAIN, linewidth=3, marker="o", markersize=10, markeredgecolor=INK)
    for at in {0, len(days) - 1}:
        axes.annotate(
            f"{scores[at]:.0f}", (days[at], scores[at]), xytext=(0, 12), textcoords="offset points", color=INK,
            fontsize=14, ha="center",
        )  # fmt: skip
    begin, end = course.points[0][0], max(course.points[-1][0], course.points[0][0] + dt.timedelta(days=60))
    axes.set(ylim=(0, 112), xlim=(begin.toordinal() - 4, end.toordinal() + 4))
    axes.set_yticks([0, 25, 50, 75, 100])
    axes.grid(axis="y", color=LINE, linewidth=0.8)
    date_axis(axes, begin, end)
    axes.tick_params(colors=FAINT)
    title(made, course.title)
    return finished(made, f"Line chart. {'; '.join(_text(course).splitlines())}.", _text(course))


def _text(course: Course) -> str:
    return "\n".join([course.title, *(f"{day:%d %b %Y}: {score:.0f} of 100" for day, score in course.points)])
