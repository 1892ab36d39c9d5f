"""What a member could do next, each with the buttons that lead to its answer and to its step on the path."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.coaching.planning import path_of
from bot.errors import WaymarkError
from bot.front.become_form import open_form
from bot.front.client import Interaction, WaymarkBot
from bot.front.entry_card import show_entry
from bot.front.items import Button, Persistent
from bot.front.layout import Block, Item, Shown, label
from bot.front.member_path import GUIDE, STEP, find, guide_of, soon, walk
from bot.front.path_reply import show
from bot.front.step_card import card_view
from bot.knowledge.knowledge import Knowledge, key_of

#: Where in a message a button stands: two things to do may have the same entry, and ids in a message must differ.
_PLACE = r"(?P<place>[0-9]{1,2})"
#: How many blocks a bar has.
_BLOCKS = 10


@dataclass(frozen=True, slots=True)
class NextMove:
    """Something to do, and what is told about it, as Markdown; with the ids of its entry and of its step."""

    what: str
    told: str
    entry: str
    step: str


def move_blocks(knowledge: Knowledge, guide: str, moves: Iterable[NextMove]) -> list[Block]:
    """Each move with its buttons below it, numbered; a button whose entry or step is not in the guide is left out."""
    path = path_of(knowledge, guide)
    titles = {step.id: step.title for step in path.steps} if path else {}
    blocks: list[Block] = []
    for place, move in enumerate(moves, start=1):
        buttons: list[Item] = []
        if entry := knowledge.entry(move.entry):
            buttons.append(MoveEntryButton(str(place), key_of(entry.id), entry.question))
        if title := titles.get(move.step):
            buttons.append(MoveStepButton(str(place), key_of(guide), move.step, f"Step: {title}"))
        blocks += [f"**{place}. {move.what}** {move.told}", buttons]
    return blocks


def bar(percent: float) -> str:
    """So much of a hundred in ten blocks; one is full, or empty, only when there is all, or nothing."""
    full = int(percent / _BLOCKS + 0.5)
    if 0 < percent < 100:
        full = min(max(full, 1), _BLOCKS - 1)
    return f"`{'■' * full}{'□' * (_BLOCKS - full)}`"


def mention(client: WaymarkBot, name: str) -> str:
    """A command as members can press it."""
    return next((command.mention for command in client.synced if command.name == name), f"`/{name}`")


class MoveEntryButton(Persistent[Button], template=rf"wm:move-entry:{_PLACE}:(?P<key>[0-9a-f]{{8}})"):
    """Opens the entry that tells how, for whoever presses it."""

    is_light = True

    def __init__(self, place: str, key: str, text: str = "") -> None:
        self.key = key
        super().__init__(Button(custom_id=f"wm:move-entry:{place}:{key}", label=label(text) or None))

    async def used(self, interaction: Interaction) -> None:
        """Shows it below."""
        await show_entry(interaction, self.key)


class MoveStepButton(Persistent[Button], template=rf"wm:move-step:{_PLACE}:{GUIDE}:{STEP}"):
    """Goes to the step on the path of whoever presses it; opens the form for who has none yet."""

    is_light = True

    def __init__(self, place: str, guide: str, step: str, text: str = "") -> None:
        self.guide, self.step = guide, step
        super().__init__(Button(custom_id=f"wm:move-step:{place}:{guide}:{step}", label=label(text) or None))

    async def used(self, interaction: Interaction) -> None:
        """Shows its card below."""
        client, member = interaction.client, interaction.user.id
        guide = guide_of(client, self.guide)
        path = await soon(find(client, member, guide))
        if path is None:
            await open_form(interaction, guide)
            return
        if path.plan.step(self.step) is None:
            raise WaymarkError("That step is not on your path, so it is left out for you. `/become` shows your path.")
        await show(interaction, self._card(interaction, guide), below=True)

    async def _card(self, interaction: Interaction, guide: str) -> Shown:
        path = await walk(
            interaction.client, interaction.user.id, guide, lambda found: found.progress.go_to(found.plan, self.step)
        )
        return Shown(card_view(path))
