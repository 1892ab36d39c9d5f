"""Questions at a step: those that people ask about it, and one's own, answered with the step's entries first."""

import re
from collections.abc import Sequence
from dataclasses import replace

import discord

from bot.coaching.plan import PlannedStep
from bot.front.client import Asked, Interaction
from bot.front.drawing import may_attach
from bot.front.entry_card import EntryButton, show_entry
from bot.front.forms import Filled, Form, label, text_input
from bot.front.items import Button, Persistent, Select
from bot.front.layout import CHOICE_LIMIT, OPTIONS_LIMIT, Block, Shown, small
from bot.front.member_path import GUIDE, STEP, begun
from bot.front.path_reply import show
from bot.front.text import shorten
from bot.front.verdicts import Beside, verdict_shown
from bot.knowledge.knowledge import Knowledge, key_of
from bot.knowledge.models import Entry
from bot.matching.answer import Answer, Kind, Match
from bot.store.database import StoreUnavailableError

#: Most characters of a question, as many as `/ask` takes.
QUESTION_LIMIT = 1_000
#: Most entries of the step that are offered when the coach is not sure.
OFFERED = 5


class QuestionMenu(Persistent[Select], template=rf"wm:step-entries:{GUIDE}:{STEP}"):
    """Opens an entry that people ask for at this step."""

    is_light = True

    def __init__(self, guide: str, step: str, entries: Sequence[Entry] = ()) -> None:
        options = [
            discord.SelectOption(label=shorten(entry.question, CHOICE_LIMIT), value=key_of(entry.id))
            for entry in entries[:OPTIONS_LIMIT]
        ]
        menu: Select = Select(
            custom_id=f"wm:step-entries:{guide}:{step}", placeholder="Questions people ask here", options=options
        )
        super().__init__(menu)

    async def used(self, interaction: Interaction) -> None:
        """Shows it below the card."""
        await show_entry(interaction, self.item.values[0])


def entries_at(knowledge: Knowledge, step: PlannedStep) -> list[Entry]:
    """The entries of the step, as this knowledge has them."""
    return [entry for entry_id in step.entries if (entry := knowledge.entry(entry_id))]


class AskStepButton(Persistent[Button], template=rf"wm:ask-step:{GUIDE}:{STEP}"):
    """Opens the form for a question about the step."""

    is_light = True

    def __init__(self, guide: str, step: str) -> None:
        self.guide, self.step = guide, step
        super().__init__(Button(custom_id=f"wm:ask-step:{guide}:{step}", label="Ask about this step"))

    async def used(self, interaction: Interaction) -> None:
        """Opens it."""
        await interaction.response.send_modal(StepQuestionForm(self.guide, self.step))


class StepQuestionForm(Form):
    """The form for a question about a step."""

    template = re.compile(rf"wm:step-question:{GUIDE}:{STEP}")

    def __init__(self, guide: str, step: str) -> None:
        self.guide, self.step = guide, step
        super().__init__(title="Ask about this step", custom_id=f"wm:step-question:{guide}:{step}")
        self.add_item(label("Your question", text_input("question", long=True, most=QUESTION_LIMIT)))

    async def filled(self, interaction: Interaction, values: Filled) -> None:
        """Answers below the card."""
        await show(interaction, self._answer(interaction, values.text("question")), below=True)

    async def _answer(self, interaction: Interaction, question: str) -> Shown:
        client, member = interaction.client, interaction.user.id
        step = await self._step_of(interaction)
        asked = await client.ask(
            question, server=interaction.guild_id, channel=interaction.channel_id or 0, member=member,
            at=interaction.created_at,
        )  # fmt: skip
        beside = Beside(may_attach=may_attach(interaction))
        if step is not None:
            beside = replace(beside, lead=_lead(asked.answer, step), offered=_offered(asked, step))
            asked = replace(asked, answer=replace(asked.answer, matches=_those_first(asked.answer, step)))
        return await verdict_shown(client, asked, member, question, beside)

    async def _step_of(self, interaction: Interaction) -> PlannedStep | None:
        """The step as it is for the member; None when it is not on their path, and when nobody can look."""
        try:
            path = await begun(interaction.client, interaction.user.id, self.guide)
        except StoreUnavailableError:
            # The question can be answered all the same.
            return None
        return path.plan.step(self.step)


def _those_first(answer: Answer, step: PlannedStep) -> tuple[Match, ...]:
    """What is offered, the entries of the step first; an answer stays as it is."""
    if answer.kind is not Kind.SUGGESTIONS:
        return answer.matches
    return tuple(sorted(answer.matches, key=lambda match: match.entry.id not in step.entries))


def _lead(answer: Answer, step: PlannedStep) -> str:
    """What is said above an answer that comes from elsewhere."""
    if answer.kind is not Kind.ANSWER or any(match.entry.id in step.entries for match in answer.matches):
        return ""
    return small(f"This is not from step {step.number}, “{step.title}”, but it answers you.")


def _offered(asked: Asked, step: PlannedStep) -> list[Block]:
    """The step's other entries, for when the coach is not sure."""
    found = {match.entry.id for match in asked.answer.matches}
    left = [entry for entry in entries_at(asked.coach.knowledge, step) if entry.id not in found]
    buttons = [EntryButton(key_of(entry.id), entry.question) for entry in left[:OFFERED]]
    return ["People ask these at this step:", *buttons] if buttons else []
