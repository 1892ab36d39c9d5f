"""Check-ins: each due one is given to one sender, until it says that it was sent."""

import asyncio
import datetime as dt

import pytest
from sqlalchemy import select, update

from bot.errors import WaymarkError
from bot.store.check_ins import CLAIM_LASTS, CheckIn, CheckIns, DueCheckIn, Every
from bot.store.store import Store
from bot.store.tables import CheckInRow
from tests.store.clocks import Clock
from tests.store.databases import say

HERE, ELSEWHERE = 1_234_567_890_123_456_789, 2
CHANNEL, THREAD = 1_111_111_111_111_111_111, 31
ANN, BEN = 987_654_321_098_765_432, 11
GUIDE, OTHER = "baker", "smith"
BERLIN = "Europe/Berlin"
#: A week after the clock's start, which is a Sunday at half past one in Berlin, at six there.
FIRST = dt.datetime(2026, 3, 8, 17, tzinfo=dt.UTC)
WEEK = dt.timedelta(days=7)


@pytest.fixture
def check_ins(store: Store) -> CheckIns:
    return store.check_ins


async def weekly(check_ins: CheckIns, member: int = ANN, guide: str = GUIDE, *, every: Every = "week") -> CheckIn:
    return await check_ins.set(member, guide, every=every, hour=18, zone=BERLIN, server=HERE, channel=CHANNEL)


async def next_at(check_ins: CheckIns, member: int = ANN) -> dt.datetime:
    found = await check_ins.get(member, GUIDE)
    assert found is not None
    return found.next_at


async def due(check_ins: CheckIns, clock: Clock) -> DueCheckIn:
    """The member's check-in, given out at the time for which it was set."""
    clock.now = await next_at(check_ins)
    (found,) = await check_ins.claim_due(clock.now, 10)
    return found


# --- setting and stopping ---


async def test_nobody_is_asked_who_did_not_want_it(check_ins: CheckIns, clock: Clock) -> None:
    assert await check_ins.get(ANN, GUIDE) is None
    assert await check_ins.claim_due(clock.now + 100 * WEEK, 10) == ()


async def test_the_first_one_comes_in_a_week_at_the_members_hour(check_ins: CheckIns) -> None:
    made = await weekly(check_ins)
    assert made == CheckIn(ANN, GUIDE, "week", 18, BERLIN, HERE, CHANNEL, None, FIRST)
    assert await check_ins.get(ANN, GUIDE) == made


async def test_the_first_one_comes_in_a_month_when_that_was_chosen(check_ins: CheckIns) -> None:
    # By then there is daylight saving in Berlin.
    assert (await weekly(check_ins, every="month")).next_at == dt.datetime(2026, 4, 1, 16, tzinfo=dt.UTC)


async def test_a_zone_is_kept_as_it_is_spelled_by_all(check_ins: CheckIns) -> None:
    made = await check_ins.set(ANN, GUIDE, every="week", hour=0, zone="america/new york", server=None, channel=None)
    assert (made.zone, made.server, made.channel) == ("America/New_York", None, None)


@pytest.mark.parametrize(("hour", "zone"), [(24, BERLIN), (-1, BERLIN), (9, "Nowhere")])
async def test_an_hour_or_a_zone_that_there_is_not_changes_nothing(check_ins: CheckIns, hour: int, zone: str) -> None:
    before = await weekly(check_ins)
    with pytest.raises(WaymarkError, match="nothing was changed"):
        await check_ins.set(ANN, GUIDE, every="month", hour=hour, zone=zone, server=None, channel=None)
    assert await check_ins.get(ANN, GUIDE) == before


async def test_what_is_set_takes_the_place_of_what_was(check_ins: CheckIns, clock: Clock) -> None:
    await weekly(check_ins)
    clock.forward(days=1)
    made = await check_ins.set(ANN, GUIDE, every="week", hour=7, zone="UTC", server=ELSEWHERE, channel=5)
    assert made == CheckIn(ANN, GUIDE, "week", 7, "UTC", ELSEWHERE, 5, None, dt.datetime(2026, 3, 9, 7, tzinfo=dt.UTC))
    assert await check_ins.get(ANN, GUIDE) == made


async def test_a_double_click_sets_once(check_ins: CheckIns, address: str, clock: Clock) -> None:
    async with Store.open(address, clock) as other:
        made = await asyncio.gather(*(weekly(each) for each in (check_ins, other.check_ins) * 4))
    assert set(made) == {made[0]}
    assert len(await check_ins.claim_due(FIRST, 10)) == 1


