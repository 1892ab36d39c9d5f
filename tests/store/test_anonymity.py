"""Who asked without a name stays unknown, but for moderators who have a reason, and that is noted."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.errors import WaymarkError
from bot.store.anonymity import Relayed, Unmasking
from bot.store.store import Store
from tests.store.clocks import START, Clock

HERE, ELSEWHERE = 1_234_567_890_123_456_789, 2
CHANNEL = 1_111_111_111_111_111_111
ANN, MAX, MIA = 987_654_321_098_765_432, 11, 12


@pytest.fixture
async def other(address: str, clock: Clock) -> AsyncIterator[Store]:
    """The same database as another process has it."""
    async with Store.open(address, clock) as other:
        yield other


@pytest.fixture
async def request_number(store: Store) -> int:
    asked = await store.mentoring.ask(server=HERE, channel=CHANNEL, asker=ANN, text="?", anonymous=True)
    return asked.number


async def test_a_reply_finds_its_way_to_the_asker(store: Store, request_number: int) -> None:
    assert await store.anonymity.recipient(request_number) == ANN
    assert await store.anonymity.recipient(request_number + 1) is None


async def test_messages_that_pass_something_on_are_known_by_their_ids(store: Store, request_number: int) -> None:
    await store.anonymity.relay(request_number, 71, CHANNEL, by_asker=True)
    await store.anonymity.relay(request_number, 72, CHANNEL, by_asker=False)
    await store.anonymity.relay(request_number, 72, CHANNEL, by_asker=False)
    assert await store.anonymity.relayed(71) == Relayed(request_number, by_asker=True)
    assert await store.anonymity.relayed(72) == Relayed(request_number, by_asker=False)
    assert await store.anonymity.relayed(73) is None


async def test_after_a_report_a_moderator_may_learn_who_asked_and_it_is_logged(
    store: Store, request_number: int
) -> None:
    assert await store.anonymity.report(request_number, MAX, "rude")
    assert await store.anonymity.unmask(request_number, MIA, "a report of rudeness") == ANN
    assert await store.anonymity.unmaskings(HERE) == (Unmasking(request_number, MIA, "a report of rudeness", START),)
    assert await store.anonymity.unmaskings(ELSEWHERE) == ()


async def test_without_a_report_nobody_learns_who_asked(store: Store, request_number: int) -> None:
    with pytest.raises(WaymarkError, match="Nobody has reported"):
        await store.anonymity.unmask(request_number, MIA, "curious")
    assert await store.anonymity.unmaskings(HERE) == ()


async def test_a_report_of_one_request_opens_no_other(store: Store, request_number: int) -> None:
    asked = await store.mentoring.ask(server=HERE, channel=CHANNEL, asker=ANN, text="another?", anonymous=True)
    await store.anonymity.report(request_number, MAX)
    with pytest.raises(WaymarkError, match="Nobody has reported"):
        await store.anonymity.unmask(asked.number, MIA, "curious")


async def test_without_a_reason_nobody_learns_who_asked(store: Store, request_number: int) -> None:
    await store.anonymity.report(request_number, MAX)
    with pytest.raises(WaymarkError, match="Say why"):
        await store.anonymity.unmask(request_number, MIA, " \n")
    assert await store.anonymity.unmaskings(HERE) == ()


async def test_each_look_is_logged_the_newest_first(store: Store, request_number: int) -> None:
    await store.anonymity.report(request_number, MAX)
    for moderator in (MAX, MIA, MIA):
        await store.anonymity.unmask(request_number, moderator, "why")
    assert [one.moderator for one in await store.anonymity.unmaskings(HERE)] == [MIA, MIA, MAX]
    assert len(await store.anonymity.unmaskings(HERE, 1)) == 1


async def test_a_forgotten_asker_stays_unknown_whatever_was_reported(store: Store, request_number: int) -> None:
    await store.anonymity.report(request_number, MAX)
    await store.privacy.forget(ANN)
    with pytest.raises(WaymarkError, match="not kept any more"):
        await store.anonymity.unmask(request_number, MIA, "why")


async def test_reporting_twice_at_once_is_reporting_once(store: Store, other: Store, request_number: int) -> None:
    found = await asyncio.gather(*(each.anonymity.report(request_number, MAX, "rude") for each in (store, other) * 3))
    assert sorted(found) == [False] * 5 + [True]
    assert await store.anonymity.report(request_number, MIA)


async def test_what_is_not_there_cannot_be_reported(store: Store) -> None:
    with pytest.raises(WaymarkError, match="nothing to report"):
        await store.anonymity.report(7, MAX)


async def test_a_forgotten_moderator_leaves_that_somebody_looked(store: Store, request_number: int) -> None:
    await store.anonymity.report(request_number, MAX)
    await store.anonymity.unmask(request_number, MIA, "why")
    assert await store.anonymity.forget(MIA) == 1
    assert await store.anonymity.unmaskings(HERE) == (Unmasking(request_number, None, "why", START),)


async def test_a_forgotten_reporter_leaves_that_it_was_reported(store: Store, request_number: int) -> None:
    await store.anonymity.report(request_number, MAX, "rude to me")
    assert await store.anonymity.forget(MAX) == 1
    assert await store.anonymity.unmask(request_number, MIA, "why") == ANN
