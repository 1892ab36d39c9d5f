"""Where a member stands, and which gaps matter."""

import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coaching.skills import Ratings, gap
from bot.errors import WaymarkError
from bot.knowledge.loading import load_knowledge
from bot.knowledge.shipped import shipped_knowledge
from bot.knowledge.skills_models import LadderFile, SkillsFile
from tests.coaching.careers import LEVELS, ladder, needs_of_skills, rated, ratings_of_skills, skills

Needs = list[tuple[int, int, int]]


def shipped() -> tuple[SkillsFile, LadderFile]:
    files = load_knowledge(shipped_knowledge()).coaching["library-media-specialist"]
    assert files.skills is not None
    assert files.ladder is not None
    return files.skills, files.ladder


def ids(levels: object) -> list[str]:
    assert isinstance(levels, tuple)
    return [level.id for level in levels]


def test_the_nearest_level_is_the_one_with_the_fewest_points_between() -> None:
    career = skills((1, 2, 3), (1, 2, 3))
    assert ids(gap(career, ladder(), rated(2, 2), "master").nearest) == ["baker"]
    assert ids(gap(career, ladder(), rated(3, 3), "helper").nearest) == ["master"]


def test_levels_that_are_equally_near_are_all_named_lowest_first() -> None:
    assert ids(gap(skills((1, 3, 3), (1, 1, 1)), ladder(), rated(2, 1), "master").nearest) == [
        "helper",
        "baker",
        "master",
    ]


def test_nothing_rated_has_no_nearest_level_and_no_gap() -> None:
    found = gap(skills((1, 2, 3), (0, 0, 1)), ladder(), Ratings(), "baker")
    assert (found.nearest, found.gaps, found.rated) == ((), (), 0)
    assert ids(found.unrated) == ["s0"]
    assert (found.target.missing, found.target.needed) == (0, 0)


def test_a_rated_nothing_is_a_gap_and_an_unrated_one_is_not() -> None:
    found = gap(skills((1, 2, 3), (1, 2, 3)), ladder(), rated(0), "baker")
    assert [(one.skill.id, one.rating, one.need) for one in found.gaps] == [("s0", 0, 2)]
    assert ids(found.unrated) == ["s1"]


def test_a_level_that_needs_less_than_the_one_below_takes_nobody_down() -> None:
    career = skills((1, 3, 0), (1, 2, 3))
    assert ids(gap(career, ladder(), rated(3, 3), "master").nearest) == ["master"]


def test_how_far_a_level_is_counts_what_is_missing_and_not_what_is_too_much() -> None:
    found = gap(skills((1, 2, 3), (1, 1, 1)), ladder(), rated(1, 3), "master")
    assert (found.target.met, found.target.missing, found.target.needed) == (1, 2, 4)
    assert [(standing.level.id, standing.missing) for standing in found.standings] == [
        ("helper", 0), ("baker", 1), ("master", 2),
    ]  # fmt: skip


def test_gaps_come_by_what_is_missing_then_by_what_is_needed_then_by_the_rise() -> None:
    career = skills((1, 1, 3), (0, 2, 2), (2, 2, 3), (1, 2, 3), (0, 3, 3))
    found = gap(career, ladder(), rated(1, 1, 2, 2, 3), "master")
    assert [one.skill.id for one in found.gaps] == ["s0", "s2", "s3", "s1"]
    assert [one.weighs for one in found.gaps] == [(2, 3, 2), (1, 3, 1), (1, 3, 1), (1, 2, 0)]


def test_gaps_that_weigh_as_much_as_the_last_one_shown_are_named() -> None:
    found = gap(skills(*[(0, 2, 3)] * 5), ladder(), rated(0, 0, 0, 0, 1), "baker")
    assert [one.skill.id for one in found.biggest] == ["s0", "s1", "s2"]
    assert [one.skill.id for one in found.as_big] == ["s3"]


def test_fewer_gaps_than_are_shown_leave_none_as_big() -> None:
    found = gap(skills((0, 2, 3)), ladder(), rated(0), "baker")
    assert (len(found.biggest), found.as_big) == (1, ())


def test_why_a_gap_matters_names_what_is_asked_for_and_what_was_said() -> None:
    (found,) = gap(skills((1, 2, 3)), ladder(), rated(1), "baker").gaps
    assert (
        found.why
        == "It matters. Baker asks for “Solid”, you said “Basic”. This level asks more of it than the one below."
    )


