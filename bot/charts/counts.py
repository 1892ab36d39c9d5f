"""Counts as bars, each in parts: what was answered, offered, missed, by theme for example."""

from dataclasses import dataclass

from bot.charts.picture import AHEAD, FAINT, INK, MAIN, SECOND, Picture, figure, finished, title, wrapped

#: One for each part, in order; parts are told apart by their place and their words, too.
COLOURS = (MAIN, SECOND, AHEAD)


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
    made, axes = figure(1.9 + 0.8 * max(len(counts.bars), 1))
    most = max((sum(bar.counts) for bar in counts.bars), default=0) or 1
    for row, bar in enumerate(reversed(counts.bars)):
        left = 0
        for count, colour in zip(bar.counts, COLOURS, strict=False):
            axes.barh(row, count, left=left, height=0.36, color=colour)
            left += count
        axes.text(0, row + 0.24, wrapped(bar.name, 60), color=INK, fontsize=13, va="bottom")
        axes.text(most, row + 0.24, " / ".join(map(str, bar.counts)), color=FAINT, fontsize=12, va="bottom", ha="right")
    axes.set(xlim=(0, most * 1.01), ylim=(-0.4, max(len(counts.bars), 1)))
    axes.set_xticks([])
    axes.set_yticks([])
    title(made, counts.title, "From left to right: " + " / ".join(counts.parts))
    return finished(made, f"Bar chart. {'; '.join(_text(counts).splitlines())}.", _text(counts))


def _text(counts: Counts) -> str:
    lines = [
        f"{bar.name}: {', '.join(f'{count} {part}' for count, part in zip(bar.counts, counts.parts, strict=True))}"
        for bar in counts.bars
    ]
    return "\n".join([counts.title, *lines])
