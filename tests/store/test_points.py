"""What mentors point to: counted for each, and forgotten with them."""

import datetime as dt

from bot.store.points import Use
from bot.store.store import Store
from tests.store.clocks import Clock

HERE, ELSEWHERE = 1_234_567_890_123_456_789, 2
MAX, MIA = 987_654_321_098_765_432, 11


async def test_what_a_mentor_uses_most_comes_first(store: Store) -> None:
    for topic in ("pay", "/become", "pay", "exam", "pay", "exam"):
        await store.points.point(HERE, MAX, topic)
    await store.points.point(HERE, MIA, "/skills")
    await store.points.point(ELSEWHERE, MAX, "/help")
    assert await store.points.mentor_uses(HERE, MAX) == (Use("pay", 3, 0), Use("exam", 2, 0), Use("/become", 1, 0))
    assert [use.topic for use in await store.points.mentor_uses(HERE, MAX, limit=1)] == ["pay"]


async def test_of_what_is_used_equally_the_last_comes_first(store: Store) -> None:
    for topic in ("pay", "exam", "exam", "pay", "/become"):
        await store.points.point(HERE, MAX, topic)
    assert [use.topic for use in await store.points.mentor_uses(HERE, MAX)] == ["pay", "exam", "/become"]


async def test_what_helped_is_counted_once_a_newcomer(store: Store) -> None:
    first, second, third = [await store.points.point(HERE, MAX, "pay") for _ in range(3)]
    for _ in range(2):
        await store.points.tell(first, "helped")
    await store.points.tell(second, "missed")
    await store.points.tell(third, "missed")
    await store.points.tell(third, "helped")
    assert await store.points.mentor_uses(HERE, MAX) == (Use("pay", 3, 2),)


async def test_a_mentor_who_has_pointed_to_nothing_uses_nothing(store: Store) -> None:
    assert await store.points.mentor_uses(HERE, MAX) == ()


async def test_forgotten_mentors_leave_counts(store: Store) -> None:
    await store.points.point(HERE, MAX, "pay")
    assert await store.points.forget(MAX) == 1
    assert await store.points.mentor_uses(HERE, MAX) == ()
    assert (await store.insights.of(HERE, "week", {})).mentors.pointed == 1


async def test_mentors_are_taken_out_when_their_time_has_come(store: Store, clock: Clock) -> None:
    await store.points.point(HERE, MAX, "pay")
    assert await store.points.expire(HERE, clock.now) == 0
    later = clock.now + dt.timedelta(microseconds=1)
    assert [await store.points.expire(server, later) for server in (ELSEWHERE, HERE, HERE)] == [0, 1, 0]
