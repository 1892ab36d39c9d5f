"""Every move on a path, one by one; any sequence of them stands in `test_progress_properties`."""

import datetime as dt
import json
from dataclasses import replace

import pytest

from bot.coaching.progress import NOTE_LIMIT, NOTES_LIMIT, UNDO_LIMIT, Progress, StepRecord, StepState
from bot.errors import WaymarkError
from bot.knowledge.path_models import Pace
from tests.coaching.walks import BEGUN, COOK, FRESH, begun, plan
from tests.knowledge.paths import PATH

TODAY = dt.date(2026, 5, 1)


def test_who_begins_is_at_the_first_step_with_nothing_done() -> None:
    made, progress = begun()
    assert (progress.at(made), progress.version, progress.earlier) == ("school", 1, ())
    assert progress.steps == {"school": StepRecord(), "guild": StepRecord(), "night": StepRecord()}


def test_a_tick_is_kept_and_taken_away_again() -> None:
    made, progress = begun()
    ticked = progress.tick(made, "school", "enroll").tick(made, "school", "choose")
    assert ticked.record("school").ticks == ("choose", "enroll")
    assert ticked.untick(made, "school", "choose").record("school").ticks == ("enroll",)


def test_a_tick_that_stands_already_changes_nothing() -> None:
    made, progress = begun()
    ticked = progress.tick(made, "school", "enroll")
    assert ticked.tick(made, "school", "enroll") is ticked


@pytest.mark.parametrize(("step", "item"), [("school", "gone"), ("gone", "enroll"), ("guild", "enroll")])
def test_an_item_that_is_not_there_changes_nothing(step: str, item: str) -> None:
    made, progress = begun()
    assert progress.tick(made, step, item) is progress
    assert progress.untick(made, step, item) is progress


def test_all_ticks_of_a_step_are_set_at_once() -> None:
    made, progress = begun()
    ticked = progress.tick(made, "school", "choose").set_ticks(made, "school", ["enroll", "gone"])
    assert ticked.record("school").ticks == ("enroll",)


def test_ticks_of_items_that_left_the_file_outlive_all_changes() -> None:
    made, progress = begun()
    ticked = progress.set_ticks(made, "school", ["choose", "enroll"])
    smaller = plan(path=PATH.replace("      - {id: choose, text: Choose a school}\n", ""))
    assert ticked.set_ticks(smaller, "school", []).record("school").ticks == ("choose",)


def test_done_keeps_the_day_and_goes_on_to_the_next_open_step() -> None:
    made, progress = begun()
    done = progress.done(made, "school", TODAY)
    assert done.record("school") == StepRecord(StepState.DONE, done_on=TODAY)
    assert done.at(made) == "guild"


def test_a_double_click_on_done_is_done_once() -> None:
    made, progress = begun()
    done = progress.done(made, "school", TODAY)
    assert done.done(made, "school", TODAY + dt.timedelta(days=1)) is done


def test_done_on_a_step_that_is_not_current_leaves_the_member_where_they_are() -> None:
    made, progress = begun()
    assert progress.done(made, "guild", TODAY).at(made) == "school"


def test_done_goes_on_past_steps_that_are_ended_and_back_to_those_left_open() -> None:
    made, progress = begun()
    progress = progress.done(made, "guild", TODAY)
    assert progress.done(made, "school", TODAY).at(made) == "night"
    assert progress.go_to(made, "night").done(made, "night", TODAY).at(made) == "school"


def test_after_the_last_open_step_the_member_stays_on_the_path() -> None:
    made, progress = begun()
    for step in made.steps:
        progress = progress.done(made, step.id, TODAY)
    assert progress.at(made) == "night"


@pytest.mark.parametrize("state", [StepState.SKIPPED, StepState.NOT_FOR_ME])
def test_a_step_that_is_skipped_or_not_for_me_is_left_behind(state: StepState) -> None:
    made, progress = begun()
    move = progress.skip if state is StepState.SKIPPED else progress.not_for_me
    left = move(made, "school")
    assert (left.record("school").state, left.at(made)) == (state, "guild")


