"""Pay by level as a ladder: a rung for each level, the lowest at the bottom, as long as its pay."""

from dataclasses import dataclass

from bot.charts.picture import FAINT, INK, LINE, MAIN, SECOND, Picture, figure, finished, title, wrapped


@dataclass(frozen=True, slots=True)
class Rung:
    """A level: its name, its years as words, and its pay a year in dollars; `median` or `average` may be missing."""

    name: str
    years: str
    median: float | None
    average: float | None
    #: Whether it is the member's own level, which is marked.
    here: bool = False


@dataclass(frozen=True, slots=True)
class Ladder:
    """The levels, lowest first, with a title and where the figures are from."""

    title: str
    rungs: tuple[Rung, ...]
    source: str = ""


def draw_ladder(ladder: Ladder) -> Picture:
    """The picture of a ladder."""
    made, axes = figure(1.4 + 0.85 * len(ladder.rungs))
    highest = max((max(rung.median or 0, rung.average or 0) for rung in ladder.rungs), default=0) or 1
    for row, rung in enumerate(ladder.rungs):
        axes.plot([0, highest], [row, row], color=LINE, linewidth=1, zorder=1)
        if rung.median is not None:
            axes.barh(row, rung.median, height=0.3, color=MAIN, zorder=2, edgecolor=INK, linewidth=2 * rung.here)
        if rung.average is not None:
            axes.plot(rung.average, row, marker="D", markersize=9, color=SECOND, markeredgecolor=INK, zorder=3)
        where = "  ← you" if rung.here else ""
        axes.text(0, row + 0.22, wrapped(f"{rung.name}{where}", 50), color=INK, fontsize=13, va="bottom")
        axes.text(0, row - 0.2, wrapped(rung.years, 24), color=FAINT, fontsize=11.5, va="top")
        axes.text(highest, row - 0.2, wrapped(_pay(rung), 50), color=INK, fontsize=11.5, va="top", ha="right")
    axes.set(xlim=(-0.01 * highest, highest * 1.03), ylim=(-0.5, len(ladder.rungs) - 0.45))
    axes.set_xticks([])
    axes.set_yticks([])
    note = "Bar: median · Diamond: average" + (f" · {ladder.source}" if ladder.source else "")
    title(made, ladder.title, note)
    return finished(made, _alt(ladder), _text(ladder))


def thousands(amount: float) -> str:
    """An amount of dollars in thousands, as short as figures are told: $62k, $62.5k."""
    return f"${amount / 1000:.1f}".removesuffix(".0") + "k"


def _pay(rung: Rung) -> str:
    told = [
        f"{thousands(amount)} {name}"
        for amount, name in ((rung.median, "median"), (rung.average, "average"))
        if amount is not None
    ]
    return " · ".join(told) or "no figure"


def _text(ladder: Ladder) -> str:
    lines = [f"{rung.name} ({rung.years}): {_pay(rung)}{' (you)' if rung.here else ''}" for rung in ladder.rungs]
    return "\n".join([ladder.title, *lines, *([ladder.source] if ladder.source else [])])


def _alt(ladder: Ladder) -> str:
    return f"Bar chart. {'; '.join(_text(ladder).splitlines())}."
