"""What `/insights` and the weekly digest show: what was asked and what came of it, in words and one picture."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import cast, get_args

import discord
from discord import ui
from discord.utils import format_dt

from bot.charts.counts import Bar, draw_counts
from bot.charts.counts import Counts as Pictured
from bot.front.client import Interaction, WaymarkBot
from bot.front.dates import written
from bot.front.drawing import may_attach
from bot.front.items import Persistent, Select
from bot.front.layout import ANSWER, Attached, Block, Shown, heading, layout, lines, small
from bot.front.permissions import require_moderator
from bot.front.reply import in_time, replace
from bot.front.setup_check import SOON
from bot.front.text import quoted, shorten
from bot.knowledge.figures import last_day
from bot.knowledge.knowledge import Knowledge
from bot.knowledge.models import FIGURE_MARK, Entry
from bot.store.insights import SPANS, Counts, EntryCounts, Insight, Span, ThemeCounts

#: How the file of the picture is called.
INSIGHTS = "insights.png"
#: Most entries in a list, themes in the picture, and names in a line: more would be no overview.
ENTRIES, THEMES, NAMED = 5, 8, 2
#: Most characters of an entry's question and of what a figure is about, before special ones are escaped.
TITLE_LIMIT, ABOUT_LIMIT = 60, 80
#: What the parts of a bar are.
PARTS = ("helped", "nothing said", "not the right one")
#: What the parts of a span are called.
_STEPS: Mapping[Span, str] = MappingProxyType({"week": "Day by day", "month": "Day by day", "year": "Month by month"})


@dataclass(frozen=True, slots=True)
class Expiring:
    """The figures that count as current until the same `last` day, by what they are about, and the questions of the
    entries that tell them.
    """

    last: dt.date
    about: tuple[str, ...]
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """All that is told of a span. `dates`: how the server writes days."""

    span: Span
    insight: Insight
    knowledge: Knowledge
    expiring: tuple[Expiring, ...]
    dates: str

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing worth a message: nothing was asked, and no figure grows old."""
        return not self.insight.counts.asked and not self.insight.mentors.pointed and not self.expiring


async def told_of(client: WaymarkBot, server: int, span: Span) -> Told:
    """What there is to tell of the span that ends now."""
    knowledge = (await client.coaches.of(server)).knowledge
    themes = {entry.id: theme.id for theme in knowledge.themes() for entry in theme.entries}
    insight = await client.store.insights.of(server, span, themes)
    dates = (await client.store.settings.get(server)).dates
    return Told(span, insight, knowledge, expiring(knowledge, client.store.clock().date()), dates)


async def insights_shown(client: WaymarkBot, told: Told, *blocks: Block, with_picture: bool = True) -> Shown:
    """The message with its picture, where one may be sent; the blocks stand at its end."""
    bars = bars_of(told.insight, told.knowledge)
    content = Pictured(f"What came of the answers, last {days_of(told.span)}", PARTS, bars)
    picture = await client.drawing.picture(draw_counts, content) if with_picture and bars else None
    attached = Attached(INSIGHTS, picture) if picture else None
    return Shown(insights_view(told, attached, *blocks), [attached] if attached else [])


def insights_view(told: Told, picture: Attached | None, *blocks: Block) -> ui.LayoutView:
    """All that is told, in the order in which one wants to know; what the picture tells is in words without it."""
    insight, titles = told.insight, {entry.id: entry for entry in told.knowledge.entries}
    return layout(
        ANSWER,
        _head(told),
        picture.block() if picture else _themes(insight.themes, told.knowledge),
        _listed("Asked for most", insight.entries, lambda one: _entry_line(one, titles)),
        _listed("Asked for again and again, and never helped", insight.never_helped, lambda one: _title(one, titles)),
        _mentors(insight),
        _listed("Figures that grow old", told.expiring, lambda one: _figures_line(one, told.dates)),
        *blocks,
    )


def expiring(knowledge: Knowledge, today: dt.date) -> tuple[Expiring, ...]:
    """The figures that count as current no longer than `SOON`, or no more, by their last day, the oldest first."""
    uses: dict[str, list[str]] = {}
    for entry in knowledge.entries:
        text = "\n".join([entry.answer, *(lead.text for lead in entry.leads)])
        for name in dict.fromkeys(FIGURE_MARK.findall(text)):
            uses.setdefault(name, []).append(entry.question)
    by_day: dict[dt.date, dict[str, str]] = {}
    for guide in knowledge.guides:
        for name, figure in guide.figures.items():
            if (last := last_day(figure.valid_until)) <= today + SOON:
                by_day.setdefault(last, {})[name] = figure.about
    return tuple(
        Expiring(
            last,
            tuple(dict.fromkeys(figures.values())),
            tuple(dict.fromkeys(question for name in figures for question in uses.get(name, ()))),
        )
        for last, figures in sorted(by_day.items())
    )


def bars_of(insight: Insight, knowledge: Knowledge) -> tuple[Bar, ...]:
    """A bar for each theme that was asked about, the most first, and one for what nothing was known on."""
    titles = _theme_titles(knowledge)
    asked = sorted((one for one in insight.themes if _uses(one)), key=lambda one: -_uses(one))
    bars = [Bar(titles.get(one.theme, _GONE), _outcomes(one)) for one in asked[:THEMES]]
    if left := asked[THEMES:]:
        outcomes = zip(*map(_outcomes, left), strict=True)
        bars.append(Bar(f"{len(left)} more themes", cast("tuple[int, int, int]", tuple(map(sum, outcomes)))))
    unknown = _unknown(insight.counts)
    return (*bars, *([Bar("No entry known", (0, 0, unknown))] if unknown else []))


def days_of(span: Span) -> str:
    """The span in words."""
    return f"{SPANS[span][0]} days"