def test_a_late_click_does_not_take_back_what_is_done() -> None:
    made, progress = begun()
    done = progress.done(made, "school", TODAY)
    assert done.skip(made, "school") is done
    assert done.not_for_me(made, "school") is done


def test_a_step_that_was_skipped_can_be_done() -> None:
    made, progress = begun()
    assert progress.skip(made, "school").done(made, "school", TODAY).record("school").state is StepState.DONE


def test_a_step_is_opened_again_with_its_ticks() -> None:
    made, progress = begun()
    done = progress.tick(made, "school", "enroll").done(made, "school", TODAY)
    opened = done.reopen(made, "school")
    assert opened.record("school") == StepRecord(ticks=("enroll",))
    assert opened.at(made) == "school"
    assert opened.reopen(made, "school") is opened


def test_next_and_back_go_along_the_path_and_stop_at_its_ends() -> None:
    made, progress = begun()
    assert progress.back(made, "school") is progress
    second = progress.next(made, "school")
    assert (second.at(made), second.back(made, "guild").at(made)) == ("guild", "school")
    last = second.next(made, "guild")
    assert last.next(made, "night") is last


def test_a_double_click_on_next_goes_one_step() -> None:
    made, progress = begun()
    second = progress.next(made, "school")
    assert second.next(made, "school") is second
    assert second.back(made, "school") is second


def test_one_can_go_to_any_step_of_the_path_only() -> None:
    made, progress = begun()
    assert progress.go_to(made, "night").at(made) == "night"
    assert progress.go_to(made, "gone") is progress


def test_a_note_is_kept_once_and_can_be_removed() -> None:
    made, progress = begun()
    noted = progress.add_note(made, "school", " Call Ann. ")
    assert noted.record("school").notes == ("Call Ann.",)
    assert noted.add_note(made, "school", "Call Ann.") is noted
    assert noted.remove_note(made, "school", "Call Ann.").record("school").notes == ()
    assert noted.remove_note(made, "school", "Call Bob.") is noted


def test_an_empty_note_changes_nothing() -> None:
    made, progress = begun()
    assert progress.add_note(made, "school", " \n") is progress


def test_a_note_that_is_too_long_is_told_with_both_lengths() -> None:
    made, progress = begun()
    with pytest.raises(WaymarkError, match=f"{NOTE_LIMIT} characters, and this has {NOTE_LIMIT + 1}"):
        progress.add_note(made, "school", "x" * (NOTE_LIMIT + 1))


def test_one_note_too_many_is_told() -> None:
    made, progress = begun()
    for number in range(NOTES_LIMIT):
        progress = progress.add_note(made, "school", f"Note {number}")
    with pytest.raises(WaymarkError, match=f"has {NOTES_LIMIT} notes already, and they are all kept"):
        progress.add_note(made, "school", "One more")


def test_a_step_that_is_gone_takes_no_move() -> None:
    made, progress = begun()
    assert progress.done(made, "gone", TODAY) is progress
    assert progress.skip(made, "gone") is progress
    assert progress.reopen(made, "gone") is progress
    assert progress.add_note(made, "gone", "Hello") is progress
    assert progress.next(made, "gone") is progress


def test_whose_step_is_gone_is_at_the_first_open_one() -> None:
    made, progress = begun()
    progress = progress.done(made, "school", TODAY).go_to(made, "night")
    shorter = plan(path=PATH.replace("id: night", "id: dawn"))
    assert progress.at(shorter) == "guild"


def test_starting_over_clears_all_and_counts_from_today() -> None:
    made, progress = begun()
    walked = progress.tick(made, "school", "enroll").add_note(made, "guild", "Hm").done(made, "school", TODAY)
    anew = walked.start_over(made, TODAY)
    assert anew.steps == {"school": StepRecord(), "guild": StepRecord(), "night": StepRecord()}
    assert (anew.at(made), anew.situation.begun_on) == ("school", TODAY)
    assert anew.start_over(made, TODAY) is anew


