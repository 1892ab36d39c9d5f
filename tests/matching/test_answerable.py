"""Which missed questions an entry answers once it is published."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.models import Entry
from bot.matching.answer import Kind
from bot.matching.answerable import answerable
from bot.matching.coach import Coach
from bot.matching.embedding import Embedder
from bot.matching.likeness import Met
from bot.matching.vectors import VectorCache
from tests.matching.asked import COACH, KNOWN, Asked, asked
from tests.matching.encoders import small_encoder
from tests.matching.made_up import texts

PARKING = Entry(id="parking", question="Where can I park my car?", phrasings=["car park"], answer="Behind the bakery.")
LATER = Coach.knowing(KNOWN.with_community([PARKING]))


def found(*texts: str, ids: tuple[str, ...] = ("parking",), coach: Coach = LATER) -> list[tuple[int, str]]:
    return [(one.question.number, one.entry_id) for one in answerable(coach, asked(*texts), ids)]


def test_a_question_that_the_new_entry_answers_is_found() -> None:
    assert found("is lunch free", "where can i park my car", "Car park?") == [(2, "parking"), (3, "parking")]


def test_before_the_entry_is_there_nothing_is_found() -> None:
    assert found("where can i park my car", coach=COACH) == []


def test_what_another_entry_answers_is_not_found() -> None:
    assert found("baker pay", "do bakers work at night") == []
    assert found("baker pay", ids=("parking", "pay")) == [(1, "pay")]


def test_without_entries_or_questions_nothing_is_found() -> None:
    assert found("car park", ids=()) == []
    assert found() == []


def test_a_question_among_several_in_a_message_is_found() -> None:
    assert found("What is the salary of a baker? And where can I park my car?") == [(1, "parking")]


def test_where_too_many_come_into_question_those_for_whom_people_wait_are_tried_first() -> None:
    every = [*asked("where can i park my car", "car park"), Asked(3, "where do I park my car")]
    every[0] = replace(every[0], waiting=1)
    assert [one.question.number for one in answerable(LATER, every, ["parking"], most=1)] == [1]
    assert [one.question.number for one in answerable(LATER, every, ["parking"], most=2)] == [1, 3]


def test_the_same_wording_is_tried_once_and_found_for_all() -> None:
    assert [number for number, _ in found("car park", "Car park!", "CAR PARK")] == [1, 2, 3]
    assert len(answerable(LATER, asked("car park", "Car park!"), ["parking"], most=1)) == 2


@given(st.lists(texts, min_size=1, max_size=6), st.lists(texts, min_size=1, max_size=3))
def test_nothing_is_missed_that_the_coach_answers_with_the_entry(every: list[str], wordings: list[str]) -> None:
    entry = Entry(id="new", question=wordings[0], phrasings=wordings[1:], answer="So.")
    later = Coach.knowing(KNOWN.with_community([entry]))
    questions = asked(*every)
    answers = [(one, later.ask(one.text)) for one in questions]
    right = [
        one.number
        for one, answer in answers
        if answer.kind is Kind.ANSWER and "new" in {match.entry.id for match in answer.matches}
    ]
    assert [one.question.number for one in answerable(later, questions, ["new"])] == right


def test_what_questions_mean_is_remembered_for_the_next_time() -> None:
    later = Coach.knowing(KNOWN.with_community([PARKING]), Embedder(small_encoder, VectorCache(None)))
    met: Met = {}
    first = answerable(later, asked("where can i park my car", "night pay"), ["parking"], met)
    assert set(met) == {"where can i park my car", "night pay"}
    assert answerable(later, asked("where can i park my car", "night pay"), ["parking"], met) == first
