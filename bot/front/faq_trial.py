"""Trying out an entry before it goes live: the coach that would be, and what becomes of the answers members get."""

from dataclasses import dataclass
from functools import partial

from bot.front.client import WaymarkBot
from bot.knowledge.exchange.ids import Ids
from bot.knowledge.knowledge import key_of
from bot.knowledge.models import Entry
from bot.matching.coach import Coach
from bot.matching.consequences import MOST, consequences
from bot.matching.effects import Consequences, Fate
from bot.matching.embedding import Progress
from bot.store.pending import Pending


@dataclass(frozen=True, slots=True)
class Trial:
    """A text that waits, as the entry that it would be, the coach that would know it, and what that changes."""

    pending: Pending
    entry: Entry
    coach: Coach
    consequences: Consequences


async def tried(client: WaymarkBot, pending: Pending, progress: Progress | None = None) -> Trial:
    """The text tried out on the entries' own wordings and on what members asked of late; takes up to ten seconds."""
    asked = await client.store.questions.recent(pending.server)
    return await _tried(client, pending, asked, MOST, progress)


async def own_questions_tried(client: WaymarkBot, pending: Pending) -> Trial:
    """The text tried out on exact wordings alone, which is quick and tells all that needs a confirmation."""
    return await _tried(client, pending, (), 0, None)


def confirming(effects: Consequences) -> str:
    """A short key of the entries that lose their own question, which a confirmation stands for; empty for none."""
    lost = {one.entry.id for one in effects.not_found_by_own_question}
    lost |= {one.right.id for one in effects.of(Fate.MISDIRECTED) if one.own_question and one.right}
    return key_of(" ".join(sorted(lost))) if effects.needs_confirmation else ""


async def _tried(
    client: WaymarkBot, pending: Pending, asked: tuple[str, ...], most: int, progress: Progress | None
) -> Trial:
    entry_id = pending.entry_id or await _id_of(client, pending)
    before = await client.coaches.of(pending.server)
    after = await client.coaches.trial(pending.server, [pending.draft.entry(entry_id)])
    effects = await client.coaches.work(
        partial(consequences, before, after, [entry_id], asked, progress=progress, most=most)
    )
    entry = after.knowledge.entry(entry_id)
    assert entry is not None, "the coach was made with it"
    return Trial(pending, entry, after, effects)


async def _id_of(client: WaymarkBot, pending: Pending) -> str:
    """The id that a new entry will get, unless another is published first."""
    entries = client.store.entries
    taken = {entry.id for entry in client.coaches.base.knowledge.entries}
    taken |= {stored.id for stored in await entries.all(pending.server)}
    taken |= {binned.entry.id for binned in await entries.bin(pending.server, client.store.clock())}
    return Ids(taken).make(pending.draft.question)