_GONE = "Entries that are gone"


def _head(told: Told) -> str:
    counts, before = told.insight.counts, told.insight.before
    days = days_of(told.span)
    since = f"{format_dt(told.insight.since, 'D')} to {format_dt(told.insight.until, 'D')}"
    if not counts.asked:
        said = f"Nobody asked anything. In the {days} before: {before.asked}."
    else:
        said = lines(
            f"**{counts.asked}** asked{_compared(counts.asked, before.asked, days)}",
            f"**{counts.answered}** answered at once, **{counts.offered}** offered several entries, "
            f"**{_unknown(counts)}** not known",
            f"**{counts.helped}** said that it helped ({before.helped} in the {days} before)",
            f"**{counts.missed}** missed: not known, or not the right one. Moderators find them in `/faq inbox`."
            if counts.missed
            else "",
            f"**{told.insight.told}** {'was' if told.insight.told == 1 else 'were'} told later that there is an answer"
            if told.insight.told
            else "",
            small(f"{_STEPS[told.span]}: {' '.join(str(part.counts.asked) for part in told.insight.parts)}"),
        )
    return lines(heading(f"Questions of the last {days}"), small(since), said)


def _compared(now: int, before: int, days: str) -> str:
    if now == before:
        return f", as many as in the {days} before"
    return f", {abs(now - before)} {'more' if now > before else 'fewer'} than in the {days} before"


def _unknown(counts: Counts) -> int:
    return counts.asked - counts.answered - counts.offered


def _entry_line(one: EntryCounts, titles: Mapping[str, Entry]) -> str:
    chosen = f", chosen instead {one.chosen}" if one.chosen else ""
    missed = f", not the right one {one.missed}" if one.missed else ""
    return f"{_title(one, titles)} · shown {one.shown}{chosen}, helped {one.helped}{missed}"


def _title(one: EntryCounts, titles: Mapping[str, Entry]) -> str:
    entry = titles.get(one.entry_id)
    return quoted(entry.question, TITLE_LIMIT) if entry else f"`{shorten(one.entry_id, TITLE_LIMIT)}`, which is gone"


def _figures_line(one: Expiring, dates: str) -> str:
    figures = _named([quoted(about, ABOUT_LIMIT) for about in one.about])
    entries = _named([f"“{quoted(question, TITLE_LIMIT)}”" for question in one.questions])
    return f"Current until {written(one.last, dates)}: {figures}" + (f"; told in {entries}" if entries else "")


def _named(names: Sequence[str]) -> str:
    left = len(names) - NAMED
    return ", ".join(names[:NAMED]) + (f" and {left} more" if left > 0 else "")


def _themes(themes: Iterable[ThemeCounts], knowledge: Knowledge) -> str:
    """The same as the picture, for those who read."""
    titles = _theme_titles(knowledge)
    asked = sorted((one for one in themes if _uses(one)), key=lambda one: -_uses(one))
    told = [
        f"{quoted(titles.get(one.theme, _GONE), TITLE_LIMIT)} {_uses(one)} ({one.helped} helped, {one.missed} not)"
        for one in asked[:THEMES]
    ]
    return lines("**By theme**", " · ".join(told)) if told else ""


def _theme_titles(knowledge: Knowledge) -> dict[str | None, str]:
    return {theme.id: theme.title for theme in knowledge.themes()}


def _uses(one: ThemeCounts) -> int:
    return one.shown + one.chosen


def _outcomes(one: ThemeCounts) -> tuple[int, int, int]:
    return one.helped, max(0, _uses(one) - one.helped - one.missed), one.missed


def _mentors(insight: Insight) -> str:
    mentors = insight.mentors
    if not mentors.asked and not mentors.pointed:
        return ""
    asked = f"Asked {_times(mentors.asked)}, taken on {mentors.claimed}, answered {mentors.answered}."
    pointed = f"Pointed to something {_times(mentors.pointed)}, which helped {_times(mentors.helped)}."
    return lines(
        "**Mentors**",
        " ".join(text for text, is_told in ((asked, mentors.asked), (pointed, mentors.pointed)) if is_told),
    )


def _times(number: int) -> str:
    """How often, or that it was for nobody."""
    return {0: "nobody", 1: "once"}.get(number, f"{number} times")


def _listed(title: str, items: Sequence[object], line: Callable[..., str]) -> str:
    """A list under its title, cut where it gets long; empty for no items."""
    if not items:
        return ""
    left = len(items) - ENTRIES
    more = small(f"and {left} more") if left > 0 else ""
    return lines(f"**{title}**", *(f"- {line(item)}" for item in items[:ENTRIES]), more)


class SpanMenu(Persistent[Select], template=r"wm:insights"):
    """Changes to another span in the same message."""

    def __init__(self, span: Span | None = None) -> None:
        options = [
            discord.SelectOption(label=f"The last {days_of(one)}", value=one, default=one == span) for one in SPANS
        ]
        super().__init__(Select(custom_id="wm:insights", options=options))

    async def used(self, interaction: Interaction) -> None:
        """Shows the span that was picked."""
        server = await require_moderator(interaction)
        async with in_time(interaction, private=True, in_place=True):
            shown = await with_menu(interaction, server, span_of(self.item.values[0]))
        await replace(interaction, shown.view, files=shown.files())


async def with_menu(interaction: Interaction, server: int, span: Span) -> Shown:
    """The message of a span as a moderator sees it, with the menu of spans."""
    told = await told_of(interaction.client, server, span)
    return await insights_shown(interaction.client, told, SpanMenu(span), with_picture=may_attach(interaction))


def span_of(name: str) -> Span:
    """The span of that name; a week for a name that this version does not know."""
    return cast("Span", name) if name in get_args(Span) else "week"