def test_starting_over_can_be_taken_back() -> None:
    made, progress = begun()
    walked = progress.tick(made, "school", "enroll").add_note(made, "guild", "Hm").done(made, "school", TODAY)
    anew = walked.start_over(made, TODAY)
    back = anew.undo(anew.version)
    assert (back.steps, back.current, back.situation) == (walked.steps, walked.current, walked.situation)
    assert back.version == anew.version + 1


def test_a_double_click_on_undo_takes_back_one_move() -> None:
    made, progress = begun()
    ticked = progress.tick(made, "school", "choose").tick(made, "school", "enroll")
    back = ticked.undo(ticked.version)
    assert back.record("school").ticks == ("choose",)
    assert back.undo(ticked.version) is back


def test_moves_are_taken_back_one_after_the_other_as_far_as_they_are_kept() -> None:
    made, progress = begun()
    for _ in range(UNDO_LIMIT):
        progress = progress.go_to(made, "guild").go_to(made, "school")
    assert len(progress.earlier) == UNDO_LIMIT
    for _ in range(UNDO_LIMIT):
        progress = progress.undo(progress.version)
    assert progress.undo(progress.version) is progress


def test_new_answers_keep_what_was_done_by_step() -> None:
    made, progress = begun()
    walked = progress.done(made, "school", TODAY).tick(made, "guild", "papers")
    as_cook = plan(COOK)
    moved = walked.resituated(as_cook)
    assert (moved.situation, moved.at(as_cook), moved.record("guild").ticks) == (COOK, "guild", ("papers",))
    assert {*moved.told} == {"guild", "night"}
    assert moved.resituated(as_cook) is moved


def test_new_answers_can_be_taken_back() -> None:
    made, progress = begun()
    moved = progress.resituated(plan(COOK))
    back = moved.undo(moved.version)
    assert replace(back, version=progress.version) == progress
    assert back.at(made) == "school"


def test_new_answers_lead_to_an_open_step_that_they_bring_before_the_present_one() -> None:
    made, progress = begun(COOK)
    whole = plan(FRESH)
    assert progress.go_to(made, "night").resituated(whole).at(whole) == "school"


def test_new_answers_leave_the_member_where_they_are_when_they_bring_nothing_open_before_it() -> None:
    made, progress = begun()
    at_last = progress.done(made, "school", TODAY).go_to(made, "night")
    back = at_last.resituated(plan(COOK)).resituated(made)
    assert back.at(made) == "night"


def test_a_step_that_new_answers_bring_is_open() -> None:
    _, progress = begun(COOK)
    assert progress.resituated(plan(FRESH)).record("school") == StepRecord()


def test_it_is_the_same_after_being_kept() -> None:
    made, progress = begun(replace(FRESH, region="Ohio", target=dt.date(2028, 6, 30), pace=Pace.PART_TIME))
    walked = progress.tick(made, "school", "enroll").done(made, "school", TODAY).add_note(made, "guild", "Hm")
    walked = walked.start_over(made, TODAY)
    assert Progress.from_json(json.loads(json.dumps(walked.as_json()))) == walked


def test_what_a_later_version_wrote_is_read_as_far_as_it_is_known() -> None:
    _, progress = begun()
    kept = progress.as_json()
    kept["mood"] = "fine"
    kept["steps"]["school"] = {"state": "half done", "ticks": ["enroll", "later"], "mood": "fine"}
    found = Progress.from_json(kept)
    assert found.record("school") == StepRecord(ticks=("enroll", "later"))


@pytest.mark.parametrize("kept", [None, [], {}, {"situation": {}, "current": "x"}, "text"])
def test_what_is_no_progress_is_refused(kept: object) -> None:
    with pytest.raises(ValueError, match="validation error"):
        Progress.from_json(kept)


def test_a_new_starting_point_counts_from_the_day_it_names() -> None:
    _, progress = begun()
    later = replace(COOK, begun_on=TODAY)
    assert progress.resituated(plan(later)).situation.begun_on == TODAY != BEGUN
