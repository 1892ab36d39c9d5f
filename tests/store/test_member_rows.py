"""What is stored about members' ways: any state that JSON has comes back, and goes into backups with all the rest."""

import datetime as dt
import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.store import dump
from bot.store.database import Database
from bot.store.member_rows import storable_state
from bot.store.moving import backup, restore
from bot.store.store import Store

HERE = 1_234_567_890_123_456_789
ANN, BEN = 987_654_321_098_765_432, 11
GUIDE = "baker"

_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inside: st.lists(inside) | st.dictionaries(st.text(max_size=5), inside),
    max_leaves=10,
)


@given(st.dictionaries(st.text(max_size=5), _VALUES))
def test_a_state_that_is_stored_once_is_stored_again_as_it_is(state: dict[str, Any]) -> None:
    assert storable_state(storable_state(state)) == storable_state(state)


def test_a_state_loses_only_what_no_database_holds() -> None:
    state = {"note": "nul \0 half \ud83d of it\r\n", "ticks": ("a", "b"), "deep": [{"n": 1.5, "no": None, "ok": True}]}
    assert storable_state(state) == {
        "note": "nul  half  of it",
        "ticks": ["a", "b"],
        "deep": [{"n": 1.5, "no": None, "ok": True}],
    }


@pytest.mark.parametrize("value", [{1, 2}, object(), math.nan, math.inf])
def test_what_json_does_not_have_is_no_state(value: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        storable_state({"value": value})


async def fill(store: Store) -> None:
    """One of everything that is stored about members."""
    await store.member_paths.begin(ANN, GUIDE, {"note": "¿Qué? 日本 \U0001f600 'x\" \\n", "ticks": ["a", "b"]})
    await store.results.save(ANN, GUIDE, "skills", {"kneading": 3})
    await store.practice_states.change(ANN, GUIDE, lambda _: {"seen": ["why-bread"]})
    await store.check_ins.set(ANN, GUIDE, every="month", hour=9, zone="Europe/Berlin", server=HERE, channel=5)
    await store.check_ins.claim_due(await next_at(store), 1)
    await store.path_viewers.allow(ANN, GUIDE, HERE, BEN, is_role=False)


async def next_at(store: Store) -> dt.datetime:
    found = await store.check_ins.get(ANN, GUIDE)
    assert found is not None
    return found.next_at


async def all_of(database: Database) -> list[str]:
    return await database.snapshot(lambda connection: list(dump.lines(connection)))


async def test_from_sqlite_to_postgresql_and_back_all_of_it_is_the_same(
    sqlite: str, postgres: str, tmp_path: Path
) -> None:
    async with Store.open(sqlite) as first:
        await fill(first)
        before = await all_of(first.database)
        await backup(first.database, tmp_path / "from-sqlite")
    async with Store.open(postgres) as second:
        await restore(second.database, tmp_path / "from-sqlite")
        assert await all_of(second.database) == before
        # Numbers go on after those that were brought along.
        assert (await second.results.save(BEN, GUIDE, "skills", {})).number > 1
        assert await second.results.drop(BEN, 2)
        await backup(second.database, tmp_path / "from-postgres")
    async with Store.open(sqlite.replace("waymark.db", "back.db")) as third:
        await restore(third.database, tmp_path / "from-postgres")
        assert await all_of(third.database) == before


async def test_all_of_it_outlives_a_restart(store: Store, address: str) -> None:
    await fill(store)
    async with Store.open(address, store.clock) as later:
        assert await later.member_paths.get(ANN, GUIDE) == await store.member_paths.get(ANN, GUIDE)
        assert await later.practice_states.get(ANN, GUIDE) == {"seen": ["why-bread"]}
        assert [result.values for result in await later.results.of(ANN, GUIDE, "skills")] == [{"kneading": 3}]
        assert await later.check_ins.get(ANN, GUIDE) == await store.check_ins.get(ANN, GUIDE)
        assert await later.path_viewers.may_see(ANN, GUIDE, HERE, BEN, ())


async def test_a_backup_holds_a_note_with_half_a_character(store: Store, tmp_path: Path) -> None:
    await store.member_paths.begin(ANN, GUIDE, {"note": "half \ud83d of it \0"})
    await backup(store.database, tmp_path / "backup")
    before = await all_of(store.database)
    await restore(store.database, tmp_path / "backup")
    assert await all_of(store.database) == before
