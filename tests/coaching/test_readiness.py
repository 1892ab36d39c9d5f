"""How ready a member is: the parts, the total that comes from them, what would lift it, and what changed."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coaching.readiness import Answers, PartScore, Readiness, Score, compare, readiness
from bot.coaching.skills import Ratings
from tests.coaching.careers import ladder, needs_of_skills, rated, ratings_of_skills, skills

CAREER = skills((1, 2, 3), (0, 2, 3))
ALL: Answers = {"papers": frozenset({"done"}), "work": frozenset({"oven", "shop"})}

ids_of_work = st.frozensets(st.sampled_from(["oven", "shop", "gone"]))
ways_of_papers = st.sampled_from(["none", "begun", "done"]).map(lambda one: frozenset({one}))
answer_sets = st.fixed_dictionaries({}, optional={"papers": ways_of_papers, "work": ids_of_work})


def check(ratings: Ratings, answers: Answers) -> Readiness:
    return readiness(CAREER, ladder(), ratings, answers)


def scores(score: Score) -> dict[str, int | None]:
    return {part.id: part.score for part in score.parts}


def test_each_part_has_a_score_of_its_own_and_the_total_goes_by_the_weights() -> None:
    found = check(rated(2, 1), {"papers": frozenset({"begun"}), "work": frozenset({"shop"})})
    assert scores(found.score) == {"skills": 75, "papers": 30, "work": 30}
    assert found.score.total == (40 * 75 + 40 * 30 + 20 * 30) // 100
    assert found.unanswered == ()


def test_everything_there_is_comes_to_a_hundred_and_leaves_nothing_to_gain() -> None:
    found = check(rated(2, 3), ALL)
    assert (found.score.total, found.gains, found.held_back) == (100, (), ())


def test_a_part_that_was_not_answered_counts_nothing_and_is_named() -> None:
    found = check(Ratings(), {"papers": frozenset({"done"})})
    assert scores(found.score) == {"skills": None, "papers": 100, "work": None}
    assert (found.score.total, found.score.answered_weight) == (100, 40)
    assert [part.id for part in found.unanswered] == ["skills", "work"]
    assert found.gains == ()


def test_no_answer_at_all_has_no_total() -> None:
    found = check(Ratings(), {})
    assert (found.score.total, found.score.answered_weight, found.gains) == (None, 0, ())


def test_nothing_ticked_is_an_answer_and_no_choice_is_none() -> None:
    found = check(Ratings(), {"work": frozenset(), "papers": frozenset()})
    assert scores(found.score) == {"skills": None, "papers": None, "work": 0}


def test_how_many_skills_were_rated_stands_beside_their_score() -> None:
    (part, *_) = check(rated(2), {}).score.parts
    assert part == PartScore("skills", "Skills", 40, 100, 1, 2)


def test_skills_that_the_level_does_not_need_make_nobody_ready() -> None:
    (part, *_) = readiness(skills((1, 0, 0), (0, 2, 2)), ladder(), rated(3), {}).score.parts
    assert (part.score, part.answered, part.asked) == (None, 1, 2)


def test_what_lifts_the_total_most_comes_first_with_its_step_and_entry() -> None:
    found = check(rated(2, 1), {"papers": frozenset({"begun"}), "work": frozenset({"shop"})})
    assert [(gain.part, gain.do, gain.points) for gain in found.gains] == [
        ("papers", "Finish", 28.0),
        ("work", "Bake", 14.0),
        ("skills", "Skill 1: from basic to solid", 10.0),
    ]
    assert [(gain.step, gain.entry) for gain in found.gains] == [("exam", "exam"), ("work", "oven"), ("work", "e")]


def test_where_one_is_chosen_the_next_better_choice_is_what_to_do() -> None:
    found = check(Ratings(), {"papers": frozenset({"none"})})
    assert [(gain.do, gain.points) for gain in found.gains] == [("Begin", 30.0)]


def test_a_part_that_nothing_makes_up_for_is_told_until_it_is_full() -> None:
    assert [part.id for part in check(Ratings(), {"papers": frozenset({"begun"})}).held_back] == ["papers"]
    assert check(Ratings(), {}).held_back == ()


def test_choices_and_parts_that_the_form_lost_count_nothing() -> None:
    answers: Answers = {"papers": frozenset({"gone"}), "work": frozenset({"gone", "oven"}), "lost": frozenset({"x"})}
    assert scores(check(Ratings(), answers).score) == {"skills": None, "papers": None, "work": 70}


def test_a_comparison_has_each_part_then_and_now() -> None:
    before = check(rated(1, 1), {"papers": frozenset({"none"}), "work": frozenset()}).score
    now = check(rated(2, 2), {"papers": frozenset({"begun"}), "work": frozenset()}).score
    change = compare(before, now)
    assert [(part.id, part.before, part.now) for part in change.parts] == [
        ("skills", 50, 100), ("papers", 0, 30), ("work", 0, 0),
    ]  # fmt: skip
    assert change.total == 52 - 20


def test_totals_of_other_parts_or_weights_or_levels_are_not_compared() -> None:
    now = check(rated(2, 2), ALL).score
    fewer = check(rated(2, 2), {"papers": frozenset({"done"})}).score
    heavier = replace(now, parts=(replace(now.parts[0], weight=50), *now.parts[1:]))
    for before in (fewer, heavier, replace(now, level="master"), check(Ratings(), {}).score):
        assert compare(before, now).total is None
        assert compare(now, before).total is None


def test_a_part_that_readiness_lost_comes_last_in_a_comparison() -> None:
    now = check(rated(2, 2), ALL).score
    before = replace(now, parts=(PartScore("old", "Old", 10, 50, 1, 1), *now.parts))
    assert [(part.id, part.before, part.now) for part in compare(before, now).parts][-1] == ("old", 50, None)


@pytest.mark.parametrize("stored", [None, {"level": "baker"}, {"level": 1, "parts": []}, [1]])
def test_a_stored_score_that_is_none_is_refused(stored: object) -> None:
    with pytest.raises(ValueError, match="validation error"):
        Score.from_json(stored)


@given(ratings_of_skills, answer_sets)
def test_a_score_comes_back_from_json_as_it_was(ratings: Ratings, answers: Answers) -> None:
    score = check(ratings, answers).score
    assert Score.from_json(json.loads(json.dumps(score.as_json()))) == score
    assert compare(score, score).total in (0, None)


@given(needs_of_skills, ratings_of_skills, answer_sets)
def test_scores_stay_in_their_range_and_the_total_between_its_parts(
    needs: list[tuple[int, int, int]], ratings: Ratings, answers: Answers
) -> None:
    score = readiness(skills(*needs), ladder(), ratings, answers).score
    found = [part.score for part in score.parts if part.score is not None]
    assert all(0 <= one <= 100 for one in found)
    if score.total is None:
        assert not found
    else:
        assert min(found) <= score.total <= max(found)


@given(answer_sets)
def test_doing_what_is_named_lifts_the_total_by_what_was_promised(answers: Answers) -> None:
    before = check(Ratings(), answers)
    choices = {
        choice.move.do: choice.id
        for part in CAREER.readiness.parts
        for choice in part.choices
        if choice.move is not None
    }
    for gain in before.gains:
        kept = answers[gain.part] if gain.part == "work" else frozenset()
        after = check(Ratings(), {**answers, gain.part: kept | {choices[gain.do]}}).score.total
        assert after is not None
        assert before.score.total is not None
        assert abs(after - before.score.total - gain.points) <= 1
