"""`/faq inbox`: what members asked in vain, with its like, those first that most people asked; and what to do about it.

Members' words are shown, never their names.
"""

from functools import partial

from discord import ButtonStyle, ui
from discord.utils import format_dt

from bot.front.client import Interaction, WaymarkBot
from bot.front.inbox_answers import AddPhrasingButton, EntryIsButton, WriteEntryButton
from bot.front.items import Button, Persistent
from bot.front.layout import ANSWER, OFFER, Block, Item, heading, layout, lines, small
from bot.front.missed import Missed, missed, one_missed
from bot.front.nearest import confidences, percent
from bot.front.pages import Page
from bot.front.permissions import require_moderator
from bot.front.reply import in_time, replace, reply
from bot.front.text import quoted
from bot.matching.coach import Coach
from bot.matching.grouping import Group, Proposal
from bot.store.inbox import InboxQuestion

#: Groups a page: with their buttons that leaves room within 40 components.
GROUPS = 5
#: Wordings that are shown of a group, and most characters of each before special ones are escaped.
WORDINGS, WORDING_LIMIT = 4, 110
#: Most characters of an entry's question.
TITLE_LIMIT = 60

_NUMBER, _PAGE = r"(?P<number>[0-9]{1,19})", r"(?P<page>[0-9]{1,6})"


async def show_inbox(interaction: Interaction) -> None:
    """Shows the first page to a moderator."""
    server = await require_moderator(interaction)
    async with in_time(interaction, private=True):
        view = await inbox_view(interaction.client, server)
    await reply(interaction, view, private=True)


async def inbox_view(client: WaymarkBot, server: int, number: int = 0, *above: Block) -> ui.LayoutView:
    """A page of the inbox; what was done before stands `above`."""
    found = await missed(client, server)
    page = Page.at(found.missed, number, GROUPS)
    if not page.items:
        return layout(ANSWER, *above, _EMPTY)
    near = await client.coaches.work(partial(_texts, found.coach, page))
    blocks: list[Block] = []
    for one, text in zip(page.items, near, strict=True):
        blocks += [ui.Separator(), text, _buttons(one, page.number)]
    turning: list[Item] = [InboxPageButton(at, text) for at, text in page.beside()]
    return layout(OFFER, *above, _title(len(found.missed), str(page)), *blocks, turning)


_EMPTY = (
    f"{heading('The inbox is empty')}\nEverything that members asked has an answer, or you have seen to it. What they "
    "ask in vain comes here by itself."
)


def _title(count: int, page: str) -> str:
    told = "Most asked first. `/faq try` tells why a question got no answer."
    waits = "1 question waits" if count == 1 else f"{count} questions wait"
    return lines(heading(f"{waits} for an answer"), told, small(page))


def _texts(coach: Coach, page: Page[Missed]) -> list[str]:
    return [_group_text(coach, one) if isinstance(one, Group) else _proposal_text(coach, one) for one in page.items]


def _group_text(coach: Coach, group: Group[InboxQuestion]) -> str:
    first, *others = group.wordings
    shown = [f"- also “{quoted(text, WORDING_LIMIT)}”" for text in others[: WORDINGS - 1]]
    left = len(others) - len(shown)
    near = [f"{quoted(entry.question, TITLE_LIMIT)} ({percent(sure)})" for entry, sure in confidences(coach, group)]
    return lines(
        f"**“{quoted(first, WORDING_LIMIT)}”**",
        small(" · ".join(_counts(group))),
        *shown,
        f"- and {left} more wordings" if left > 1 else "- and 1 more wording" if left else "",
        # The empty line ends the list.
        ("\n" if shown else "") + small(f"Nearest: {'; '.join(near)}") if near else "",
    )


def _counts(group: Group[InboxQuestion]) -> list[str]:
    counts = [f"asked by {_people(group.people)}, last time {format_dt(group.last, 'R')}"]
    if group.mentor_asks:
        counts.append(f"{group.mentor_asks} went to a mentor")
    if group.waiting:
        counts.append(f"{group.waiting} to be told")
    if group.dismissed:
        counts.append(f"{group.dismissed} like it dismissed before")
    return counts


def _proposal_text(coach: Coach, proposal: Proposal[InboxQuestion]) -> str:
    entry = coach.knowledge.entry(proposal.entry_id)
    title = quoted(entry.question, TITLE_LIMIT) if entry else proposal.entry_id
    return lines(
        f"**“{quoted(proposal.text, WORDING_LIMIT)}”**",
        small(f"{_people(proposal.people)} got something else and then chose: {title}"),
    )


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count} people"


def _buttons(one: Missed, page: int) -> list[Item]:
    number = one.questions[0].number
    dismiss = NotForUsButton(number, page)
    if isinstance(one, Proposal):
        return [AddPhrasingButton(number), dismiss]
    return [WriteEntryButton(number), EntryIsButton(number), dismiss]


class InboxPageButton(Persistent[Button], template=rf"wm:inbox:{_PAGE}"):
    """Turns to another page, as the inbox is by then."""

    def __init__(self, page: int | str, text: str = "") -> None:
        self.page = int(page)
        super().__init__(Button(custom_id=f"wm:inbox:{page}", label=text or None))

    async def used(self, interaction: Interaction) -> None:
        """Shows it in the same message."""
        server = await require_moderator(interaction)
        async with in_time(interaction, in_place=True):
            view = await inbox_view(interaction.client, server, self.page)
        await replace(interaction, view)


class NotForUsButton(Persistent[Button], template=rf"wm:inbox-not:{_NUMBER}:{_PAGE}"):
    """Takes what the question is in out of the inbox; it comes up again when three more people ask it."""

    def __init__(self, number: int | str, page: int | str) -> None:
        self.number, self.page = int(number), int(page)
        super().__init__(Button(custom_id=f"wm:inbox-not:{number}:{page}", label="Not for us"))

    async def used(self, interaction: Interaction) -> None:
        """Shows the rest of the inbox, with the way back."""
        server = await require_moderator(interaction)
        client = interaction.client
        async with in_time(interaction, in_place=True):
            _, one = await one_missed(client, server, self.number)
            await client.store.inbox.dismiss(server, [asked.number for asked in one.questions])
            text = one.wordings[0] if isinstance(one, Group) else one.text
            done = f"Out of the inbox: “{quoted(text, WORDING_LIMIT)}”."
            view = await inbox_view(client, server, self.page, done, UndoDismissButton(self.number, self.page))
        await replace(interaction, view)


class UndoDismissButton(Persistent[Button], template=rf"wm:inbox-undo:{_NUMBER}:{_PAGE}"):
    """Brings back what was taken out of the inbox."""

    def __init__(self, number: int | str, page: int | str) -> None:
        self.number, self.page = int(number), int(page)
        item: Button = Button(custom_id=f"wm:inbox-undo:{number}:{page}", label="Undo", style=ButtonStyle.primary)
        super().__init__(item)

    async def used(self, interaction: Interaction) -> None:
        """Shows the inbox with it."""
        server = await require_moderator(interaction)
        client = interaction.client
        async with in_time(interaction, in_place=True):
            one = (await missed(client, server, dismissed=True)).having(self.number)
            if one is not None:
                await client.store.inbox.take_back(server, [asked.number for asked in one.questions])
            done = "It is back." if one else "It is not kept any more, so it could not be brought back."
            view = await inbox_view(client, server, self.page, done)
        await replace(interaction, view)
