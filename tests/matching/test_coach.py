"""The coach over knowledge: answers with entries, completion, nearest themes."""

from pathlib import Path

import pytest

from bot.knowledge.loading import load_knowledge
from bot.knowledge.models import Entry
from bot.matching.answer import Kind
from bot.matching.coach import Coach
from bot.matching.dialogue import Before
from tests.knowledge.folders import ENTRY, GUIDE, knowledge_folder

MORE = (
    ENTRY
    + """\
  leads:
  - {when: [apprentice], text: An apprentice gets less.}
  - {when: [head baker, boss], text: "A head baker: {median_pay}."}
  not: [what does it cost to pay a baker by card]
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


def led(coach: Coach, *questions: str) -> tuple[int, ...]:
    """The leads of the first entry of the last answer of a dialogue."""
    before: Before | None = None
    leads: tuple[int, ...] = ()
    for question in questions:
        answer = coach.ask(question, before)
        before, leads = coach.remembered(question, answer, before), answer.matches[0].leads
    return leads


def test_an_answer_is_led_by_what_the_question_names(coach: Coach) -> None:
    first = coach.ask("what does a head baker earn").matches[0]
    assert (first.entry.id, first.leads) == ("median-pay", (1,))
    assert first.shown.answer == "A head baker: {median_pay}.\n\nThe median is {median_pay} a year."


def test_an_answer_to_a_question_that_names_nothing_is_as_it_stands(coach: Coach) -> None:
    first = coach.ask("What does a baker earn?").matches[0]
    assert first.shown is first.entry


def test_a_follow_up_is_led_by_what_it_names(coach: Coach) -> None:
    assert led(coach, "What does a baker earn?", "and as a head baker?") == (1,)
    assert led(coach, "What does a head baker earn?", "and as an apprentice?") == (0,)


def test_a_follow_up_that_names_nothing_is_led_by_what_was_named_before(coach: Coach) -> None:
    assert led(coach, "What does a head baker earn?", "and how much is that?") == (1,)


def test_the_next_best_are_led_too(coach: Coach) -> None:
    (pay,) = [match for match in coach.ask("do head bakers work at night?").others if match.entry.id == "median-pay"]
    assert pay.leads == (1,)


def test_a_match_is_found_by_its_key_as_it_is_shown(coach: Coach) -> None:
    first = coach.ask("what does a head baker earn").matches[0]
    assert coach.knowledge.entry_by_key(first.key) == first.shown


def test_a_lookalike_is_not_answered_with_its_entry(coach: Coach) -> None:
    assert coach.ask("what does it cost to pay a baker by card").kind is Kind.NONE


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
