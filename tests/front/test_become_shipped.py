"""The shipped guide's path as members meet it: every card fits, the totals are the guide's, all of it can be walked."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from discord import ui

from bot.coaching.progress import NOTE_LIMIT, NOTES_LIMIT, Progress
from bot.coaching.situation import REGION_LIMIT, Situation
from bot.front.become_form import TARGET_LIMIT, BecomeForm
from bot.front.layout import ANSWER, TEXT_LIMIT, layout
from bot.front.member_path import MemberPath
from bot.front.path_overview import AnswersButton, overview_texts
from bot.front.step_card import card_view
from bot.knowledge.knowledge import key_of
from bot.knowledge.loading import load_knowledge
from bot.knowledge.path_models import Pace
from bot.knowledge.shipped import shipped_knowledge
from bot.settings import Settings
from tests.front.conftest import Community
from tests.front.reading import answered, custom_ids, seen
from tests.front.walking import open_form, standing

GUIDE = "library-media-specialist"
KNOWLEDGE = load_knowledge(shipped_knowledge())
_found = KNOWLEDGE.coaching[GUIDE].path
assert _found is not None
PATH = _found
TODAY = dt.date(2026, 7, 1)
#: Text that needs a backslash before each letter.
LONG_REGION = "*" * REGION_LIMIT
STARTS = [start.id for start in PATH.starting_points]
#: What the guide says the way takes in all, in the words of the overview.
TOTALS = {
    "no-degree": "6-9 years",
    "bachelors-other": "2-5 years",
    "bachelors-education": "2-3 years",
    "certified-teacher": "1-2 years",
    "has-masters": "6-12 months",
    "assistant": "2-5 years",
}


def path_from(start: str, pace: Pace = Pace.FULL_TIME, region: str = LONG_REGION) -> MemberPath:
    """The path on its first day."""
    return standing(KNOWLEDGE, Situation(GUIDE, start, pace, 10, TODAY, region, dt.date(2030, 1, 1)))


def filled(path: MemberPath) -> Progress:
    """The progress with every item ticked and as many and as long notes as can be."""
    progress = path.progress
    for step in path.plan.steps:
        progress = progress.set_ticks(path.plan, step.id, [item.id for item in step.checklist])
        for number in range(NOTES_LIMIT):
            progress = progress.add_note(path.plan, step.id, f"{number}" + "*" * (NOTE_LIMIT - 1))
    return progress


def views(start: str, pace: Pace) -> Iterator[ui.LayoutView]:
    """The card of each step from there, as it is at first and when it could not be fuller, and the overview."""
    path = path_from(start, pace)
    for progress in (path.progress, filled(path), filled(path).skip(path.plan, path.plan.steps[0].id)):
        for step in path.plan.steps:
            at = replace(path, progress=progress.go_to(path.plan, step.id))
            yield card_view(at, f"**Step 1, “{'x' * 80}”, is done.**", undo=True)
        yield layout_of(replace(path, progress=progress))


def layout_of(path: MemberPath) -> ui.LayoutView:
    """The texts of the overview."""
    return layout(ANSWER, *overview_texts(path, "Your path is planned anew. What you ticked and noted is kept."))


@pytest.mark.parametrize("pace", Pace)
@pytest.mark.parametrize("start", STARTS)
def test_every_card_keeps_discords_limits(start: str, pace: Pace) -> None:
    for view in views(start, pace):
        ids = custom_ids(view)
        assert view.content_length() <= TEXT_LIMIT
        assert len(list(view.walk_children())) <= 40
        assert max(map(len, ids), default=0) <= 100
        assert len({*ids}) == len(ids)


@pytest.mark.parametrize("start", STARTS)
def test_a_card_at_first_is_whole(start: str) -> None:
    path = path_from(start, region="Texas")
    for step in path.plan.steps:
        text = seen(card_view(replace(path, progress=path.progress.go_to(path.plan, step.id)))).text
        assert "…" not in text
        assert f"Step {step.number} of {len(path.plan.steps)}: {step.title}" in text


@pytest.mark.parametrize(("start", "total"), TOTALS.items())
def test_the_totals_are_the_guides(start: str, total: str) -> None:
    texts = [seen(layout_of(path_from(start, pace))).text for pace in Pace]
    assert any(total in text for text in texts)


def test_ids_keep_their_limit_whatever_they_hold() -> None:
    key = key_of(GUIDE)
    entries = ".".join(["0" * 8] * 3)
    assert len(BecomeForm(key, entries).custom_id) <= 100
    assert len(AnswersButton(key, "x" * TARGET_LIMIT).custom_id) <= 100


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(_env_file=None, waymark_data=tmp_path / "data", waymark_encoder="off")


async def test_newcomers_walk_from_each_starting_point_to_the_end(community: Community) -> None:
    for number, start in enumerate(STARTS):
        member = community.guild.add_member(community.env.create_user(f"newcomer{number}"))
        answers = {"start": start, "pace": "part_time", "hours": "5", "region": "Texas", "target": ""}
        shown = await open_form(member, community)
        message = answered(await member.submit_modal(shown, answers))
        steps = path_from(start, Pace.PART_TIME).plan.steps
        assert all(f"{step.number}. {step.title}" in seen(message).text for step in steps)
        await member.click(message, label="Start")
        for step in steps:
            assert f"### Step {step.number} of {len(steps)}: {step.title}" in seen(message).text
            await member.click(message, label="Done")
        assert f"{len(steps)} of {len(steps)} done · 100%" in seen(message).text
        assert "You have finished your path" in seen(message).text
        await member.click(message, label="Overview")
        assert seen(message).text.count("✓ **") == len(steps)
        assert "You have finished your path" in seen(message).text
