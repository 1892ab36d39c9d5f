"""A path file that changed since the member was here: told once, nothing lost."""

from bot.coaching.progress import Progress
from bot.coaching.reconciling import reconciled
from tests.coaching.walks import BEGUN, begun, plan
from tests.knowledge.paths import PATH

WITHOUT_NIGHT = PATH[: PATH.index("  - id: night")] + PATH[PATH.index("starting_points:") :]


def test_a_path_as_it_was_has_nothing_to_tell() -> None:
    made, progress = begun()
    found = reconciled(progress, made)
    assert found.progress is progress
    assert (found.new, found.changed, found.gone) == ((), (), ())


def test_a_changed_step_is_told_once_and_keeps_its_ticks() -> None:
    made, progress = begun()
    ticked = progress.tick(made, "school", "enroll")
    later = plan(path=PATH.replace("text: Choose a school", "text: Choose among three schools"))
    found = reconciled(ticked, later)
    assert [step.id for step in found.changed] == ["school"]
    assert found.progress.record("school").ticks == ("enroll",)
    assert reconciled(found.progress, later).progress is found.progress


def test_a_step_that_is_gone_is_told_by_its_title_and_keeps_its_ticks_for_when_it_comes_back() -> None:
    made, progress = begun()
    ticked = progress.tick(made, "night", "week")
    found = reconciled(ticked, plan(path=WITHOUT_NIGHT))
    assert (found.gone, found.progress.record("night").ticks) == (("Work at night",), ("week",))
    again = reconciled(found.progress, made)
    assert [step.id for step in again.new] == ["night"]
    assert again.progress.record("night").ticks == ("week",)


def test_a_new_step_is_told_and_open() -> None:
    _, progress = begun()
    without = reconciled(progress, plan(path=WITHOUT_NIGHT)).progress
    fresh = Progress.from_json({**without.as_json(), "steps": {"school": {}, "guild": {}}})
    found = reconciled(fresh, plan())
    assert [step.id for step in found.new] == ["night"]
    assert {*found.progress.steps} == {"school", "guild", "night"}


def test_whose_step_is_gone_is_put_on_the_first_open_one() -> None:
    made, progress = begun()
    at_night = progress.done(made, "school", BEGUN).go_to(made, "night")
    assert reconciled(at_night, plan(path=WITHOUT_NIGHT)).progress.current == "guild"


def test_each_change_gets_a_version_of_its_own_and_no_place_among_the_moves() -> None:
    made, progress = begun()
    ticked = progress.tick(made, "school", "enroll")
    found = reconciled(ticked, plan(path=WITHOUT_NIGHT)).progress
    assert (found.version, found.earlier) == (ticked.version + 1, ticked.earlier)
