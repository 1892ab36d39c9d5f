"""Who may see a path: nobody, until the member says so, and only where they said it."""

import asyncio

import pytest

from bot.store.path_viewers import PathViewer, PathViewers
from bot.store.store import Store
from tests.store.clocks import START, Clock

HERE, ELSEWHERE = 1_234_567_890_123_456_789, 2
ANN, BEN, CAY = 987_654_321_098_765_432, 11, 12
MENTORS, BAKERS = 1_111_111_111_111_111_111, 21
GUIDE, OTHER = "baker", "smith"


@pytest.fixture
def viewers(store: Store) -> PathViewers:
    return store.path_viewers


async def test_nobody_may_see_a_path_before_the_member_says_so(viewers: PathViewers) -> None:
    assert not await viewers.may_see(ANN, GUIDE, HERE, BEN, [MENTORS])
    assert await viewers.of(ANN, GUIDE, HERE) == ()


async def test_everybody_may_see_their_own(viewers: PathViewers) -> None:
    assert await viewers.may_see(ANN, GUIDE, HERE, ANN, ())


async def test_who_was_allowed_may_see_and_nobody_else(viewers: PathViewers) -> None:
    await viewers.allow(ANN, GUIDE, HERE, BEN, is_role=False)
    assert await viewers.may_see(ANN, GUIDE, HERE, BEN, ())
    assert not await viewers.may_see(ANN, GUIDE, HERE, CAY, [MENTORS])


async def test_what_is_allowed_holds_for_one_server_guide_and_member(viewers: PathViewers) -> None:
    await viewers.allow(ANN, GUIDE, HERE, BEN, is_role=False)
    assert not await viewers.may_see(ANN, GUIDE, ELSEWHERE, BEN, ())
    assert not await viewers.may_see(ANN, OTHER, HERE, BEN, ())
    assert not await viewers.may_see(CAY, GUIDE, HERE, BEN, ())
    assert not await viewers.may_see(BEN, GUIDE, HERE, ANN, ())


async def test_who_has_an_allowed_role_may_see_as_long_as_they_have_it(viewers: PathViewers) -> None:
    await viewers.allow(ANN, GUIDE, HERE, MENTORS, is_role=True)
    assert await viewers.may_see(ANN, GUIDE, HERE, BEN, [BAKERS, MENTORS])
    assert not await viewers.may_see(ANN, GUIDE, HERE, BEN, [BAKERS])
    assert not await viewers.may_see(ANN, GUIDE, HERE, BEN, ())


async def test_a_person_is_no_role_and_a_role_no_person(viewers: PathViewers) -> None:
    await viewers.allow(ANN, GUIDE, HERE, BEN, is_role=False)
    await viewers.allow(ANN, GUIDE, HERE, MENTORS, is_role=True)
    assert not await viewers.may_see(ANN, GUIDE, HERE, CAY, [BEN])
    assert not await viewers.may_see(ANN, GUIDE, HERE, MENTORS, ())


async def test_who_was_allowed_is_told_in_order(viewers: PathViewers, clock: Clock) -> None:
    await viewers.allow(ANN, GUIDE, HERE, MENTORS, is_role=True)
    first = clock.now
    clock.forward(seconds=1)
    await viewers.allow(ANN, GUIDE, HERE, BEN, is_role=False)
    assert await viewers.of(ANN, GUIDE, HERE) == (
        PathViewer(MENTORS, is_role=True, at=first),
        PathViewer(BEN, is_role=False, at=clock.now),
    )


async def test_a_double_click_allows_once(viewers: PathViewers, address: str) -> None:
    async with Store.open(address, lambda: START) as other:
        await asyncio.gather(
            *(each.allow(ANN, GUIDE, HERE, BEN, is_role=False) for each in (viewers, other.path_viewers) * 4)
        )
    assert await viewers.of(ANN, GUIDE, HERE) == (PathViewer(BEN, is_role=False, at=START),)


async def test_who_is_no_longer_allowed_may_not_see(viewers: PathViewers) -> None:
    await viewers.allow(ANN, GUIDE, HERE, BEN, is_role=False)
    await viewers.allow(ANN, GUIDE, HERE, CAY, is_role=False)
    assert await viewers.revoke(ANN, GUIDE, HERE, BEN)
    assert not await viewers.may_see(ANN, GUIDE, HERE, BEN, ())
    assert await viewers.may_see(ANN, GUIDE, HERE, CAY, ())
    assert not await viewers.revoke(ANN, GUIDE, HERE, BEN)


async def test_a_forgotten_person_allows_nobody_and_is_allowed_nothing(viewers: PathViewers) -> None:
    await viewers.allow(ANN, GUIDE, HERE, BEN, is_role=False)
    await viewers.allow(ANN, GUIDE, ELSEWHERE, MENTORS, is_role=True)
    await viewers.allow(CAY, GUIDE, HERE, ANN, is_role=False)
    await viewers.allow(CAY, GUIDE, HERE, BEN, is_role=False)
    assert await viewers.forget(ANN) == 3
    assert await viewers.export(ANN) == {"path_viewers": []}
    assert [viewer.viewer for viewer in await viewers.of(CAY, GUIDE, HERE)] == [BEN]


async def test_who_leaves_a_server_is_forgotten_there_alone(viewers: PathViewers) -> None:
    for server in (HERE, ELSEWHERE):
        await viewers.allow(ANN, GUIDE, server, BEN, is_role=False)
        await viewers.allow(CAY, GUIDE, server, ANN, is_role=False)
    assert await viewers.forget(ANN, HERE) == 2
    assert (await viewers.of(ANN, GUIDE, HERE), await viewers.of(CAY, GUIDE, HERE)) == ((), ())
    assert await viewers.may_see(ANN, GUIDE, ELSEWHERE, BEN, ())
    assert await viewers.may_see(CAY, GUIDE, ELSEWHERE, ANN, ())


async def test_a_role_with_the_number_of_a_person_is_not_forgotten_with_them(viewers: PathViewers) -> None:
    await viewers.allow(ANN, GUIDE, HERE, BEN, is_role=True)
    assert await viewers.forget(BEN) == 0
    assert await viewers.export(BEN) == {"path_viewers": []}


async def test_an_export_names_whom_they_allowed_but_not_who_allowed_them(viewers: PathViewers) -> None:
    await viewers.allow(ANN, GUIDE, HERE, MENTORS, is_role=True)
    await viewers.allow(CAY, OTHER, HERE, ANN, is_role=False)
    at = START.isoformat()
    assert await viewers.export(ANN) == {
        "path_viewers": [
            {"guide": GUIDE, "server": HERE, "viewer": MENTORS, "is_role": True, "at": at},
            {"guide": OTHER, "server": HERE, "viewer": ANN, "at": at},
        ]
    }
