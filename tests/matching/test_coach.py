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
    ENTRY.replace("  related: []\n", "  related: [early-start]\n")
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
  related: [early-start, median-pay]
  sources: [survey]
- id: early-start
  theme: work
  question: How early does the day of a baker start?
  phrasings: [start of the day]
  answer: At three.
  sources: [survey]
"""
)


SEQUENCES = "sequences:\n  - [early-start, night-work]\n"


@pytest.fixture
def coach(tmp_path: Path) -> Coach:
    guide = GUIDE.replace("  pay: Pay\n", "  pay: Pay\n  work: The work\n") + SEQUENCES
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


def after(coach: Coach, entry_id: str, text: str, question: str = "what is it like") -> str | None:
    """The entry that the message leads to in the sequences, when the question was answered by that entry."""
    found = coach.in_order(Before(question, entry_id), text)
    return found.id if found else None


def test_what_comes_next_is_the_next_in_the_sequence(coach: Coach) -> None:
    assert after(coach, "early-start", "and after that?") == "night-work"
    assert after(coach, "night-work", "before that?") == "early-start"


def test_past_the_end_comes_what_is_related_most_outside_of_the_sequence(coach: Coach) -> None:
    assert after(coach, "night-work", "and then?") == "median-pay"


def test_past_the_end_there_is_nothing_where_nothing_is_related(coach: Coach) -> None:
    assert after(coach, "early-start", "before that?") is None


def test_a_place_in_the_sequence_may_be_asked_for(coach: Coach) -> None:
    assert after(coach, "night-work", "and the first?") == "early-start"
    assert after(coach, "early-start", "the second one?") == "night-work"
    assert after(coach, "early-start", "the ninth one?") is None


def test_what_comes_next_may_follow_a_place_that_the_question_named(coach: Coach) -> None:
    assert after(coach, "median-pay", "and then?", "what is the first thing") == "night-work"
    assert after(coach, "median-pay", "and then?") is None


def test_what_comes_after_an_entry_that_is_named_needs_no_question_before(coach: Coach) -> None:
    found = coach.in_order(None, "what comes after the start of the day")
    assert found is not None
    assert found.id == "night-work"


def test_a_question_that_asks_for_more_than_the_next_is_no_move(coach: Coach) -> None:
    assert after(coach, "early-start", "do bakers work at night?") is None


def test_what_is_no_question_to_the_room_is_never_answered_unasked(coach: Coach) -> None:
    question = coach.knowledge.entries[0].question
    assert coach.ask(question).interject
    assert not coach.ask(question.split()[-1]).interject
    assert not coach.ask(f"are you sure? {question}").interject