async def test_who_stopped_is_not_asked(check_ins: CheckIns) -> None:
    await weekly(check_ins)
    await weekly(check_ins, BEN)
    assert await check_ins.stop(ANN, GUIDE)
    assert await check_ins.get(ANN, GUIDE) is None
    assert [found.member for found in await check_ins.claim_due(FIRST, 10)] == [BEN]
    assert not await check_ins.stop(ANN, GUIDE)


async def test_a_thread_is_remembered_and_given_to_whoever_sends(check_ins: CheckIns, clock: Clock) -> None:
    await weekly(check_ins)
    await check_ins.at_thread(ANN, GUIDE, THREAD)
    found = await due(check_ins, clock)
    assert (found.server, found.channel, found.thread) == (HERE, CHANNEL, THREAD)
    await check_ins.at_thread(ANN, GUIDE, None)
    assert (await check_ins.get(ANN, GUIDE) or found).thread is None


async def test_a_thread_is_kept_when_only_the_time_is_set_anew(check_ins: CheckIns) -> None:
    await weekly(check_ins)
    await check_ins.at_thread(ANN, GUIDE, THREAD)
    assert (await weekly(check_ins, every="month")).thread == THREAD
    moved = await check_ins.set(ANN, GUIDE, every="month", hour=18, zone=BERLIN, server=ELSEWHERE, channel=5)
    assert moved.thread is None


# --- snoozing ---


async def test_a_snoozed_one_comes_so_many_days_from_today(check_ins: CheckIns, clock: Clock) -> None:
    await weekly(check_ins)
    clock.forward(days=1)
    snoozed = await check_ins.snooze(ANN, GUIDE, 3)
    assert snoozed == await check_ins.get(ANN, GUIDE)
    assert snoozed is not None
    assert snoozed.next_at == FIRST - dt.timedelta(days=3)


async def test_a_double_click_snoozes_once(check_ins: CheckIns, address: str, clock: Clock) -> None:
    await weekly(check_ins)
    async with Store.open(address, clock) as other:
        await asyncio.gather(*(each.snooze(ANN, GUIDE, 14) for each in (check_ins, other.check_ins) * 4))
    assert await next_at(check_ins) == FIRST + WEEK


async def test_after_a_snooze_it_goes_on_as_before(check_ins: CheckIns, clock: Clock) -> None:
    await weekly(check_ins)
    await check_ins.snooze(ANN, GUIDE, 9)
    found = await due(check_ins, clock)
    assert found.due_at == FIRST + dt.timedelta(days=2)
    await check_ins.sent(found)
    assert await next_at(check_ins) == FIRST + WEEK


async def test_who_is_not_asked_cannot_snooze(check_ins: CheckIns) -> None:
    assert await check_ins.snooze(ANN, GUIDE, 3) is None


@pytest.mark.parametrize(("days", "kept"), [(0, 1), (-5, 1), (10**9, 365)])
async def test_a_snooze_is_a_day_at_least_and_a_year_at_most(check_ins: CheckIns, days: int, kept: int) -> None:
    made = await check_ins.set(ANN, GUIDE, every="week", hour=18, zone="UTC", server=None, channel=None)
    snoozed = await check_ins.snooze(ANN, GUIDE, days)
    assert snoozed is not None
    assert snoozed.next_at - made.next_at == dt.timedelta(days=kept - 7)


# --- giving out what is due ---


async def test_one_is_due_from_its_time_on(check_ins: CheckIns) -> None:
    await weekly(check_ins)
    assert await check_ins.claim_due(FIRST - dt.timedelta(microseconds=1), 10) == ()
    (found,) = await check_ins.claim_due(FIRST, 10)
    assert (found.member, found.guide, found.due_at, found.again) == (ANN, GUIDE, FIRST, False)


async def test_what_was_given_out_is_not_given_out_again(check_ins: CheckIns) -> None:
    await weekly(check_ins)
    assert len(await check_ins.claim_due(FIRST, 10)) == 1
    assert await check_ins.claim_due(FIRST, 10) == ()
    assert await check_ins.claim_due(FIRST + CLAIM_LASTS - dt.timedelta(microseconds=1), 10) == ()


async def test_no_more_are_given_out_than_asked_for_and_those_due_longest_first(
    check_ins: CheckIns, clock: Clock
) -> None:
    for member in (3, 1, 2):
        await weekly(check_ins, member)
        clock.forward(days=1)
    later = FIRST + WEEK
    assert [[found.member for found in await check_ins.claim_due(later, 2)] for _ in range(3)] == [[3, 1], [2], []]


async def test_two_senders_at_once_never_get_the_same_one(check_ins: CheckIns, address: str) -> None:
    for member in range(1, 31):
        await weekly(check_ins, member)
    async with Store.open(address) as other:
        given = await asyncio.gather(*(each.claim_due(FIRST, 4) for each in (check_ins, other.check_ins) * 5))
    assert sorted(found.member for each in given for found in each) == list(range(1, 31))


