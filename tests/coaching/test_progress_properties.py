"""Any sequence of moves from any starting point, and over changes of the file: nothing lost, nothing out of range."""

import datetime as dt
import json
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coaching.card import card_of, forecast_of, overview
from bot.coaching.plan import Plan
from bot.coaching.planning import path_of, plan_for
from bot.coaching.progress import UNDO_LIMIT, Progress, StepState
from bot.coaching.reconciling import reconciled
from bot.coaching.situation import Situation
from bot.knowledge.knowledge import Knowledge
from bot.knowledge.loading import load_knowledge
from bot.knowledge.path_models import Pace, PathStep
from bot.knowledge.shipped import shipped_knowledge

GUIDE = "library-media-specialist"
BEGUN = dt.date(2026, 7, 1)
SHIPPED = load_knowledge(shipped_knowledge())
_found = path_of(SHIPPED, GUIDE)
assert _found is not None
PATH = _found

Move = Callable[[Plan, Progress], Progress]

# Also names that no plan has: a button may outlive its step.
STEPS = [*(step.id for step in PATH.steps), "gone"]
ITEMS = [*sorted({item.id for step in PATH.steps for item in step.checklist}), "gone"]
SITUATIONS = st.builds(
    Situation,
    guide=st.just(GUIDE),
    starting_point=st.sampled_from([*(start.id for start in PATH.starting_points), "gone"]),
    pace=st.sampled_from(Pace),
    hours_a_week=st.integers(0, 80),
    begun_on=st.just(BEGUN),
    region=st.sampled_from(["", "Ohio"]),
    target=st.none() | st.dates(BEGUN, dt.date(2040, 1, 1)),
)
DAYS = st.dates(BEGUN, dt.date(2034, 1, 1))
_STEP = st.sampled_from(STEPS)


_ITEM = st.sampled_from(ITEMS)


def _named(*names: str) -> st.SearchStrategy[Move]:
    """Moves that want nothing but a step."""

    def move(name: str, step: str) -> Move:
        return lambda plan, progress: getattr(progress, name)(plan, step)

    return st.builds(move, st.sampled_from(names), _STEP)


def _with(name: str, more: st.SearchStrategy[object]) -> st.SearchStrategy[Move]:
    """Moves that want a step and something more."""

    def move(step: str, one: object) -> Move:
        return lambda plan, progress: getattr(progress, name)(plan, step, one)

    return st.builds(move, _STEP, more)


def _starting_over(day: dt.date) -> Move:
    return lambda plan, progress: progress.start_over(plan, day)


def _undoing(_plan: Plan, progress: Progress) -> Progress:
    return progress.undo(progress.version)


#: Moves that take no tick and no note away.
KEEPING = st.one_of(
    _named("skip", "not_for_me", "reopen", "next", "back", "go_to"),
    _with("tick", _ITEM),
    _with("done", DAYS),
    _with("add_note", st.sampled_from(["", "a", "b"])),
)
ONWARD = st.one_of(
    KEEPING,
    _with("untick", _ITEM),
    _with("set_ticks", st.lists(_ITEM, max_size=4)),
    _with("remove_note", st.sampled_from(["a", "b"])),
    DAYS.map(_starting_over),
)
MOVES = st.lists(st.one_of(ONWARD, st.just(_undoing)), max_size=25)


def walk(situation: Situation, moves: Sequence[Move]) -> tuple[Plan, Progress]:
    """The plan and the progress after the moves; the plan is made anew after each, as for each click."""
    plan = plan_for(SHIPPED, situation, BEGUN)
    progress = Progress.begun(plan)
    for move in moves:
        progress = move(plan, progress)
        plan = plan_for(SHIPPED, progress.situation, BEGUN)
    return plan, progress


@given(SITUATIONS, MOVES, DAYS)
def test_no_move_leads_off_the_path_or_past_its_end(situation: Situation, moves: list[Move], today: dt.date) -> None:
    plan, progress = walk(situation, moves)
    assert plan.step(progress.at(plan)) is not None
    assert progress.current == progress.at(plan)
    assert {*progress.steps} == {step.id for step in plan.steps}
    card = card_of(plan, progress, today)
    assert 0 <= card.percent <= 100
    assert (card.percent == 100) == card.is_finished
    assert 1 <= card.standing.step.number <= len(plan.steps)
    assert [one.is_current for one in overview(plan, progress, today)].count(True) == 1
    assert {item.id for item in card.this_week} <= {item.id for item in card.standing.step.checklist}


@given(SITUATIONS, MOVES, DAYS)
def test_no_open_step_is_foretold_for_the_past(situation: Situation, moves: list[Move], today: dt.date) -> None:
    plan, progress = walk(situation, moves)
    found = forecast_of(plan, progress, today)
    for step in plan.steps:
        window, state = found.steps[step.id], progress.record(step.id).state
        if window is not None and state in (StepState.OPEN, StepState.SKIPPED):
            assert today <= window.earliest <= window.latest


@given(SITUATIONS, MOVES, ONWARD)
def test_a_move_changes_nothing_or_can_be_taken_back_exactly(
    situation: Situation, moves: list[Move], move: Move
) -> None:
    plan, before = walk(situation, moves)
    after = move(plan, before)
    if after is not before:
        assert after.version == before.version + 1
        back = after.undo(after.version)
        kept = before.earlier[-(UNDO_LIMIT - 1) :]
        assert back == replace(before, version=after.version + 1, earlier=kept)


