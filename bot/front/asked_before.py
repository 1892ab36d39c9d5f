"""What members asked in vain before and an entry answers now: shown to whoever published it, who says if so.

The matcher decides what it answers. What has the entry's very words needs no second look: whoever published it put them
there.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import partial

import discord
import structlog
from discord import ButtonStyle, ui

from bot.errors import WaymarkError
from bot.front.client import Interaction, WaymarkBot
from bot.front.entry_card import KEY, known_entry
from bot.front.items import Button, Persistent
from bot.front.layout import ANSWER, MISS, OFFER, heading, layout, lines, small
from bot.front.permissions import require_moderator
from bot.front.reply import in_time, replace
from bot.front.text import quoted
from bot.knowledge.knowledge import key_of
from bot.knowledge.models import Entry
from bot.matching.answerable import answerable
from bot.matching.grouping import by_wording
from bot.matching.normalise import plain
from bot.store.inbox import InboxQuestion

log = structlog.stdlib.get_logger("waymark.front")

#: Most wordings of a message: the numbers of a question for each fit into a custom id.
LISTED = 8
#: Most entries for which there is a message: an import may have thousands.
ENTRIES = 3
#: Most characters of a wording before special ones are escaped.
WORDING_LIMIT = 120
#: Numbers of questions in a custom id, in hexadecimal.
_NUMBERS = rf"(?P<numbers>[0-9a-f]{{1,16}}(?:\.[0-9a-f]{{1,16}}){{0,{LISTED - 1}}})"
#: Most characters of these numbers: 100 less what stands before them.
_ROOM = 75


@dataclass(frozen=True, slots=True)
class Answered:
    """An entry, with the wordings of the questions that it answers: those it has itself, and others."""

    entry: Entry
    own: Sequence[Sequence[InboxQuestion]]
    others: Sequence[Sequence[InboxQuestion]]


async def tell_moderator(interaction: Interaction, entry_ids: Collection[str] | None = None) -> None:
    """Looks what these entries answer, or all of the server's own, and tells the moderator privately if there is any.

    To be called once they were told that the entries are live. Never raises: when it fails, the log has it, and the
    questions stay in the inbox.
    """
    client, server = interaction.client, interaction.guild_id
    try:
        if server is None:
            return
        if entry_ids is None:
            entry_ids = {stored.id for stored in await client.store.entries.all(server)}
        found = await _answered(client, server, entry_ids)
        for one in found[:ENTRIES]:
            settled = await _settled(client, server, one)
            await interaction.followup.send(view=_view(one, settled), ephemeral=True)
        for one in found[ENTRIES:]:
            await _settled(client, server, one)
    except (WaymarkError, discord.HTTPException) as error:
        log.warning("what an entry answers could not be told", server=server, why=str(error))


async def _answered(client: WaymarkBot, server: int, entry_ids: Collection[str]) -> list[Answered]:
    """What each of the entries answers, the entry that most people asked for first."""
    coach = await client.coaches.of(server)
    questions = await client.store.inbox.questions(server)
    # Who chose an entry has an answer; only a wording that became one of the entry's is done with.
    missed = [question for question in questions if question.chosen is None]
    found = await client.coaches.work(partial(answerable, coach, missed, entry_ids, client.met[server]))
    by_entry: dict[str, list[InboxQuestion]] = {}
    for one in found:
        by_entry.setdefault(one.entry_id, []).append(one.question)
    for question in questions:
        if question.chosen is not None and question.chosen in entry_ids:
            by_entry.setdefault(question.chosen, []).append(question)
    every = [
        _sorted(entry, asked) for entry_id, asked in by_entry.items() if (entry := coach.knowledge.entry(entry_id))
    ]
    return sorted((one for one in every if one.own or one.others), key=lambda one: -_people(one.others))


def _sorted(entry: Entry, asked: Sequence[InboxQuestion]) -> Answered:
    words = {plain(text) for text in (entry.question, *entry.phrasings)}
    wordings = by_wording(asked)
    own = [wording for wording in wordings if plain(wording[0].text) in words]
    others = [[one for one in wording if one.chosen is None] for wording in wordings if wording not in own]
    others.sort(key=lambda wording: (-_waiting(wording), -len(wording)))
    return Answered(entry, own, [wording for wording in others if wording])


async def _settled(client: WaymarkBot, server: int, one: Answered) -> int:
    """Answers the questions that have the entry's own words, and gives how many people will be told."""
    numbers = [question.number for wording in one.own for question in wording]
    return await answer(client, server, one.entry, numbers) if numbers else 0


async def answer(client: WaymarkBot, server: int, entry: Entry, numbers: Collection[int]) -> int:
    """Settles these questions as answered by the entry, and gives how many people will be told so; that begins now."""
    told = await client.store.inbox.answer(server, entry.id, numbers)
    if told:
        client.dispatch("answered")
    return told