async def test_who_claims_does_not_wait_for_one_that_somebody_else_changes(
    postgres: str, postgres_database: str, clock: Clock
) -> None:
    # Whoever waits all the same is told so, and does not wait for this test for ever.
    await asyncio.to_thread(say, f"ALTER DATABASE {postgres_database} SET lock_timeout = '5s'")
    async with Store.open(postgres, clock) as store:
        for member in (ANN, BEN):
            await weekly(store.check_ins, member)
        async with store.database.writing() as session:
            await session.execute(select(CheckInRow).where(CheckInRow.member == ANN).with_for_update())
            assert [found.member for found in await store.check_ins.claim_due(FIRST, 10)] == [BEN]
        assert [found.member for found in await store.check_ins.claim_due(FIRST, 10)] == [ANN]


async def test_one_that_was_never_reported_on_is_given_out_again_with_its_nonce(check_ins: CheckIns) -> None:
    await weekly(check_ins)
    (first,) = await check_ins.claim_due(FIRST, 10)
    (second,) = await check_ins.claim_due(FIRST + CLAIM_LASTS, 10)
    assert (second.nonce, second.due_at) == (first.nonce, first.due_at)
    assert (first.again, second.again) == (False, True)
    assert first.claim != second.claim


async def test_each_due_time_has_a_nonce_of_its_own_that_discord_takes(check_ins: CheckIns, clock: Clock) -> None:
    nonces = []
    for member, guide in ((ANN, GUIDE), (ANN, OTHER), (BEN, GUIDE)):
        await weekly(check_ins, member, guide)
    for _ in range(3):
        clock.forward(days=8)
        for found in await check_ins.claim_due(clock.now, 10):
            nonces.append(found.nonce)
            await check_ins.sent(found)
    assert (len(nonces), len(set(nonces))) == (9, 9)
    assert {len(nonce) <= 25 for nonce in nonces} == {True}


async def test_a_nonce_is_the_same_in_both_databases(sqlite: str, postgres: str, clock: Clock) -> None:
    nonces = set()
    for address in (sqlite, postgres):
        async with Store.open(address, clock) as store:
            await weekly(store.check_ins)
            nonces |= {found.nonce for found in await store.check_ins.claim_due(FIRST, 1)}
    assert len(nonces) == 1


# --- what became of it ---


async def test_after_one_was_sent_the_next_comes_in_a_week(check_ins: CheckIns, clock: Clock) -> None:
    await weekly(check_ins)
    found = await due(check_ins, clock)
    clock.forward(minutes=5)
    assert await check_ins.sent(found)
    assert await next_at(check_ins) == FIRST + WEEK
    assert await check_ins.claim_due(FIRST + CLAIM_LASTS, 10) == ()


async def test_one_that_was_sent_twice_moves_on_once(check_ins: CheckIns, clock: Clock) -> None:
    await weekly(check_ins)
    found = await due(check_ins, clock)
    clock.forward(days=7)
    assert [await check_ins.sent(found) for _ in range(2)] == [True, False]
    assert await next_at(check_ins) == FIRST + 2 * WEEK


async def test_at_the_end_of_the_month_the_chosen_day_comes_back(check_ins: CheckIns, clock: Clock) -> None:
    clock.now = dt.datetime(2026, 12, 31, 12, tzinfo=dt.UTC)
    await weekly(check_ins, every="month")
    days = []
    for _ in range(4):
        found = await due(check_ins, clock)
        days.append(found.due_at.date().isoformat())
        await check_ins.sent(found)
    assert days == ["2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30"]


async def test_what_came_due_while_nobody_was_there_comes_once(check_ins: CheckIns, clock: Clock) -> None:
    await weekly(check_ins)
    clock.now = FIRST + 5 * WEEK + dt.timedelta(days=2)
    (found,) = await check_ins.claim_due(clock.now, 10)
    await check_ins.sent(found)
    assert await check_ins.claim_due(clock.now, 10) == ()
    # At six by the summer's clock.
    assert await next_at(check_ins) == FIRST + 6 * WEEK - dt.timedelta(hours=1)


async def test_one_that_failed_is_tried_again_at_the_time_and_with_its_nonce(check_ins: CheckIns, clock: Clock) -> None:
    await weekly(check_ins)
    found = await due(check_ins, clock)
    retry_at = clock.now + dt.timedelta(hours=30)
    assert await check_ins.failed(found, retry_at)
    assert await check_ins.claim_due(retry_at - dt.timedelta(seconds=1), 10) == ()
    (second,) = await check_ins.claim_due(retry_at, 10)
    assert (second.nonce, second.again) == (found.nonce, True)
    clock.now = retry_at
    await check_ins.sent(second)
    assert await next_at(check_ins) == FIRST + WEEK


