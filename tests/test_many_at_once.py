"""Several moderators and members at once: no change is lost, no answer is wrong, and nobody waits for ever."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.assembly import Assembly
from bot.coaches import Coaches
from bot.store.drafts import Draft
from bot.store.store import Store
from bot.store.values import StaleEdit, StoredEntry
from tests.making import bakers, said

HERE, ANN = 1, 7

MEETING = Draft("When do we meet?", "On Mondays.", ("day of the meeting",))
RULES = Draft("What are the rules of this server?", "Be kind.")


@pytest.fixture
def assembly(tmp_path: Path) -> Assembly:
    return bakers(tmp_path)


@asynccontextmanager
async def coaching(assembly: Assembly, address: str) -> AsyncIterator[tuple[Coaches, Store]]:
    """Coaches over a database of either kind, as the bot has them."""
    async with Store.open(address) as store:
        coaches = Coaches(assembly.coach(), assembly.extended, store.entries)
        yield coaches, store
        coaches.close()


async def test_of_two_moderators_edits_at_once_the_one_that_was_saved_is_answered(
    assembly: Assembly, address: str
) -> None:
    async with coaching(assembly, address) as (coaches, store):
        added = await store.entries.add(HERE, MEETING, ANN)

        async def edit(moderator: int, day: str) -> StoredEntry:
            draft = Draft(MEETING.question, f"On {day}.")
            saved = await store.entries.edit(HERE, added.id, draft, moderator, expected_version=1)
            await coaches.refresh(HERE)
            return saved

        ended = await asyncio.gather(edit(ANN, "Tuesdays"), edit(8, "Fridays"), return_exceptions=True)
        (saved,) = (end for end in ended if isinstance(end, StoredEntry))
        (refused,) = (end for end in ended if isinstance(end, StaleEdit))
        assert refused.current == saved
        assert said(await coaches.of(HERE), "when do we meet") == saved.draft.answer


async def test_fifty_entries_added_at_once_are_all_answered(assembly: Assembly, address: str) -> None:
    async with coaching(assembly, address) as (coaches, store):

        async def add(number: int) -> str | None:
            question = f"Where is room number {number}?"
            await store.entries.add(HERE, Draft(question, f"Floor {number}."), ANN)
            await coaches.refresh(HERE)
            return said(await coaches.of(HERE), question)

        assert await asyncio.gather(*map(add, range(50))) == [f"Floor {number}." for number in range(50)]


async def test_questions_during_imports_are_answered_from_one_import_or_the_next(
    assembly: Assembly, address: str
) -> None:
    """Two entries change together in each import; no answer may mix them, and none may be lost."""
    async with coaching(assembly, address) as (coaches, store):
        done = asyncio.Event()
        seen: list[tuple[str | None, str | None]] = []

        async def replace(number: int) -> None:
            drafts = {"meeting": Draft(MEETING.question, f"{number}"), "rules": Draft(RULES.question, f"{number}")}
            await store.entries.replace(HERE, drafts, ANN)
            await coaches.refresh(HERE)

        async def ask() -> None:
            while not done.is_set():
                coach = await coaches.of(HERE)
                seen.append((said(coach, MEETING.question), said(coach, RULES.question)))
                await asyncio.sleep(0)

        await replace(0)
        asking = [asyncio.create_task(ask()) for _ in range(4)]
        await asyncio.gather(*map(replace, range(1, 7)))
        done.set()
        await asyncio.gather(*asking)
        assert all(meeting == rules is not None for meeting, rules in seen)
        last = {entry.draft.answer for entry in await store.entries.all(HERE)}
        assert {said(await coaches.of(HERE), MEETING.question)} == last