def _view(one: Answered, told: int) -> ui.LayoutView:
    settled = lines(*_settled_lines(one, told))
    if not one.others:
        return layout(ANSWER, settled)
    shown = _listed(one.others)
    rest = len(one.others) - len(shown)
    title = heading(f"{_counted(_people(shown))} asked something that this answers")
    wordings = [_wording_line(wording) for wording in shown]
    more = f"{rest} more {'wording' if rest == 1 else 'wordings'} that it answers wait in `/faq inbox`." if rest else ""
    waiting = sum(map(_waiting, shown))
    if waiting:
        then = f"*Tell them* sends the answer to {_counted(waiting)} who asked to be told, once."
    else:
        then = "Nobody of them asked to be told; *Tell them* only takes these out of the inbox."
    numbers = ".".join(f"{wording[-1].number:x}" for wording in shown)
    key = key_of(one.entry.id)
    text = lines(title, f"**{quoted(one.entry.question)}** is what they would get now:", *wordings)
    return layout(OFFER, settled, text, lines(then, small(more)), [TellThemButton(key, numbers), NotTheSameButton(key)])


def _settled_lines(one: Answered, told: int) -> list[str]:
    count = sum(map(len, one.own))
    if not count:
        return []
    questions = "1 question" if count == 1 else f"{count} questions"
    who = f"{_counted(told)} will be told within a minute" if told else "nobody had asked to be told"
    are = "is" if count == 1 else "are"
    return [f"{questions} in the inbox had just these words and {are} answered now; {who}."]


def _listed(wordings: Sequence[Sequence[InboxQuestion]]) -> Sequence[Sequence[InboxQuestion]]:
    """As many of the wordings as a custom id holds the numbers of."""
    room, count = _ROOM, 0
    for wording in wordings[:LISTED]:
        room -= len(f"{wording[-1].number:x}.")
        if room < 0:
            break
        count += 1
    return wordings[:count]


def _wording_line(wording: Sequence[InboxQuestion]) -> str:
    people = _people([wording])
    return f"- “{quoted(wording[-1].text, WORDING_LIMIT)}”" + (f" ({people} people)" if people > 1 else "")


def _people(wordings: Sequence[Sequence[InboxQuestion]]) -> int:
    return len({question.member for wording in wordings for question in wording})


def _waiting(wording: Sequence[InboxQuestion]) -> int:
    return sum(question.waiting for question in wording)


def _counted(people: int) -> str:
    return "1 person" if people == 1 else f"{people} people"


class TellThemButton(Persistent[Button], template=rf"wm:tell-them:(?P<key>{KEY}):{_NUMBERS}"):
    """Says that the entry answers these questions, and all with the same words; who waits for it is told."""

    def __init__(self, key: str, numbers: str) -> None:
        self.key, self.numbers = key, numbers
        item: Button = Button(custom_id=f"wm:tell-them:{key}:{numbers}", label="Tell them", style=ButtonStyle.success)
        super().__init__(item)

    async def used(self, interaction: Interaction) -> None:
        """Answers them once, whoever presses it how often."""
        server = await require_moderator(interaction)
        client = interaction.client
        async with in_time(interaction, in_place=True):
            entry = known_entry(await client.coach_of(interaction), self.key)
            chosen = {int(number, 16) for number in self.numbers.split(".")}
            questions = await client.store.inbox.questions(server)
            words = {plain(question.text) for question in questions if question.number in chosen}
            numbers = [question.number for question in questions if plain(question.text) in words]
            told = await answer(client, server, entry, numbers)
        await replace(interaction, told_view(entry, len(numbers), told))


def told_view(entry: Entry, questions: int, told: int) -> ui.LayoutView:
    """What a moderator is told of questions that the entry answers from now on."""
    if not questions:
        return layout(MISS, "These do not wait any more: another moderator has seen to them. Nothing was changed.")
    count = "1 question is" if questions == 1 else f"{questions} questions are"
    who = f"{_counted(told)} will be told within a minute" if told else "Nobody waits to be told"
    return layout(ANSWER, f"{count} answered by **{quoted(entry.question)}** now. {who}.")


class NotTheSameButton(Persistent[Button], template=rf"wm:not-the-same:(?P<key>{KEY})"):
    """Leaves the questions in the inbox."""

    def __init__(self, key: str) -> None:
        super().__init__(Button(custom_id=f"wm:not-the-same:{key}", label="Not the same"))

    async def used(self, interaction: Interaction) -> None:
        """Says so."""
        await require_moderator(interaction)
        await replace(interaction, layout(MISS, "Nobody is told, and the questions stay in `/faq inbox`."))
