"""Counts as bars, each in parts: what was answered, offered, missed, by theme for example."""

from dataclasses import dataclass

from bot.charts.picture import AHEAD, INK, MAIN, SECOND, Picture, figure, finished, title, wrapped

#: One for each part, in order; parts are told apart by their place and their words, too.
COLOURS = (MAIN, AHEAD, SECOND)


@dataclass(frozen=True, slots=True)
class Bar:
    """What is counted, and how many there are of each part."""

    name: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """Bars from top to bottom with the names of their parts, at most three."""

    title: str
    parts: tuple[str, ...]
    bars: tuple[Bar, ...]


def draw_counts(counts: Counts) -> Picture:
    """The picture of counts; raises `ValueError` when a bar has other parts than are named."""
    if any(len(bar.counts) != len(counts.parts) for bar in counts.bars) or len(counts.parts) > len(COLOURS):
        raise ValueError("each bar has as many counts as there are parts")
    made, axes = figure(1.5 + 0.66 * max(len(counts.bars), 1))
    most = max((sum(bar.counts) for bar in counts.bars), default=0) or 1
    for row, bar in enumerate(reversed(counts.bars)):
        left = 0
        for count, part, colour in zip(bar.counts, counts.parts, COLOURS, strict=False):
            axes.barh(row, count, left=left, height=0.34, color=colour, label=None if row else part)
            left += count
        axes.text(0, row + 0.22, wrapped(bar.name, 50), color=INK, fontsize=13, va="bottom")
        axes.text(most, row + 0.22, " / ".join(map(str, bar.counts)), color=INK, fontsize=12, va="bottom", ha="right")
    axes.set(xlim=(0, most * 1.01), ylim=(-0.3, max(len(counts.bars), 1) - 0.3))
    axes.set_xticks([])
    axes.set_yticks([])
    if counts.bars:
        # Below the bars, each part with its colour, in their order.
        made.legend(loc="outside lower left", ncols=len(counts.parts), frameon=False, labelcolor=INK, fontsize=12)
    title(made, counts.title)
    return finished(made, f"Bar chart. {'; '.join(_text(counts).splitlines())}.", _text(counts))


def _text(counts: Counts) -> str:
    lines = [
        f"{bar.name}: {', '.join(f'{count} {part}' for count, part in zip(bar.counts, counts.parts, strict=True))}"
        for bar in counts.bars
    ]
    return "\n".join([counts.title, *lines])
