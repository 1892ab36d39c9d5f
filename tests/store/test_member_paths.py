"""How far members are: every move is kept, once, whoever moves at the same time."""

import asyncio
import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.coaching.progress import Progress, StepRecord, StepState, Told
from bot.coaching.situation import Situation
from bot.errors import WaymarkError
from bot.knowledge.path_models import Pace
from bot.store.member_paths import MemberPaths, MissingPathError, StoredPath
from bot.store.store import Store
from tests.store.clocks import START, Clock

HERE = 1_234_567_890_123_456_789
ANN, BEN = 987_654_321_098_765_432, 11
GUIDE, OTHER = "baker", "smith"

State = dict[str, Any]
BEGUN: State = {"current": "school", "ticks": []}


@pytest.fixture
def paths(store: Store) -> MemberPaths:
    return store.member_paths


def tick(item: str) -> Callable[[State], State]:
    return lambda state: {**state, "ticks": [*state["ticks"], item]}


async def test_a_path_that_was_not_begun_is_not_there(paths: MemberPaths) -> None:
    assert await paths.get(ANN, GUIDE) is None
    assert await paths.of(ANN) == ()


async def test_a_begun_path_is_there_with_all_it_says(paths: MemberPaths) -> None:
    begun = await paths.begin(ANN, GUIDE, BEGUN)
    assert begun == StoredPath(ANN, GUIDE, BEGUN, 1, START, START)
    assert await paths.get(ANN, GUIDE) == begun


async def test_a_path_that_is_begun_again_stays_as_it_is(paths: MemberPaths, clock: Clock) -> None:
    await paths.begin(ANN, GUIDE, BEGUN)
    ticked = await paths.change(ANN, GUIDE, tick("a"))
    clock.forward(seconds=1)
    assert await paths.begin(ANN, GUIDE, BEGUN) == ticked


async def test_a_double_click_begins_one_path(paths: MemberPaths, address: str) -> None:
    async with Store.open(address) as other:
        states = [{"click": number} for number in range(8)]
        both = (paths, other.member_paths) * 4
        begun = await asyncio.gather(*(each.begin(ANN, GUIDE, state) for state, each in zip(states, both, strict=True)))
    assert len({path.state["click"] for path in begun}) == 1
    assert await paths.get(ANN, GUIDE) == begun[0]
    assert begun[0].version == 1


async def test_members_and_guides_have_paths_of_their_own(paths: MemberPaths) -> None:
    await paths.begin(ANN, GUIDE, BEGUN)
    await paths.begin(ANN, OTHER, BEGUN)
    await paths.begin(BEN, GUIDE, BEGUN)
    await paths.change(ANN, GUIDE, tick("a"))
    found = [await paths.get(member, guide) for member, guide in ((ANN, GUIDE), (ANN, OTHER), (BEN, GUIDE))]
    assert [path.state["ticks"] for path in found if path] == [["a"], [], []]


async def test_the_path_that_was_changed_last_comes_first(paths: MemberPaths, clock: Clock) -> None:
    for guide in (GUIDE, OTHER):
        await paths.begin(ANN, guide, BEGUN)
        clock.forward(seconds=1)
    await paths.begin(BEN, GUIDE, BEGUN)
    assert [path.guide for path in await paths.of(ANN)] == [OTHER, GUIDE]
    await paths.change(ANN, GUIDE, tick("a"))
    assert [path.guide for path in await paths.of(ANN)] == [GUIDE, OTHER]


async def test_a_move_is_saved_as_the_next_version(paths: MemberPaths, clock: Clock) -> None:
    await paths.begin(ANN, GUIDE, BEGUN)
    clock.forward(hours=1)
    moved = await paths.change(ANN, GUIDE, tick("a"))
    assert moved == StoredPath(
        ANN, GUIDE, {"current": "school", "ticks": ["a"]}, 2, START, START + dt.timedelta(hours=1)
    )
    assert await paths.get(ANN, GUIDE) == moved


async def test_a_move_that_changes_nothing_saves_nothing(paths: MemberPaths, clock: Clock) -> None:
    begun = await paths.begin(ANN, GUIDE, BEGUN)
    clock.forward(hours=1)
    assert await paths.change(ANN, GUIDE, lambda state: state) == begun
    assert await paths.change(ANN, GUIDE, lambda state: {**state, "ticks": ()}) == begun
    assert await paths.get(ANN, GUIDE) == begun


async def test_a_move_that_writes_into_the_state_it_was_given_is_saved_too(paths: MemberPaths) -> None:
    def careless(state: State) -> State:
        state["ticks"].append("a")
        return state

    await paths.begin(ANN, GUIDE, BEGUN)
    assert (await paths.change(ANN, GUIDE, careless)).version == 2
    found = await paths.get(ANN, GUIDE)
    assert found is not None
    assert found.state["ticks"] == ["a"]


async def test_a_move_that_fails_changes_nothing(paths: MemberPaths) -> None:
    def failing(state: State) -> State:
        state["ticks"].append("a")
        raise WaymarkError("That is one note too many.")

    begun = await paths.begin(ANN, GUIDE, BEGUN)
    with pytest.raises(WaymarkError, match="one note too many"):
        await paths.change(ANN, GUIDE, failing)
    assert await paths.get(ANN, GUIDE) == begun
    assert (await paths.change(ANN, GUIDE, tick("b"))).state["ticks"] == ["b"]


