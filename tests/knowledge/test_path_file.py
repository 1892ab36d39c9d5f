"""The shipped path: the guide's seven steps, and from each starting point the guide's own figures."""

import datetime as dt
import re

import pytest

from bot.knowledge.amounts import amount_of, duration_of, held_to, whole_duration
from bot.knowledge.loading import load_knowledge
from bot.knowledge.path_models import ByPace, Estimate, Pace, StartingPoint, at_pace
from bot.knowledge.shipped import shipped_knowledge

GUIDE = "library-media-specialist"
TODAY = dt.date(2026, 7, 1)
KNOWLEDGE = load_knowledge(shipped_knowledge())
_found = KNOWLEDGE.coaching[GUIDE].path
assert _found is not None
PATH = _found


def start(start_id: str) -> StartingPoint:
    found = PATH.starting_point(start_id)
    assert found is not None
    return found


def months(start_id: str, pace: Pace) -> tuple[int, int]:
    """What the plan of somebody who starts there comes to."""
    given = start(start_id)
    total = amount_of(at_pace(given.total, pace), "months", KNOWLEDGE.figure)
    whole = held_to(whole_duration(PATH.steps_from(given), pace, KNOWLEDGE.figure), total)
    return whole.low, whole.high


def test_it_has_the_seven_steps_in_the_order_of_the_guide() -> None:
    assert [step.id for step in PATH.steps] == [
        "bachelors", "masters", "certification", "experience", "portfolio", "network", "apply",
    ]  # fmt: skip


def test_each_step_names_the_guides_own_entry_about_it_first() -> None:
    assert [step.entries[0] for step in PATH.steps] == [
        entry.id for entry in KNOWLEDGE.entries if re.match(r"step-\d-", entry.id)
    ]


@pytest.mark.parametrize(
    ("start_id", "dropped"),
    [
        ("no-degree", set()),
        ("bachelors-other", {"bachelors"}),
        ("bachelors-education", {"bachelors"}),
        ("certified-teacher", {"bachelors"}),
        ("has-masters", {"bachelors", "masters"}),
        ("assistant", {"bachelors"}),
        ("trained-abroad", {"bachelors"}),
    ],
)
def test_a_starting_point_leaves_out_what_lies_behind(start_id: str, dropped: set[str]) -> None:
    assert {*start(start_id).drop} == dropped


def test_every_starting_point_is_known_here() -> None:
    assert [one.id for one in PATH.starting_points] == [
        "no-degree", "bachelors-other", "bachelors-education", "certified-teacher", "has-masters", "assistant",
        "trained-abroad",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("start_id", "low", "high"),
    [
        ("no-degree", 4 + 2, 4 + 5),  # four years before the two to five in all
        ("bachelors-other", 2, 5),  # two to five years in all, as the FAQ has it
        ("bachelors-education", 2, 4),  # 2-3 years by the how-to part, 2-4 part-time by the FAQ
        ("certified-teacher", 1, 2),  # the endorsement, 1-2 years part-time
        ("has-masters", 0.5, 1),  # 6-12 months of added certification
        ("assistant", 2, 5),
    ],
)
def test_totals_over_both_paces_are_the_figures_of_the_guide(start_id: str, low: float, high: float) -> None:
    spans = [months(start_id, pace) for pace in Pace]
    assert (min(one[0] for one in spans), max(one[1] for one in spans)) == (low * 12, high * 12)


@pytest.mark.parametrize("start_id", ["bachelors-other", "bachelors-education", "assistant"])
def test_full_time_with_a_bachelors_is_the_two_to_three_years_of_the_how_to_part(start_id: str) -> None:
    assert months(start_id, Pace.FULL_TIME) == (24, 36)


@pytest.mark.parametrize("given", [one for one in PATH.starting_points if one.total], ids=lambda one: one.id)
def test_every_total_is_a_figure_of_the_guide_and_what_the_steps_add_up_to(given: StartingPoint) -> None:
    for pace in Pace:
        total = amount_of(at_pace(given.total, pace), "months", KNOWLEDGE.figure)
        assert total is not None
        assert not total.has_estimate
        low, high = months(given.id, pace)
        if isinstance(given.total, ByPace):
            assert (low, high) == (total.low, total.high)
        assert total.low <= low <= high <= total.high


def test_only_who_was_trained_abroad_has_a_total_of_ours() -> None:
    assert [one.id for one in PATH.starting_points if one.total is None] == ["trained-abroad"]
    whole = whole_duration(PATH.steps_from(start("trained-abroad")), Pace.FULL_TIME, KNOWLEDGE.figure)
    assert whole.shown(TODAY) == "8-18 months (partly our estimate)"


def test_the_masters_has_the_guides_lengths_and_cost() -> None:
    masters = PATH.steps[1]
    lengths = [duration_of(masters, pace, KNOWLEDGE.figure) for pace in Pace]
    assert [length and length.shown(TODAY) for length in lengths] == ["1-2 years", "2-4 years"]
    cost = amount_of(masters.cost, PATH.currency, KNOWLEDGE.figure)
    assert cost is not None
    assert cost.shown(TODAY) == "$20,000 to $60,000"


def test_from_every_starting_point_each_step_has_a_time_and_a_cost_and_each_estimate_says_so() -> None:
    for given in PATH.starting_points:
        for step in PATH.steps_from(given):
            amounts = [*(at_pace(step.duration, pace) for pace in Pace), step.cost]
            for amount in amounts:
                assert amount is not None, (given.id, step.id)
                if isinstance(amount, Estimate):
                    assert amount.because.startswith("The guide gives no ")


def test_no_text_has_a_number_that_belongs_into_a_figure() -> None:
    for given in PATH.starting_points:
        for step in PATH.steps_from(given):
            texts = [step.title, step.goal, step.why, step.done_when, step.varies or "", step.note or ""]
            assert not re.search(r"\d", " ".join([*texts, *(item.text for item in step.checklist)])), step.id
