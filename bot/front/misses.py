"""What a miss ends in: the promise to tell when there is an answer, and what is chosen after "Not this one"."""

from collections.abc import Sequence

import structlog
from discord import ui

from bot.errors import WaymarkError
from bot.front.ask_mentor import AskMentorButton
from bot.front.client import Interaction
from bot.front.entry_card import KEY, EntryButton, show_entry
from bot.front.items import Button, Persistent
from bot.front.layout import ANSWER, MISS, Block, Item, heading, label, layout
from bot.front.permissions import server_of
from bot.front.reply import in_time, replace, reply
from bot.front.text import quoted
from bot.knowledge.knowledge import key_of
from bot.store.database import StoreUnavailableError
from bot.store.questions import StoredQuestion

log = structlog.stdlib.get_logger("waymark.front")

#: The number of a question in a custom id.
NUMBER = r"(?P<number>[0-9]{1,19})"
#: What is said where nothing can be promised.
ELSEWHERE = "Asked in a server, I can also tell you when there is an answer, or ask a mentor for you: use `/ask` there."
LATER = (
    "I cannot keep your question just now, so I cannot promise to tell you of an answer. Ask again in a few minutes."
)


def ways_on(number: int | None, *, in_server: bool) -> list[Block]:
    """What a miss ends in, below everything else; `number`: of the question, None where it was not recorded."""
    if number is None:
        return [LATER if in_server else ELSEWHERE]
    row: Sequence[Item] = [TellMeButton(number), AskMentorButton(number)]
    return [row]


class TellMeButton(Persistent[Button], template=rf"wm:tell:{NUMBER}"):
    """Promises whoever presses it to tell them when there is an answer to that question."""

    def __init__(self, number: int | str) -> None:
        self.number = int(number)
        super().__init__(Button(custom_id=f"wm:tell:{number}", label="Tell me when there is an answer"))

    async def used(self, interaction: Interaction) -> None:
        """Promises it once, and says what will happen."""
        async with in_time(interaction, private=True):
            view = await _promised(interaction, self.number)
        await reply(interaction, view, private=True)


async def _promised(interaction: Interaction, number: int) -> ui.LayoutView:
    client, server = interaction.client, server_of(interaction)
    question = await client.store.questions.get(number)
    if question is None or question.text is None or question.server != server:
        raise WaymarkError(
            "This question is not kept any more, so I cannot promise anything for it. Ask it again with `/ask`; if I "
            "still do not know, press the button there."
        )
    channel = interaction.channel_id or question.channel
    is_new = await client.store.promises.promise(number, interaction.user.id, channel)
    if question.settled_entry is not None:
        client.dispatch("answered")
        return await _answered_view(interaction, question)
    told = "I will tell you" if is_new else "It stays promised: I will tell you"
    text = (
        f"{heading(told)}\nModerators see what I could not answer. When there is an answer to "
        f"“{quoted(question.text)}”, I send it to you in a direct message, once. If I may not write to you, I mention "
        f"you in <#{channel}> instead, with your question."
    )
    return layout(ANSWER, text, NeverMindButton(number))


async def _answered_view(interaction: Interaction, question: StoredQuestion) -> ui.LayoutView:
    """What is said when moderators have found an answer meanwhile."""
    text = f"{heading('There is an answer by now')}\nYou get it within a minute, if I have not sent it to you yet."
    entry = (await interaction.client.coach_of(interaction)).knowledge.entry(question.settled_entry or "")
    return layout(ANSWER, text, *([EntryButton(key_of(entry.id), entry.question)] if entry else []))


class NeverMindButton(Persistent[Button], template=rf"wm:tell-not:{NUMBER}"):
    """Takes the promise back."""

    def __init__(self, number: int | str) -> None:
        self.number = int(number)
        super().__init__(Button(custom_id=f"wm:tell-not:{number}", label="Never mind"))

    async def used(self, interaction: Interaction) -> None:
        """Says that nothing will be told, with the way back."""
        async with in_time(interaction, in_place=True):
            gone = await interaction.client.store.promises.withdraw(interaction.user.id, self.number)
        text = "All right, I will not tell you." if gone else "There was nothing to take back: you are not waiting."
        await replace(interaction, layout(MISS, text, TellMeButton(self.number)))


class ChosenButton(Persistent[Button], template=rf"wm:chosen:{NUMBER}:(?P<key>{KEY})"):
    """An entry offered after "Not this one": opens it privately, and keeps that its asker chose it."""

    def __init__(self, number: int | str, key: str, text: str = "") -> None:
        self.number, self.key = int(number), key
        super().__init__(Button(custom_id=f"wm:chosen:{number}:{key}", label=label(text) or None))

    async def used(self, interaction: Interaction) -> None:
        """Shows the entry; when the database is away, only the log tells that the choice was not kept."""
        await show_entry(interaction, self.key)
        try:
            await self._keep(interaction)
        except StoreUnavailableError as error:
            log.warning("a choice could not be kept", why=str(error))

    async def _keep(self, interaction: Interaction) -> None:
        questions = interaction.client.store.questions
        question = await questions.get(self.number)
        if question is None or question.member != interaction.user.id:
            return
        entry = (await interaction.client.coach_of(interaction)).knowledge.entry_by_key(self.key)
        if entry is not None:
            await questions.tell(self.number, "missed", chosen=entry.id)


def choice(number: int | None, key: str, text: str) -> Item:
    """The button of an entry offered after "Not this one"; `number`: of the question, if its asker is offered it."""
    return EntryButton(key, text) if number is None else ChosenButton(number, key, text)