async def test_a_path_that_is_not_there_is_told_kindly(paths: MemberPaths) -> None:
    with pytest.raises(MissingPathError, match=r"have not begun this path.*`/become` starts it"):
        await paths.change(ANN, GUIDE, tick("a"))
    assert await paths.get(ANN, GUIDE) is None


async def test_two_moves_at_once_are_done_one_after_the_other(paths: MemberPaths, address: str) -> None:
    seen: list[int] = []

    def count(state: State) -> State:
        seen.append(state["clicks"])
        return {"clicks": state["clicks"] + 1}

    await paths.begin(ANN, GUIDE, {"clicks": 0})
    async with Store.open(address) as other:
        moved = await asyncio.gather(*(each.change(ANN, GUIDE, count) for each in (paths, other.member_paths) * 10))
    assert sorted(seen) == list(range(20))
    assert sorted(path.version for path in moved) == list(range(2, 22))
    found = await paths.get(ANN, GUIDE)
    assert found is not None
    assert (found.state, found.version) == ({"clicks": 20}, 21)


async def test_the_same_tick_twice_at_once_is_one_change(paths: MemberPaths, address: str) -> None:
    def once(state: State) -> State:
        return {**state, "ticks": sorted({*state["ticks"], "a"})}

    await paths.begin(ANN, GUIDE, BEGUN)
    async with Store.open(address) as other:
        moved = await asyncio.gather(paths.change(ANN, GUIDE, once), other.member_paths.change(ANN, GUIDE, once))
    assert [path.version for path in moved] == [2, 2]


async def test_a_replaced_state_is_the_next_version(paths: MemberPaths, clock: Clock) -> None:
    await paths.begin(ANN, GUIDE, {"of": "another version"})
    clock.forward(days=1)
    replaced = await paths.replace(ANN, GUIDE, BEGUN)
    assert (replaced.state, replaced.version) == (BEGUN, 2)
    assert (replaced.begun_at, replaced.changed_at) == (START, START + dt.timedelta(days=1))
    assert await paths.get(ANN, GUIDE) == replaced


async def test_replacing_what_is_not_there_begins_it(paths: MemberPaths) -> None:
    assert await paths.replace(ANN, GUIDE, BEGUN) == StoredPath(ANN, GUIDE, BEGUN, 1, START, START)


async def test_the_domains_own_progress_comes_back_as_it_was(paths: MemberPaths) -> None:
    today = START.date()
    progress = Progress(
        Situation(GUIDE, "no-degree", Pace.PART_TIME, 6, today, "Île-de-France", today + dt.timedelta(days=900)),
        "school",
        {"school": StepRecord(StepState.DONE, ("oven", "flour"), ("Ask José — 日本 \U0001f600",), today)},
        {"school": Told("School", "abc")},
        version=7,
    )
    stored = await paths.begin(ANN, GUIDE, progress.as_json())
    assert Progress.from_json(stored.state) == progress
    found = await paths.get(ANN, GUIDE)
    assert found is not None
    assert Progress.from_json(found.state) == progress


_CLICKS = st.lists(st.sampled_from(["tick", "undo", "nothing", "fail", "begin"]), max_size=12)


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(clicks=_CLICKS)
async def test_whatever_is_clicked_the_version_counts_the_states(paths: MemberPaths, clicks: list[str]) -> None:
    await paths.forget(ANN)
    path = await paths.begin(ANN, GUIDE, BEGUN)
    states = [path.state]

    def fail(state: State) -> State:
        state.clear()
        raise WaymarkError("No.")

    for number, click in enumerate(clicks):
        if click == "fail":
            with pytest.raises(WaymarkError, match="No"):
                await paths.change(ANN, GUIDE, fail)
        elif click == "begin":
            path = await paths.begin(ANN, GUIDE, {})
        else:
            path = await paths.change(
                ANN,
                GUIDE,
                {
                    "tick": tick(str(number)),
                    "undo": lambda state: {**state, "ticks": state["ticks"][:-1]},
                    "nothing": dict,
                }[click],
            )
        if path.state != states[-1]:
            states.append(path.state)
        assert await paths.get(ANN, GUIDE) == path
    assert path.version == len(states)


async def test_a_forgotten_person_has_no_path(paths: MemberPaths) -> None:
    for member, guide in ((ANN, GUIDE), (ANN, OTHER), (BEN, GUIDE)):
        await paths.begin(member, guide, BEGUN)
    assert await paths.forget(ANN) == 2
    assert (await paths.of(ANN), [path.guide for path in await paths.of(BEN)]) == ((), [GUIDE])
    assert await paths.export(ANN) == {"member_paths": []}


async def test_who_leaves_a_server_keeps_their_path(paths: MemberPaths) -> None:
    begun = await paths.begin(ANN, GUIDE, BEGUN)
    assert await paths.forget(ANN, HERE) == 0
    assert await paths.of(ANN) == (begun,)


async def test_an_export_has_all_paths_of_one_person(paths: MemberPaths) -> None:
    await paths.begin(ANN, GUIDE, BEGUN)
    await paths.begin(BEN, GUIDE, BEGUN)
    at = START.isoformat()
    assert await paths.export(ANN) == {
        "member_paths": [{"guide": GUIDE, "version": 1, "begun_at": at, "changed_at": at, "state": BEGUN}]
    }
