"""The coach over knowledge: answers with entries, completion, nearest themes."""

from pathlib import Path

import pytest

from bot.knowledge.loading import load_knowledge
from bot.knowledge.models import Entry
from bot.matching.answer import Kind
from bot.matching.coach import Coach
from tests.knowledge.folders import ENTRY, GUIDE, knowledge_folder

MORE = (
    ENTRY
    + """\
- id: night-work
  theme: work
  question: Do bakers work at night?
  phrasings: [baking at night]
  answer: Often.
  sources: [survey]
- id: early-start
  theme: work
  question: How early does the day of a baker start?
  phrasings: [start of the day]
  answer: At three.
  sources: [survey]
"""
)


@pytest.fixture
def coach(tmp_path: Path) -> Coach:
    guide = GUIDE.replace("  pay: Pay\n", "  pay: Pay\n  work: The work\n")
    return Coach.knowing(load_knowledge(knowledge_folder(tmp_path, guide=guide, entries=MORE)))


def test_an_answer_holds_its_entry_and_the_next_best(coach: Coach) -> None:
    answer = coach.ask("What does a baker earn?")
    assert (answer.kind, [match.entry.id for match in answer.matches]) == (Kind.ANSWER, ["median-pay"])
    assert {match.entry.id for match in answer.others} == {"night-work", "early-start"}


def test_a_communitys_wording_wins_over_the_base(coach: Coach) -> None:
    own = Entry(id="our-pay", question="What does a baker earn here?", phrasings=["baker salary"], answer="Ask Ann.")
    answer = Coach.knowing(coach.knowledge.with_community([own])).ask("Baker salary?")
    assert answer.matches[0].entry.id == "our-pay"


def test_before_the_first_letter_the_first_of_each_theme_is_offered_in_turn(coach: Coach) -> None:
    assert [entry.id for entry in coach.complete("  ")] == ["median-pay", "night-work", "early-start"]
    assert len(coach.complete("", limit=2)) == 2


def test_completion_offers_entries(coach: Coach) -> None:
    assert coach.complete("do bakers wo")[0].id == "night-work"


def test_nearest_themes_begin_with_those_of_the_nearest_entries(coach: Coach) -> None:
    near = coach.nearest_themes(coach.ask("night zebra"))
    assert [theme.id for theme in near] == ["work", "pay"]


def test_nearest_themes_are_those_of_the_guide_when_nothing_is_near(coach: Coach) -> None:
    assert [theme.id for theme in coach.nearest_themes(coach.ask("😭"))] == ["pay", "work"]
