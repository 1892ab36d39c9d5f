"""What a server has set: comes back as it was, whatever an older or newer version stored."""

import asyncio
import datetime as dt
from dataclasses import replace

import pytest

from bot.store.server_settings import KEPT_DAYS, ServerSettings
from bot.store.store import Store
from bot.store.tables import ServerRow

HERE, ELSEWHERE = 1_234_567_890_123_456_789, 2
ROLE = 987_654_321_098_765_432
ALL = ServerSettings(
    moderator_role=ROLE, mentor_role=ROLE + 1, mentors_channel=ROLE + 2, listening=(ROLE + 3, 5), kept_days=30,
    dates="de", digest_channel=ROLE + 4,
)  # fmt: skip


async def test_where_nothing_is_set_the_defaults_hold(store: Store) -> None:
    assert await store.settings.get(HERE) == ServerSettings(kept_days=KEPT_DAYS)


async def test_settings_come_back_as_they_were(store: Store) -> None:
    await store.settings.put(HERE, ALL)
    assert await store.settings.get(HERE) == ALL


async def test_settings_outlive_a_restart(store: Store, address: str) -> None:
    await store.settings.put(HERE, ALL)
    async with Store.open(address) as later:
        assert await later.settings.get(HERE) == ALL


async def test_new_settings_take_the_place_of_those_before(store: Store) -> None:
    await store.settings.put(HERE, ALL)
    await store.settings.put(HERE, ServerSettings(kept_days=7))
    assert await store.settings.get(HERE) == ServerSettings(kept_days=7)


async def test_servers_have_settings_of_their_own(store: Store) -> None:
    await store.settings.put(HERE, ALL)
    assert await store.settings.get(ELSEWHERE) == ServerSettings()


async def test_first_settings_at_the_same_time_leave_one_of_them(store: Store, address: str) -> None:
    tried = [ServerSettings(kept_days=days) for days in range(1, 9)]
    async with Store.open(address) as other:
        await asyncio.gather(
            *(each.settings.put(HERE, one) for one, each in zip(tried, (store, other) * 4, strict=True))
        )
    assert await store.settings.get(HERE) in tried


async def test_what_another_version_stored_is_read_as_far_as_it_is_known(store: Store) -> None:
    async with store.database.writing() as session:
        session.add(ServerRow(server=HERE, values={"mentor_role": ROLE, "colour": "green"}))
    assert await store.settings.get(HERE) == ServerSettings(mentor_role=ROLE)


async def test_a_change_leaves_all_other_settings(store: Store) -> None:
    await store.settings.put(HERE, ALL)
    changed = await store.settings.change(HERE, kept_days=7, listening=(8, 9), mentor_role=None)
    assert changed == replace(ALL, kept_days=7, listening=(8, 9), mentor_role=None)
    assert await store.settings.get(HERE) == changed


async def test_a_digest_is_given_to_one_of_all_who_ask_for_it(store: Store, address: str) -> None:
    due = dt.datetime(2026, 1, 5, 9, tzinfo=dt.UTC)
    await store.settings.put(HERE, ALL)
    async with Store.open(address) as other:
        claims = [each.settings.claim_digest(HERE, due) for each in (store, other) * 3]
        assert sorted(await asyncio.gather(*claims)) == [False] * 5 + [True]
    assert await store.settings.get(HERE) == replace(ALL, digest_posted_at="2026-01-05T09:00:00+00:00")


async def test_the_next_digest_is_given_anew_and_an_older_one_never(store: Store) -> None:
    due, week = dt.datetime(2026, 1, 5, 9, tzinfo=dt.UTC), dt.timedelta(days=7)
    assert await store.settings.claim_digest(HERE, due)
    assert await store.settings.claim_digest(HERE, due + week)
    assert not await store.settings.claim_digest(HERE, due)
    assert await store.settings.claim_digest(ELSEWHERE, due)


async def test_a_changed_setting_gives_no_digest_back(store: Store) -> None:
    due = dt.datetime(2026, 1, 5, 9, tzinfo=dt.UTC)
    assert await store.settings.claim_digest(HERE, due)
    await store.settings.change(HERE, digest_channel=8)
    assert not await store.settings.claim_digest(HERE, due)


async def test_a_first_change_starts_from_the_defaults(store: Store) -> None:
    assert await store.settings.change(HERE, dates="de") == ServerSettings(dates="de")
    assert await store.settings.get(HERE) == ServerSettings(dates="de")


async def test_changes_at_the_same_time_all_count(store: Store, address: str) -> None:
    async with Store.open(address) as other:
        await asyncio.gather(
            store.settings.change(HERE, mentor_role=1), other.settings.change(HERE, moderator_role=2),
            store.settings.change(HERE, kept_days=30), other.settings.change(HERE, dates="fr"),
        )  # fmt: skip
    assert await store.settings.get(HERE) == ServerSettings(2, 1, kept_days=30, dates="fr")


async def test_a_change_leaves_what_a_newer_version_stored(store: Store) -> None:
    async with store.database.writing() as session:
        session.add(ServerRow(server=HERE, values={"mentor_role": ROLE, "colour": "green"}))
    await store.settings.change(HERE, mentor_role=5)
    async with store.database.reading() as session:
        row = await session.get(ServerRow, HERE)
    assert row is not None
    assert row.values == {"mentor_role": 5, "colour": "green"}


async def test_a_setting_that_there_is_not_changes_nothing(store: Store) -> None:
    with pytest.raises(TypeError, match="colour"):
        await store.settings.change(HERE, colour="green", kept_days=7)
    assert await store.settings.get(HERE) == ServerSettings()
