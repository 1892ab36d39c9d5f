"""Questions one at a time, ticks on their rubrics, and what to practise next."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coaching.practice import Session, draw, position, practise_next, practised, rate
from bot.errors import WaymarkError
from bot.knowledge.practice_models import PracticeFile

seeds = st.integers(0, 2**32)


def practice(**skills_of: str) -> PracticeFile:
    """Questions of one level by id, each with a rubric of four points and the skills that are named."""
    return PracticeFile.model_validate(
        {
            "questions": [
                {
                    "id": question_id,
                    "level": "baker",
                    "question": "Why bread?",
                    "rubric": ["one", "two", "three", "four"],
                    "outline": ["Say why."],
                    "skills": skills.split(),
                }
                for question_id, skills in skills_of.items()
            ]
        }
    )


FIVE = practice(a="oven", b="oven till", c="till", d="dough", e="dough")


def drawn(file: PracticeFile, session: Session, times: int, toward: tuple[str, ...] = ()) -> tuple[list[str], Session]:
    found = []
    for _ in range(times):
        question, session = draw(file, session, toward)
        found.append(question.id)
    return found, session


@given(seeds)
def test_no_question_comes_again_before_all_were_seen(seed: int) -> None:
    found, session = drawn(FIVE, Session("baker", seed), 10)
    assert sorted(found[:5]) == sorted(found[5:]) == ["a", "b", "c", "d", "e"]
    assert session.round == 1


@given(seeds)
def test_a_new_round_does_not_begin_with_the_last_question(seed: int) -> None:
    found, _ = drawn(FIVE, Session("baker", seed), 6)
    assert found[4] != found[5]


def test_the_same_seed_gives_the_same_order_and_others_give_others() -> None:
    orders = {tuple(drawn(FIVE, Session("baker", seed), 5)[0]) for seed in range(50)}
    assert drawn(FIVE, Session("baker", 7), 12) == drawn(FIVE, Session("baker", 7), 12)
    assert len(orders) > 20


def test_each_round_has_an_order_of_its_own() -> None:
    rounds = [drawn(FIVE, Session("baker", seed), 10)[0] for seed in range(10)]
    assert any(found[:5] != found[5:] for found in rounds)


@given(seeds, st.integers(0, 5))
def test_a_question_that_is_added_leaves_the_order_of_the_others(seed: int, after: int) -> None:
    six = practice(a="oven", b="oven till", c="till", d="dough", e="dough", f="till")
    before, _ = drawn(FIVE, Session("baker", seed), 5)
    begun, session = drawn(FIVE, Session("baker", seed), after)
    rest, _ = drawn(six, session, 6 - after)
    assert [question for question in begun + rest if question != "f"] == before
    assert "f" in rest


@given(seeds)
def test_a_question_that_is_gone_is_not_missed(seed: int) -> None:
    _, session = drawn(FIVE, Session("baker", seed), 3)
    only = practice(a="oven")
    assert drawn(only, session, 2)[0] == ["a", "a"]


def test_questions_toward_a_weak_skill_come_first_and_none_is_left_out() -> None:
    for seed in range(10):
        found, _ = drawn(FIVE, Session("baker", seed), 5, ("dough",))
        assert set(found[:2]) == {"d", "e"}
        assert sorted(found) == ["a", "b", "c", "d", "e"]


def test_a_level_without_questions_is_told() -> None:
    with pytest.raises(WaymarkError, match="choose another level"):
        draw(FIVE, Session("knight", 1))


def test_the_position_counts_what_this_round_has_seen() -> None:
    session = Session("baker", 1)
    places = []
    for _ in range(6):
        _, session = draw(FIVE, session)
        places.append(position(FIVE, session))
    assert places == [(1, 5), (2, 5), (3, 5), (4, 5), (5, 5), (1, 5)]


def test_ticks_take_the_place_of_earlier_ones_and_leave_the_rest() -> None:
    session = rate(FIVE, rate(FIVE, Session("baker", 1), "a", [0, 1]), "b", [2])
    assert rate(FIVE, session, "a", [3, 0, 3]).ticks == {"a": (0, 3), "b": (2,)}


def test_ticks_beyond_the_rubric_are_left_out() -> None:
    assert rate(FIVE, Session("baker", 1), "a", [-1, 1, 4]).ticks == {"a": (1,)}


def test_a_question_that_is_gone_cannot_be_rated_and_nothing_is_lost() -> None:
    with pytest.raises(WaymarkError, match="kept"):
        rate(FIVE, Session("baker", 1), "z", [0])


def test_how_a_skill_went_is_summed_over_its_questions_weakest_first() -> None:
    session = Session("baker", 1, ticks={"a": (0, 1, 2, 3), "b": (0,), "c": (), "gone": (0,)})
    assert [(one.skill, one.ticked, one.of) for one in practised(FIVE, session)] == [("till", 1, 8), ("oven", 5, 8)]


def test_ticks_on_points_that_the_rubric_lost_count_nothing() -> None:
    assert practised(FIVE, Session("baker", 1, ticks={"a": (0, 9)}))[0].ticked == 1


def test_next_come_the_gaps_then_what_went_least_well() -> None:
    session = Session("baker", 1, ticks={"a": (0, 1, 2), "c": (0,)})
    assert practise_next(FIVE, session) == ("till", "oven")
    assert practise_next(FIVE, session, ["dough", "not-asked", "oven"]) == ("dough", "oven", "till")


def test_nothing_is_next_when_all_went_well() -> None:
    all_of_them = (0, 1, 2, 3)
    session = Session("baker", 1, ticks={"a": all_of_them, "d": all_of_them})
    assert practise_next(FIVE, session, ["dough"]) == ()


@given(
    st.builds(
        Session,
        st.text(),
        seeds,
        st.integers(0, 9),
        st.lists(st.text()).map(tuple),
        st.dictionaries(st.text(), st.lists(st.integers(0, 4)).map(tuple)),
    )
)
def test_a_session_comes_back_from_json_as_it_was(session: Session) -> None:
    assert Session.from_json(json.loads(json.dumps(session.as_json()))) == session


@pytest.mark.parametrize("stored", [None, {}, {"level": "baker", "seed": "x"}])
def test_a_stored_session_that_is_none_is_refused(stored: object) -> None:
    with pytest.raises(ValueError, match="validation error"):
        Session.from_json(stored)
