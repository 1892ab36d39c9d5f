"""How far members are in practising: every answer that was rated is kept, whoever clicks at the same time."""

import asyncio
from typing import Any

import pytest

from bot.coaching.practice import Session
from bot.errors import WaymarkError
from bot.store.practice_states import PracticeStates
from bot.store.store import Store

HERE = 1_234_567_890_123_456_789
ANN, BEN = 987_654_321_098_765_432, 11
GUIDE, OTHER = "baker", "smith"

State = dict[str, Any]


@pytest.fixture
def states(store: Store) -> PracticeStates:
    return store.practice_states


def one_more(state: State | None) -> State:
    return {"seen": (state["seen"] if state else 0) + 1}


async def test_who_has_not_practised_has_no_state(states: PracticeStates) -> None:
    assert await states.get(ANN, GUIDE) is None


async def test_the_first_move_begins_from_nothing_and_the_next_goes_on(states: PracticeStates) -> None:
    given: list[State | None] = []

    def move(state: State | None) -> State:
        given.append(state)
        return one_more(state)

    assert [await states.change(ANN, GUIDE, move) for _ in range(2)] == [{"seen": 1}, {"seen": 2}]
    assert given == [None, {"seen": 1}]
    assert await states.get(ANN, GUIDE) == {"seen": 2}


async def test_an_empty_state_is_not_none(states: PracticeStates) -> None:
    await states.change(ANN, GUIDE, lambda _: {})
    assert await states.get(ANN, GUIDE) == {}


async def test_a_first_move_that_fails_leaves_nothing(states: PracticeStates) -> None:
    def fail(_: State | None) -> State:
        raise WaymarkError("There are no questions for that level.")

    with pytest.raises(WaymarkError, match="no questions"):
        await states.change(ANN, GUIDE, fail)
    assert await states.get(ANN, GUIDE) is None
    assert await states.export(ANN) == {"practice_states": []}


async def test_first_moves_at_once_are_all_done(states: PracticeStates, address: str) -> None:
    async with Store.open(address) as other:
        made = await asyncio.gather(
            *(each.change(ANN, GUIDE, one_more) for each in (states, other.practice_states) * 10)
        )
    assert sorted(state["seen"] for state in made) == list(range(1, 21))
    assert await states.get(ANN, GUIDE) == {"seen": 20}


async def test_the_domains_own_session_comes_back_as_it_was(states: PracticeStates) -> None:
    session = Session("helper", 2**62, 1, ("why-bread", "why-us"), {"why-bread": (0, 2), "why-us": ()})

    def move(_: State | None) -> State:
        kept = session.as_json()
        assert isinstance(kept, dict)
        return kept

    await states.change(ANN, GUIDE, move)
    assert Session.from_json(await states.get(ANN, GUIDE)) == session


async def test_a_forgotten_person_has_practised_nothing(states: PracticeStates) -> None:
    for member, guide in ((ANN, GUIDE), (ANN, OTHER), (BEN, GUIDE)):
        await states.change(member, guide, one_more)
    assert await states.forget(ANN, HERE) == 0
    assert await states.forget(ANN) == 2
    assert [await states.get(ANN, guide) for guide in (GUIDE, OTHER)] == [None, None]
    assert await states.get(BEN, GUIDE) == {"seen": 1}


async def test_an_export_has_what_one_person_practised(states: PracticeStates) -> None:
    for member, guide in ((ANN, OTHER), (ANN, GUIDE), (BEN, GUIDE)):
        await states.change(member, guide, one_more)
    assert await states.export(ANN) == {
        "practice_states": [
            {"guide": GUIDE, "member": ANN, "state": {"seen": 1}},
            {"guide": OTHER, "member": ANN, "state": {"seen": 1}},
        ]
    }
