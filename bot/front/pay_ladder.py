"""The picture of pay by level that goes with answers about it; which those are stands in a guide's `ladder.yaml`."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from bot.charts.ladder import Ladder, Rung, draw_ladder
from bot.errors import WaymarkError
from bot.front.client import Interaction, WaymarkBot
from bot.front.items import Button, Persistent
from bot.front.layout import ANSWER, Attached, notice
from bot.front.reply import in_time, reply
from bot.knowledge.figures import age_of, is_expired, last_day, written
from bot.knowledge.knowledge import Knowledge, key_of, source_line
from bot.knowledge.models import Entry, Figure, GuideFile
from bot.knowledge.skills_models import LadderFile, Level

#: How the file of the picture is called.
LADDER = "pay-by-level.png"
_DOLLARS = {"USD": 1, "USD_thousands": 1_000}


@dataclass(frozen=True, slots=True)
class PayLadder:
    """The picture of a guide's levels, and the button that tells it as text."""

    attached: Attached
    button: "LadderTextButton"


async def pay_ladder(client: WaymarkBot, knowledge: Knowledge, entries: Iterable[Entry]) -> PayLadder | None:
    """The picture that goes with these entries.

    None where none of them is about pay by level, and where it takes longer than a moment: an answer does not wait.
    """
    ids = {entry.id for entry in entries}
    for guide, file in _ladders(knowledge):
        if not ids.isdisjoint(file.pictured_entries):
            content = ladder_of(knowledge, guide, file, client.store.clock().date())
            picture = await client.drawing.soon(draw_ladder, content)
            return PayLadder(Attached(LADDER, picture), LadderTextButton(key_of(guide.guide))) if picture else None
    return None


async def warm_up(client: WaymarkBot) -> None:
    """Draws the pictures of all guides, so that no answer waits for the first of them."""
    knowledge = client.coaches.base.knowledge
    for guide, file in _ladders(knowledge):
        await client.drawing.picture(draw_ladder, ladder_of(knowledge, guide, file, client.store.clock().date()))


def ladder_of(knowledge: Knowledge, guide: GuideFile, file: LadderFile, today: dt.date) -> Ladder:
    """What the picture shows: each level with its years, and its median and average pay where dollars are given."""
    figures = [figure for level in file.levels for name in level.pay.values() if (figure := knowledge.figure(name))]
    sources = source_line(knowledge.sources_of(dict.fromkeys(figure.source for figure in figures)))
    if expired := [figure for figure in figures if is_expired(figure, today)]:
        sources += f", now {age_of(min(expired, key=lambda figure: last_day(figure.as_of)), today)} old"
    return Ladder(f"{guide.title}: pay by level", tuple(_rung(knowledge, level) for level in file.levels), sources)


def _ladders(knowledge: Knowledge) -> list[tuple[GuideFile, LadderFile]]:
    found = [(guide, knowledge.coaching.get(guide.guide)) for guide in knowledge.guides]
    return [(guide, files.ladder) for guide, files in found if files and files.ladder]


def _rung(knowledge: Knowledge, level: Level) -> Rung:
    years = knowledge.figure(level.years)
    median, average = (_dollars(knowledge.figure(level.pay.get(what, ""))) for what in ("median", "average"))
    told = written(years.value, years.unit, or_more=years.or_more) if years else ""
    return Rung(level.title, told, median, average)


def _dollars(figure: Figure | None) -> float | None:
    """A figure as an amount in dollars; None for a range and for what is in another unit."""
    if figure is None or isinstance(figure.value, list) or figure.unit not in _DOLLARS:
        return None
    return figure.value * _DOLLARS[figure.unit]


class LadderTextButton(Persistent[Button], template=r"wm:ladder-text:(?P<guide>[0-9a-f]{8})"):
    """Shows the picture of the levels as text, for whoever presses it."""

    def __init__(self, guide: str) -> None:
        self.guide = guide
        super().__init__(Button(custom_id=f"wm:ladder-text:{guide}", label="Read it as text"))

    async def used(self, interaction: Interaction) -> None:
        """Shows it privately."""
        client, picture = interaction.client, None
        async with in_time(interaction, private=True):
            knowledge = client.coaches.base.knowledge
            for guide, file in _ladders(knowledge):
                if key_of(guide.guide) == self.guide:
                    content = ladder_of(knowledge, guide, file, client.store.clock().date())
                    picture = await client.drawing.picture(draw_ladder, content)
        if picture is None:
            raise WaymarkError("That picture is no longer in the guide. `/ask` tells what there is about pay now.")
        await reply(interaction, notice(picture.text, ANSWER), private=True)
