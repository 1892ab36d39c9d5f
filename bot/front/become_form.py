"""The form of a path: where a member stands, how they study, and by when they want to be done; empty, or filled in.

Not here: what becomes of it once it is sent (`path_answers`).
"""

import re
from dataclasses import dataclass

import discord
from discord import ui

from bot.coaching.planning import path_of
from bot.coaching.situation import REGION_LIMIT, Situation
from bot.errors import WaymarkError
from bot.front.client import Interaction
from bot.front.forms import Filled, Form, label, text_input
from bot.front.member_path import GUIDE
from bot.knowledge.knowledge import key_of
from bot.knowledge.path_models import Pace, StartingPoint

#: What can be chosen as hours a week, with the number that is reckoned with.
HOURS = {
    2: "Up to 3 hours a week",
    5: "4 to 7 hours a week",
    10: "8 to 15 hours a week",
    20: "16 to 29 hours a week",
    35: "30 hours a week or more",
}
#: What is reckoned with for who did not choose.
USUAL_HOURS = 5
PACES = {
    Pace.FULL_TIME: ("Full-time", "Studying is most of what I do"),
    Pace.PART_TIME: ("Part-time", "Beside a job, a family or something else"),
}
#: Most characters of a date as somebody types it; a custom id carries it until the form is opened again.
TARGET_LIMIT = 30
#: The entries that are added to the path once the form is sent, by their keys.
ENTRIES = r"(?P<entries>(?:[0-9a-f]{8}(?:\.[0-9a-f]{8}){0,4})?)"


@dataclass(frozen=True, slots=True)
class Answers:
    """What was put into the form; `target` as it was typed."""

    starting_point: str
    pace: Pace
    hours_a_week: int
    region: str
    target: str


class BecomeForm(Form):
    """The form as it is opened. `guide`: as custom ids name it. `entries`: keys of entries to add to the path then."""

    template = re.compile(rf"wm:become:{GUIDE}:{ENTRIES}")

    def __init__(self, guide: str, entries: str = "") -> None:
        self.guide = guide
        self.entries = [key for key in entries.split(".") if key]
        super().__init__(title="Your path", custom_id=f"wm:become:{guide}:{entries}")

    def showing(
        self, starting_points: list[StartingPoint], situation: Situation | None = None, target: str = ""
    ) -> "BecomeForm":
        """The form with its questions, answered as the situation is, the date as it is or was typed."""
        self.add_item(label("Where do you start from?", _starts(starting_points, situation)))
        self.add_item(label("How do you want to study?", _paces(situation)))
        self.add_item(
            label(
                "How much time do you have?",
                _hours(situation),
                "So that I know how much to put on your list for a week",
            )
        )
        region = text_input("region", default=situation.region if situation else "", required=False, most=REGION_LIMIT)
        self.add_item(label("Your state or country", region, "Optional. Rules differ; your path says where"))
        self.add_item(label("By when do you want to be done?", _target(situation, target), "Optional"))
        return self

    def answers(self, values: Filled) -> Answers:
        """What was put in."""
        pace, hours = values.text("pace"), values.text("hours")
        return Answers(
            values.text("start"),
            Pace(pace) if pace in {*Pace} else Pace.PART_TIME,
            int(hours) if hours in map(str, HOURS) else USUAL_HOURS,
            " ".join(values.text("region").split())[:REGION_LIMIT],
            " ".join(values.text("target").split())[:TARGET_LIMIT],
        )


async def open_form(
    interaction: Interaction, guide: str, situation: Situation | None = None, *, target: str = "", entries: str = ""
) -> None:
    """Opens the form of the guide's path; filled in where a situation is given. It has to be the first answer."""
    path = path_of(interaction.client.coaches.base.knowledge, guide)
    if path is None:
        raise WaymarkError("This path is not in the guide at the moment. Nothing was changed, so look again later.")
    form = BecomeForm(key_of(guide), entries).showing(path.starting_points, situation, target)
    await interaction.response.send_modal(form)


def hours_shown(hours: int) -> str:
    """The hours a week as they were chosen."""
    return HOURS.get(hours, f"About {hours} hours a week")


def _starts(starting_points: list[StartingPoint], situation: Situation | None) -> ui.RadioGroup[ui.LayoutView]:
    chosen = situation.starting_point if situation else None
    return ui.RadioGroup(
        custom_id="start",
        options=[
            discord.RadioGroupOption(
                label=start.label, value=start.id, description=start.about, default=start.id == chosen
            )
            for start in starting_points
        ],
    )


def _paces(situation: Situation | None) -> ui.RadioGroup[ui.LayoutView]:
    chosen = situation.pace if situation else None
    return ui.RadioGroup(
        custom_id="pace",
        options=[
            discord.RadioGroupOption(label=name, value=pace, description=about, default=pace is chosen)
            for pace, (name, about) in PACES.items()
        ],
    )


def _hours(situation: Situation | None) -> ui.RadioGroup[ui.LayoutView]:
    chosen = situation.hours_a_week if situation else None
    return ui.RadioGroup(
        custom_id="hours",
        options=[
            discord.RadioGroupOption(label=name, value=str(hours), default=hours == chosen)
            for hours, name in HOURS.items()
        ],
    )


def _target(situation: Situation | None, typed: str) -> ui.TextInput[ui.LayoutView]:
    kept = situation.target.isoformat() if situation and situation.target else ""
    return text_input(
        "target", default=typed or kept, placeholder="2028-06 or June 2028", required=False, most=TARGET_LIMIT
    )