def test_the_lowest_level_has_none_below_to_compare_with() -> None:
    (found,) = gap(skills((1, 2, 3)), ladder(), rated(0), "helper").gaps
    assert (found.rise, found.why) == (1, "It matters. Helper asks for “Basic”, you said “None yet”.")


def test_strengths_are_what_the_target_needs_and_is_good_enough_best_first() -> None:
    found = gap(skills((1, 1, 1), (0, 0, 0), (1, 2, 2), (1, 3, 3)), ladder(), rated(1, 3, 3, 2), "baker")
    assert ids(found.strengths) == ["s2", "s0"]


def test_a_target_that_is_not_there_any_more_is_told_and_nothing_else() -> None:
    with pytest.raises(WaymarkError, match="choose one"):
        gap(skills((1, 2, 3)), ladder(), rated(1), "knight")


def test_ratings_of_skills_that_the_file_lost_count_nothing() -> None:
    career = skills((1, 2, 3))
    with_lost = Ratings({"s0": 1, "gone": 3})
    assert gap(career, ladder(), with_lost, "baker") == gap(career, ladder(), rated(1), "baker")


@pytest.mark.parametrize("wrong", [-1, 4, 99])
def test_a_rating_out_of_the_scale_is_refused(wrong: int) -> None:
    with pytest.raises(ValueError, match="from 0 to 3"):
        Ratings({"s0": wrong})


def test_of_several_ticks_the_highest_counts_and_none_is_a_zero() -> None:
    ticks = {3: ["b"], 1: ["a", "b", "not-asked"]}
    assert Ratings.ticked(["a", "b", "c"], ticks) == Ratings({"a": 1, "b": 3, "c": 0})


def test_a_later_page_of_the_form_leaves_the_earlier_one_as_it_was() -> None:
    assert Ratings({"a": 1, "b": 2}).updated(Ratings({"b": 3})) == Ratings({"a": 1, "b": 3})


@pytest.mark.parametrize("stored", [None, [], {"a": 4}, {"a": "high"}])
def test_stored_ratings_that_are_none_are_refused(stored: object) -> None:
    with pytest.raises(ValueError, match="validation error"):
        Ratings.from_json(stored)


@given(ratings_of_skills)
def test_ratings_come_back_from_json_as_they_were(ratings: Ratings) -> None:
    assert Ratings.from_json(json.loads(json.dumps(ratings.as_json()))) == ratings


@given(needs_of_skills, ratings_of_skills, st.sampled_from(LEVELS))
def test_gaps_are_just_the_rated_skills_below_the_need_and_add_up_to_the_distance(
    needs: Needs, ratings: Ratings, target: str
) -> None:
    career = skills(*needs)
    found = gap(career, ladder(), ratings, target)
    below = {skill.id for skill in career.skills if ratings.by_skill.get(skill.id, 3) < skill.needs[target]}
    assert {one.skill.id for one in found.gaps} == below
    assert sum(one.need - one.rating for one in found.gaps) == found.target.missing <= found.target.needed
    assert all(before.weighs >= after.weighs for before, after in pairwise(found.gaps))
    assert len(found.gaps) + found.target.met == found.rated
    assert bool(found.nearest) == bool(found.rated)


@given(needs_of_skills, ratings_of_skills, st.integers(0, 17))
def test_a_rating_that_goes_up_never_takes_anybody_down_nor_farther_away(
    needs: Needs, ratings: Ratings, which: int
) -> None:
    career = skills(*needs)
    skill = f"s{which}"
    if ratings.by_skill.get(skill, 3) == 3:
        return
    before = gap(career, ladder(), ratings, "master")
    after = gap(career, ladder(), ratings.updated(Ratings({skill: ratings.by_skill[skill] + 1})), "master")
    if before.nearest:
        places = [[LEVELS.index(level) for level in ids(found.nearest)] for found in (before, after)]
        assert places[0][0] <= places[1][0]
        assert places[0][-1] <= places[1][-1]
    assert after.target.missing <= before.target.missing


def test_who_has_what_a_shipped_level_and_those_below_it_need_is_nearest_to_it_alone() -> None:
    career, levels = shipped()
    for place, level in enumerate(levels.levels):
        up_to = levels.levels[: place + 1]
        ratings = Ratings({skill.id: max(skill.needs[one.id] for one in up_to) for skill in career.skills})
        found = gap(career, levels, ratings, level.id)
        assert ids(found.nearest) == [level.id]
        assert found.gaps == ()
