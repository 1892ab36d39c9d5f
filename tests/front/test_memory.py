"""Follow-ups lean on the member's last question in the same channel, for ten minutes."""

import datetime as dt
from pathlib import Path

import pytest

from bot.assembly import Assembly
from bot.front.memory import Memory
from bot.matching.coach import Coach
from tests.front.bakers import ENTRIES, GUIDE, WORDS
from tests.front.conftest import Community
from tests.front.reading import seen
from tests.knowledge.folders import knowledge_folder

NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


@pytest.fixture
def coach(tmp_path: Path) -> Coach:
    return Assembly(knowledge_folder(tmp_path, guide=GUIDE, entries=ENTRIES, words=WORDS)).coach()


def first_of(
    coach: Coach, memory: Memory, text: str, *, channel: int = 1, member: int = 1, minutes: int = 0
) -> str | None:
    at = NOW + dt.timedelta(minutes=minutes)
    answer = memory.ask(coach, text, channel=channel, member=member, at=at)
    return answer.matches[0].entry.id if answer.matches else None


def test_a_follow_up_leans_on_the_question_before(coach: Coach) -> None:
    memory = Memory()
    first_of(coach, memory, "years of training")
    assert first_of(coach, memory, "and after that?") == "night"


def test_after_ten_minutes_it_stands_for_itself(coach: Coach) -> None:
    memory = Memory()
    first_of(coach, memory, "years of training")
    assert first_of(coach, memory, "and after that?", minutes=11) != "night"


@pytest.mark.parametrize(("channel", "member"), [(2, 1), (1, 2)])
def test_another_channel_or_member_has_no_part_in_it(coach: Coach, channel: int, member: int) -> None:
    memory = Memory()
    first_of(coach, memory, "years of training")
    assert first_of(coach, memory, "and after that?", channel=channel, member=member) != "night"


def test_who_asked_longest_ago_is_forgotten_first(coach: Coach) -> None:
    memory = Memory(most=2)
    for member in (1, 2, 3):
        first_of(coach, memory, "years of training", member=member)
    assert first_of(coach, memory, "and after that?", member=1) != "night"


async def test_a_follow_up_works_in_a_channel(community: Community) -> None:
    await community.newcomer.slash(community.channel, "ask", question="years of training")
    result = await community.newcomer.slash(community.channel, "ask", question="and after that?")
    assert "Most start at three in the morning." in seen(result.response).text


def test_what_is_remembered_of_a_member_is_told_and_forgotten(coach: Coach) -> None:
    memory = Memory()
    for channel, member in ((1, 1), (2, 1), (1, 2)):
        first_of(coach, memory, "years of training", channel=channel, member=member)
    assert memory.held(1) == ((1, NOW, "years of training"), (2, NOW, "years of training"))
    assert memory.forget(1) == 2
    assert memory.held(1) == ()
    assert len(memory.held(2)) == 1
    assert first_of(coach, memory, "and after that?") != "night"
