"""A path from each starting point."""

from pathlib import Path

import pytest

from bot.knowledge.loading import load_knowledge
from bot.knowledge.path_models import ByPace, Estimate, Pace, PathFile, at_pace, first_in_circle
from tests.knowledge.paths import PATH, path_folder


@pytest.fixture
def path(tmp_path: Path) -> PathFile:
    found = load_knowledge(path_folder(tmp_path)).coaching["baker"].path
    assert found is not None
    return found


def test_from_nowhere_it_is_the_whole_path(path: PathFile) -> None:
    assert path.steps_from(path.starting_point("gone")) == path.steps


def test_a_starting_point_drops_steps(path: PathFile) -> None:
    assert [step.id for step in path.steps_from(path.starting_point("cook"))] == ["guild", "night"]


def test_a_starting_point_changes_what_it_names_of_a_step_and_nothing_else(path: PathFile) -> None:
    changed, plain = path.steps_from(path.starting_point("cook"))[0], path.steps[1]
    assert (changed.title, changed.duration) == (
        "Tell the guild",
        Estimate(estimate=[1, 2], because="They meet every month."),
    )
    assert changed.model_copy(update={"title": plain.title, "duration": plain.duration}) == plain


def test_an_entry_belongs_to_the_first_step_that_names_it(path: PathFile) -> None:
    step = path.step_of("median-pay")
    assert step is not None
    assert step.id == "school"
    assert path.step_of("elsewhere") is None


def test_an_entry_that_only_a_starting_point_names_belongs_to_the_step_as_well(tmp_path: Path) -> None:
    moved = PATH.replace("    entries: [median-pay]\n", "").replace(
        "        title: Tell", "        entries: [median-pay]\n        title: Tell"
    )
    path = load_knowledge(path_folder(tmp_path, moved)).coaching["baker"].path
    assert path is not None
    step = path.step_of("median-pay")
    assert step is not None
    assert step.title == "Tell the guild"


def test_an_amount_may_depend_on_the_pace() -> None:
    by_pace = ByPace(full_time="{a}")
    assert [at_pace(by_pace, pace) for pace in Pace] == ["{a}", None]
    assert [at_pace("{b}", pace) for pace in Pace] == ["{b}", "{b}"]


def test_steps_that_are_taken_during_each_other_are_a_circle(path: PathFile) -> None:
    school, guild, night = path.steps
    assert first_in_circle(path.steps) is None
    around = [school.model_copy(update={"during": "night"}), guild, night]
    assert first_in_circle(around) is around[0]
