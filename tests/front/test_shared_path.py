"""What others see of a path: whatever was done on it, no note and no day, and what was not wanted is not there."""

import datetime as dt
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.charts.timeline import draw_timeline
from bot.coaching.plan import Plan
from bot.coaching.progress import Progress
from bot.coaching.situation import Situation
from bot.errors import WaymarkError
from bot.front.check_in_card import Farewell, due_view, farewell_view, stuck_view
from bot.front.layout import ANSWER, TEXT_LIMIT, layout
from bot.front.member_path import MemberPath
from bot.front.path_pictures import timeline_of
from bot.front.shared_path import FOR_MENTORS, Showing, by_month, path_blocks
from bot.knowledge.knowledge import Knowledge
from bot.knowledge.loading import load_knowledge
from bot.knowledge.path_models import Pace
from bot.store.check_ins import DueCheckIn
from tests.front.reading import seen
from tests.front.walking import bakers_folder, standing

STEPS = ["school", "guild", "night"]
BEGUN = dt.date(2026, 1, 17)
#: Stands in each note, and nowhere else.
SECRET = "secret"
SHOWINGS = [Showing(region=region, target=target) for region in (False, True) for target in (False, True)]
DUE = DueCheckIn(7, "baker", 1, 2, None, dt.datetime(2026, 3, 8, 17, tzinfo=dt.UTC), "claim", again=False)


@cache
def bakers() -> Knowledge:
    with TemporaryDirectory() as folder:
        return load_knowledge(bakers_folder(Path(folder)))


def begun(start: str = "fresh", target: dt.date | None = dt.date(2031, 5, 19)) -> MemberPath:
    return standing(bakers(), Situation("baker", start, Pace.FULL_TIME, 10, BEGUN, "Ohio", target))


_Kind = Callable[[Progress, Plan, str, str, dt.date], Progress]
_KINDS: dict[str, _Kind] = {
    "done": lambda progress, plan, step, _, day: progress.done(plan, step, day),
    "skip": lambda progress, plan, step, _, __: progress.skip(plan, step),
    "not": lambda progress, plan, step, _, __: progress.not_for_me(plan, step),
    "go": lambda progress, plan, step, _, __: progress.go_to(plan, step),
    "note": lambda progress, plan, step, text, _: progress.add_note(plan, step, f"{SECRET} {text}"),
    "tick": lambda progress, plan, step, _, __: progress.set_ticks(plan, step, ["choose", "papers", "one"]),
}


def moved(path: MemberPath, moves: list[tuple[str, str, str]]) -> MemberPath:
    """The path after these moves; a note too many is not taken."""
    progress, day = path.progress, BEGUN
    for kind, step, text in moves:
        day += dt.timedelta(days=11)
        with suppress(WaymarkError):
            progress = _KINDS[kind](progress, path.plan, step, text, day)
    return replace(path, progress=progress, today=day)


MOVES = st.lists(
    st.tuples(
        st.sampled_from([*_KINDS, "note"]),
        st.sampled_from(STEPS),
        st.text(max_size=50),
    ),
    max_size=12,
)


@given(st.sampled_from(["fresh", "cook"]), MOVES)
def test_no_note_is_in_anything_that_others_see_or_that_is_sent(start: str, moves: list[tuple[str, str, str]]) -> None:
    path = moved(begun(start), moves)
    shown = [
        *(layout(ANSWER, *path_blocks(path, 7, showing)) for showing in (*SHOWINGS, FOR_MENTORS)),
        due_view(path, DUE, mention=True),
        *(stuck_view(path, step, has_mentors=True) for step in STEPS),
        *(farewell_view(why, DUE) for why in Farewell),
    ]
    for view in shown:
        assert SECRET not in str([item.to_component_dict() for item in view.children])
    assert SECRET not in repr(by_month(timeline_of(path), target=True))


@given(MOVES)
def test_no_day_is_in_what_others_see(moves: list[tuple[str, str, str]]) -> None:
    path = moved(begun(), moves)
    timeline = by_month(timeline_of(path), target=True)
    days = {
        timeline.today.day,
        *(day.day for one in timeline.stretches for day in (one.begin, one.earliest, one.latest)),
    }
    assert days == {1}
    assert timeline.target is None or timeline.target.day == 1
    for showing in (*SHOWINGS, FOR_MENTORS):
        text = seen(layout(ANSWER, *path_blocks(path, 7, showing))).text
        assert not re.search(r"\d{4}-\d\d-\d\d|\b\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\b", text)


@pytest.mark.parametrize("showing", SHOWINGS)
def test_what_was_not_wanted_is_not_there(showing: Showing) -> None:
    text = seen(layout(ANSWER, *path_blocks(begun(), 7, showing))).text
    assert ("Ohio" in text) == showing.region
    assert ("2031" in text) == showing.target
    assert "Starts from" not in text
    assert (by_month(timeline_of(begun()), target=showing.target).target is not None) == showing.target
    assert Showing.of(showing.letters) == showing


def test_each_state_is_told_in_words() -> None:
    path = moved(begun(), [("done", "school", ""), ("skip", "guild", ""), ("not", "night", "")])
    text = seen(layout(ANSWER, *path_blocks(path, 7, Showing()))).text
    assert "✓ **1. Go to baking school** · done" in text
    assert "☐ **2. Join the guild** · left for later" in text
    assert "✗ **3. Work at night** · left out" in text


def test_the_picture_and_its_words_tell_no_day() -> None:
    picture = draw_timeline(by_month(timeline_of(begun()), target=False))
    assert picture.png.startswith(b"\x89PNG")
    assert "Date wanted" not in picture.text


def test_a_long_path_fits_one_message() -> None:
    view = layout(ANSWER, *path_blocks(begun(), 2**63, FOR_MENTORS))
    assert len(seen(view).text) <= TEXT_LIMIT
