"""All that is stored, opened at once."""

import pytest

from bot.errors import WaymarkError
from bot.store import revisions
from bot.store.database import Database, StoreUnavailableError
from bot.store.drafts import Draft
from bot.store.server_settings import ServerSettings
from bot.store.store import Store
from tests.store.clocks import Clock
from tests.store.doors import Door

RULES = Draft("What are the rules?", "Be kind.")


async def test_it_opens_in_the_newest_shape(address: str) -> None:
    async with Store.open(address):
        pass
    async with Database.open(address) as database:
        assert (await database.migrate())[0] == revisions.newest()


async def test_all_parts_are_told_the_same_time(store: Store, clock: Clock) -> None:
    clock.forward(days=3)
    saved = await store.pending.publish((await store.pending.keep(1, RULES, 7)).key, 7)
    assert (saved.current.at, store.clock()) == (clock.now, clock.now)


async def test_without_a_clock_the_time_is_now_and_in_utc(address: str) -> None:
    async with Store.open(address) as store:
        before = store.clock()
        added = await store.entries.add(1, RULES, 7)
        assert before <= added.current.at <= store.clock()


async def test_all_parts_outlive_a_restart(address: str, clock: Clock) -> None:
    async with Store.open(address, clock) as store:
        added = await store.entries.add(1, RULES, 7)
        waiting = await store.pending.keep(1, RULES, 7)
        await store.questions.record(server=1, channel=2, member=7, text="May I?", kind="none", entry_id=None)
        await store.settings.put(1, ServerSettings(kept_days=7))
    async with Store.open(address, clock) as store:
        assert await store.entries.all(1) == (added,)
        assert await store.pending.get(waiting.key) == waiting
        assert await store.questions.recent(1) == ("May I?",)
        assert (await store.settings.get(1)).kept_days == 7


async def test_an_address_that_leads_nowhere_is_one_sentence() -> None:
    with pytest.raises(WaymarkError, match=r"cannot be opened: .*\. Nothing was changed"):
        async with Store.open("postgresql+asyncpg://me:secret@127.0.0.1:1/x"):
            pass


async def test_a_database_that_goes_away_is_one_sentence_for_every_part(postgres: str) -> None:
    async with Door(postgres).standing() as door, Store.open(door.address) as store:
        waiting = await store.pending.keep(1, RULES, 7)
        door.shut()
        for doing in (
            store.entries.add(1, RULES, 7),
            store.entries.all(1),
            store.pending.publish(waiting.key, 7),
            store.questions.recent(1),
            store.settings.get(1),
        ):
            with pytest.raises(StoreUnavailableError, match="does not do its work just now"):
                await doing