@given(SITUATIONS, MOVES, st.lists(ONWARD, min_size=1, max_size=UNDO_LIMIT))
def test_several_moves_are_taken_back_to_where_they_began(
    situation: Situation, moves: list[Move], onward: list[Move]
) -> None:
    plan, before = walk(situation, moves)
    after = before
    for move in onward:
        after = move(plan, after)
    for _ in range(after.version - before.version):
        after = after.undo(after.version)
    assert (after.situation, after.steps, after.current) == (before.situation, before.steps, before.current)


@given(SITUATIONS, MOVES, ONWARD)
def test_a_click_that_comes_twice_counts_once(situation: Situation, moves: list[Move], move: Move) -> None:
    plan, before = walk(situation, moves)
    once = move(plan, before)
    assert move(plan, once) is once


@given(SITUATIONS, MOVES, st.lists(KEEPING, max_size=25))
def test_ticks_and_notes_stay_whatever_else_is_done(
    situation: Situation, moves: list[Move], keeping: list[Move]
) -> None:
    plan, before = walk(situation, moves)
    after = before
    for move in keeping:
        after = move(plan, after)
    for step_id, record in before.steps.items():
        assert {*record.ticks} <= {*after.record(step_id).ticks}
        assert {*record.notes} <= {*after.record(step_id).notes}


@given(SITUATIONS, MOVES, _STEP, _ITEM, st.lists(KEEPING, max_size=10))
def test_a_tick_is_there_until_it_is_taken_away(
    situation: Situation, moves: list[Move], step_id: str, item: str, keeping: list[Move]
) -> None:
    plan, progress = walk(situation, moves)
    progress = progress.tick(plan, step_id, item)
    for move in keeping:
        progress = move(plan, progress)
    step = plan.step(step_id)
    is_there = step is not None and item in {one.id for one in step.checklist}
    assert (item in progress.record(step_id).ticks) == is_there


@given(SITUATIONS, MOVES)
def test_it_is_the_same_after_being_kept(situation: Situation, moves: list[Move]) -> None:
    _, progress = walk(situation, moves)
    assert Progress.from_json(json.loads(json.dumps(progress.as_json()))) == progress


@given(SITUATIONS, MOVES, SITUATIONS)
def test_new_answers_lose_no_tick_and_lead_onto_their_path(
    situation: Situation, moves: list[Move], other: Situation
) -> None:
    _, before = walk(situation, moves)
    plan = plan_for(SHIPPED, other, BEGUN)
    after = before.resituated(plan)
    assert plan.step(after.current) is not None
    assert {*before.steps.items()} <= {*after.steps.items()}
    assert reconciled(after, plan).progress is after


def changed(path_steps: Sequence[PathStep], kept: Sequence[int], edits: Sequence[int]) -> Knowledge:
    """The shipped knowledge with only some steps, and other titles and items in some of those."""
    steps = []
    for at in dict.fromkeys(kept):
        step = path_steps[at]
        if at in edits:
            step = step.model_copy(
                update={"title": f"{step.title}!", "checklist": step.checklist[1:] or step.checklist}
            )
        steps.append(step)
    files = replace(SHIPPED.coaching[GUIDE], path=PATH.model_copy(update={"steps": steps}))
    return replace(SHIPPED, coaching={GUIDE: files})


_PLACES = st.lists(st.integers(0, len(PATH.steps) - 1), max_size=len(PATH.steps))


@given(SITUATIONS.map(lambda one: replace(one, starting_point="gone")), MOVES, _PLACES.filter(bool), _PLACES, MOVES)
def test_a_path_that_changed_loses_no_tick_and_no_note(
    situation: Situation, moves: list[Move], kept: list[int], edits: list[int], more: list[Move]
) -> None:
    _, before = walk(situation, moves)
    plan = plan_for(changed(PATH.steps, kept, edits), before.situation, BEGUN)
    found = reconciled(before, plan)
    after = found.progress
    assert plan.step(after.current) is not None
    assert {step_id: (record.ticks, record.notes) for step_id, record in after.steps.items()} == {
        step_id: (record.ticks, record.notes) for step_id, record in before.steps.items()
    }
    ids = {step.id for step in plan.steps}
    assert {step.id for step in found.changed} == {PATH.steps[at].id for at in {*kept} & {*edits}}
    assert {*found.gone} == {step.title for step in PATH.steps if step.id not in ids}
    assert found.new == ()
    assert reconciled(after, plan).progress is after
    for move in more:
        after = move(plan, after)
        assert plan.step(after.at(plan)) is not None
        assert 0 <= card_of(plan, after, BEGUN).percent <= 100


@pytest.mark.parametrize("start", [start.id for start in PATH.starting_points])
def test_from_each_starting_point_one_walks_to_the_end(start: str) -> None:
    plan = plan_for(SHIPPED, Situation(GUIDE, start, Pace.FULL_TIME, 8, BEGUN), BEGUN)
    progress = Progress.begun(plan)
    for _ in plan.steps:
        progress = progress.done(plan, progress.at(plan), BEGUN)
    card = card_of(plan, progress, BEGUN)
    assert (card.percent, card.is_finished, card.bar) == (
        100,
        True,
        f"{'■' * len(plan.steps)} {len(plan.steps)} of {len(plan.steps)} done",
    )