async def test_one_that_was_given_back_is_not_failed_again(check_ins: CheckIns, clock: Clock) -> None:
    await weekly(check_ins)
    found = await due(check_ins, clock)
    retry_at = clock.now + dt.timedelta(hours=1)
    assert await check_ins.failed(found, retry_at)
    assert not await check_ins.failed(found, retry_at + WEEK)
    assert await next_at(check_ins) == retry_at


async def test_a_claim_lasts_from_when_it_was_renewed(check_ins: CheckIns, clock: Clock) -> None:
    await weekly(check_ins)
    found = await due(check_ins, clock)
    clock.forward(minutes=9)
    assert await check_ins.renew(found)
    assert await check_ins.claim_due(FIRST + CLAIM_LASTS, 10) == ()
    assert len(await check_ins.claim_due(clock.now + CLAIM_LASTS, 10)) == 1


async def test_who_was_too_slow_has_it_no_more(check_ins: CheckIns, clock: Clock) -> None:
    await weekly(check_ins)
    slow = await due(check_ins, clock)
    clock.forward(minutes=10)
    (quick,) = await check_ins.claim_due(clock.now, 10)
    assert not await check_ins.renew(slow)
    assert not await check_ins.failed(slow, clock.now + WEEK)
    assert await check_ins.renew(quick)


async def test_what_the_slow_one_did_send_is_not_sent_again(check_ins: CheckIns, clock: Clock) -> None:
    await weekly(check_ins)
    slow = await due(check_ins, clock)
    clock.forward(minutes=10)
    (quick,) = await check_ins.claim_due(clock.now, 10)
    assert await check_ins.sent(slow)
    assert not await check_ins.renew(quick)
    assert not await check_ins.sent(quick)
    assert await next_at(check_ins) == FIRST + WEEK


@pytest.mark.parametrize("change", ["stop", "snooze", "set"])
async def test_what_the_member_changed_meanwhile_is_not_sent_and_stays(
    check_ins: CheckIns, clock: Clock, change: str
) -> None:
    await weekly(check_ins)
    found = await due(check_ins, clock)
    if change == "stop":
        await check_ins.stop(ANN, GUIDE)
    elif change == "snooze":
        await check_ins.snooze(ANN, GUIDE, 3)
    else:
        await weekly(check_ins, every="month")
    changed = await check_ins.get(ANN, GUIDE)
    assert not await check_ins.renew(found)
    assert not await check_ins.sent(found)
    assert not await check_ins.failed(found, clock.now)
    assert await check_ins.get(ANN, GUIDE) == changed


async def test_one_whose_zone_is_gone_goes_on_by_utc(store: Store, check_ins: CheckIns, clock: Clock) -> None:
    await weekly(check_ins)
    async with store.database.writing() as session:
        await session.execute(update(CheckInRow).values(zone="Atlantis/Capital"))
    assert await check_ins.sent(await due(check_ins, clock))
    assert await next_at(check_ins) == dt.datetime(2026, 3, 15, 18, tzinfo=dt.UTC)
    await check_ins.snooze(ANN, GUIDE, 1)
    assert await next_at(check_ins) == dt.datetime(2026, 3, 9, 18, tzinfo=dt.UTC)


# --- forgetting ---


async def test_a_forgotten_person_is_not_asked(check_ins: CheckIns) -> None:
    for member, guide in ((ANN, GUIDE), (ANN, OTHER), (BEN, GUIDE)):
        await weekly(check_ins, member, guide)
    assert await check_ins.forget(ANN) == 2
    assert await check_ins.export(ANN) == {"check_ins": []}
    assert [found.member for found in await check_ins.claim_due(FIRST, 10)] == [BEN]


async def test_who_leaves_a_server_is_not_asked_there_but_still_by_direct_message(check_ins: CheckIns) -> None:
    await weekly(check_ins)
    await check_ins.at_thread(ANN, GUIDE, THREAD)
    assert await check_ins.forget(ANN, ELSEWHERE) == 0
    assert await check_ins.forget(ANN, HERE) == 1
    assert await check_ins.get(ANN, GUIDE) == CheckIn(ANN, GUIDE, "week", 18, BERLIN, None, None, None, FIRST)


async def test_an_export_has_all_check_ins_of_one_person(check_ins: CheckIns) -> None:
    await weekly(check_ins)
    await weekly(check_ins, BEN)
    assert await check_ins.export(ANN) == {
        "check_ins": [
            {
                "guide": GUIDE, "every": "week", "day": 7, "hour": 18, "zone": BERLIN, "server": HERE,
                "channel": CHANNEL, "thread": None, "next_at": FIRST.isoformat(),
            }
        ]
    }  # fmt: skip
