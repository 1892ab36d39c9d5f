"""The form of readiness: a question for each of its parts, which may be left out."""

import re

import discord
from discord import ui

from bot.coaching.readiness import Answers
from bot.front.carried import CODE, Carried, carried_in
from bot.front.client import Interaction
from bot.front.forms import Filled, Form, label
from bot.front.items import Button, Persistent
from bot.knowledge.skills_models import ReadinessPart


class AnswerButton(Persistent[Button], template=rf"wm:ready-answer:{CODE}"):
    """Opens the form, as it was answered before."""

    is_light = True

    def __init__(self, code: str, text: str = "", *, is_next: bool = False) -> None:
        self.code = code
        style = discord.ButtonStyle.primary if is_next else discord.ButtonStyle.secondary
        super().__init__(Button(custom_id=f"wm:ready-answer:{code}", label=text or None, style=style))

    async def used(self, interaction: Interaction) -> None:
        """Opens it."""
        carried = carried_in(interaction.client.coaches.base.knowledge, self.code)
        await interaction.response.send_modal(ReadinessForm(self.code).showing(carried))


class ReadinessForm(Form):
    """The form as it is opened."""

    is_light = True
    template = re.compile(rf"wm:ready:{CODE}")

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(title="How ready are you?", custom_id=f"wm:ready:{code}")

    def showing(self, carried: Carried) -> "ReadinessForm":
        """The form with its questions, answered as they were."""
        for part in carried.checked.skills.readiness.parts:
            chosen = carried.answers.get(part.id, frozenset())
            self.add_item(label(part.question, _choices(part, chosen), part.hint))
        return self

    @staticmethod
    def answers(carried: Carried, values: Filled) -> Answers:
        """What was answered; of a question with one choice, none is no answer, and of one with several, nothing yet."""
        parts = carried.checked.skills.readiness.parts
        chosen = {part.id: frozenset(values.choices(part.id)) for part in parts}
        return {part.id: chosen[part.id] for part in parts if chosen[part.id] or part.choose == "several"}


def _choices(part: ReadinessPart, chosen: frozenset[str]) -> ui.Item[ui.LayoutView]:
    if part.choose == "one":
        return ui.RadioGroup(
            custom_id=part.id,
            required=False,
            options=[
                discord.RadioGroupOption(label=choice.text, value=choice.id, default=choice.id in chosen)
                for choice in part.choices
            ],
        )
    return ui.CheckboxGroup(
        custom_id=part.id,
        required=False,
        min_values=0,
        options=[
            discord.CheckboxGroupOption(label=choice.text, value=choice.id, default=choice.id in chosen)
            for choice in part.choices
        ],
    )
