"""Draws confidence against the share that is right, as an SVG that reads well on light and on dark pages."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

# The square of the plot in pixels: its left upper corner and its side; then the room for the legend.
_LEFT, _TOP, _SIDE = 64, 24, 400
_LEGEND_TOP, _LINE = _TOP + _SIDE + 72, 24
_WIDTH = _LEFT + _SIDE + 24
#: Colours of the series on light and on dark pages (Okabe and Ito's, which colour-blind people tell apart), each with a
#: pattern of dashes, so that nothing rests on colour alone.
_COLOURS = (
    ("#0072b2", "#56b4e9", "none"), ("#b34700", "#e69f00", "7 4"), ("#00775a", "#2fc79a", "2 4"),
    ("#9c4a78", "#dd9cc2", "10 3 2 3"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Point:
    """A mean confidence with the share that was right, both from 0 to 1, of so many questions."""

    confidence: float
    right: float
    count: int


@dataclass(frozen=True, slots=True)
class Series:
    """The points of one set from left to right."""

    name: str
    points: tuple[Point, ...]


def picture(series: Sequence[Series]) -> str:
    """An SVG file; circles are as large as the share of their set's questions that they stand for.

    It has a ground of its own, so that it reads well wherever it is shown.
    """
    height = _LEGEND_TOP + _LINE * (len(series) + 1)
    told = "; ".join(f"{one.name}: {', '.join(_told(point) for point in one.points)}" for one in series)
    size = f'viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" height="{height}"'
    look = 'font-family="system-ui, sans-serif" font-size="13"'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-labelledby="title desc" {look}>',
        '<title id="title">How often the coach is right at each confidence</title>',
        f'<desc id="desc">Share of right answers at each confidence; they should be the same. {escape(told)}.</desc>',
        _style(len(series)),
        f'<rect class="ground" width="{_WIDTH}" height="{height}" rx="8"/>',
        *_axes(),
    ]
    for at, one in enumerate(series):
        lines += _drawn(at, one)
    y = _LEGEND_TOP + _LINE * len(series)
    lines += [
        f'<path class="even" stroke-dasharray="4 4" d="M{_LEFT} {y - 4}h36"/>',
        f'<text x="{_LEFT + 46}" y="{y}">right as often as said</text>',
    ]
    return "\n".join([*lines, "</svg>", ""])


def _style(count: int) -> str:
    light = "".join(f".s{at}{{stroke:{_COLOURS[at % len(_COLOURS)][0]};}}" for at in range(count))
    dark = "".join(f".s{at}{{stroke:{_COLOURS[at % len(_COLOURS)][1]};}}" for at in range(count))
    return (
        "<style>.ground{fill:#ffffff}text{fill:#1f2328}.grid{stroke:#d1d9e0}.even{stroke:#59636e}"
        ".set{fill:none;stroke-width:2}circle.set{fill:#ffffff}" + light + "@media (prefers-color-scheme:dark){"
        ".ground{fill:#0d1117}text{fill:#f0f6fc}.grid{stroke:#30363d}.even{stroke:#9198a1}circle.set{fill:#0d1117}"
        + dark + "}</style>"
    )  # fmt: skip


def _axes() -> list[str]:
    lines = []
    for tenth in range(0, 11, 2):
        x, y = _place(tenth / 10, tenth / 10)
        lines += [
            f'<path class="grid" d="M{_LEFT} {y}h{_SIDE}M{x} {_TOP}v{_SIDE}"/>',
            f'<text x="{x}" y="{_TOP + _SIDE + 24}" text-anchor="middle">{tenth / 10:.1f}</text>',
            f'<text x="{_LEFT - 14}" y="{y + 4}" text-anchor="end">{tenth / 10:.1f}</text>',
        ]
    middle = _TOP + _SIDE // 2
    return [
        *lines,
        f'<path class="even" stroke-dasharray="4 4" d="M{_LEFT} {_TOP + _SIDE}l{_SIDE} -{_SIDE}"/>',
        f'<text x="{_LEFT + _SIDE // 2}" y="{_TOP + _SIDE + 44}" text-anchor="middle">confidence</text>',
        f'<text transform="translate(16 {middle}) rotate(-90)" text-anchor="middle">share that is right</text>',
    ]


def _drawn(at: int, one: Series) -> list[str]:
    """The line and circles of a series, and its line of the legend."""
    dashes = _COLOURS[at % len(_COLOURS)][2]
    places = [_place(point.confidence, point.right) for point in one.points]
    total = sum(point.count for point in one.points)
    path = "L".join(f"{x} {y}" for x, y in places)
    circles = [
        f'<circle class="set s{at}" cx="{x}" cy="{y}" r="{_radius(point.count / total)}"/>'
        for (x, y), point in zip(places, one.points, strict=True)
    ]
    y = _LEGEND_TOP + _LINE * at
    return [
        f'<path class="set s{at}" stroke-dasharray="{dashes}" d="M{path}"/>',
        *circles,
        f'<path class="set s{at}" stroke-dasharray="{dashes}" d="M{_LEFT} {y - 4}h36"/>',
        f'<text x="{_LEFT + 46}" y="{y}">{escape(one.name)}</text>',
    ]


def _place(confidence: float, right: float) -> tuple[float, float]:
    return round(_LEFT + _SIDE * confidence, 1), round(_TOP + _SIDE * (1 - right), 1)


def _radius(share: float) -> float:
    return round(2.5 + 14 * math.sqrt(share), 1)


def _told(point: Point) -> str:
    return f"{point.right:.2f} right at {point.confidence:.2f} ({point.count})"
