"""Which words of a question met which of a phrasing."""

import pytest

from bot.matching.alignment import SYNONYM
from bot.matching.index import Indexed
from bot.matching.lexicon import Lexicon
from bot.matching.matcher import Matcher
from bot.matching.meetings import How, Meeting, Unmet, meetings_of
from tests.matching.conftest import WORDS

LEXICON = Lexicon(WORDS)


def found(question: str, phrasing: str, other: str = "else") -> tuple[tuple[Meeting, ...], tuple[Unmet, ...]]:
    measuring = Matcher([Indexed("one", (phrasing,)), Indexed("other", (other,))], LEXICON).measuring
    assert measuring is not None
    return meetings_of(measuring.met(question, 0), question, phrasing, LEXICON)


def told(question: str, phrasing: str) -> list[tuple[str, str, How]]:
    return [(meeting.word, meeting.met, meeting.how) for meeting in found(question, phrasing)[0]]


@pytest.mark.parametrize(
    ("question", "phrasing", "word", "met", "how"),
    [
        ("bakers", "a baker", "bakers", "baker", How.SAME),
        ("wage", "pay of a baker", "wage", "pay", How.SYNONYM),
        ("take home", "pay of a baker", "take home", "pay", How.SYNONYM),
        ("the pay", "what you take home", "pay", "take home", How.SYNONYM),
        ("aprenticeship", "the apprenticeship", "aprenticeship", "apprenticeship", How.TYPO),
        ("mls", "master of library science", "mls", "master of library science", How.SHORT_FORM),
    ],
)
def test_each_way_to_meet_is_told_with_the_words_as_they_were_written(
    question: str, phrasing: str, word: str, met: str, how: How
) -> None:
    assert (word, met, how) in told(question, phrasing)


def test_a_long_form_meets_its_short_form_as_one() -> None:
    assert told("master of library science", "mls") == [("master of library science", "mls", How.SHORT_FORM)]


def test_the_same_short_form_on_both_sides_is_the_same_word() -> None:
    assert told("mls", "the mls") == [("mls", "mls", How.SAME)]


def test_meetings_stand_in_the_order_of_the_question() -> None:
    assert [word for word, _, _ in told("night, baker, pay", "pay of a baker at night")] == ["night", "baker", "pay"]


def test_a_word_counts_once_however_often_it_is_said() -> None:
    assert told("pay pay pay", "baker pay") == [("pay", "pay", How.SAME)]


def test_a_synonym_counts_less_than_the_word() -> None:
    (same,), _ = found("pay", "pay", other="wage")
    (synonym,), _ = found("wage", "pay", other="wage")
    assert synonym.weight == pytest.approx(SYNONYM * same.weight, abs=1e-4)


def test_a_word_that_met_nothing_is_named_with_its_weight() -> None:
    _, unmet = found("zebra pay", "baker pay")
    assert [one.word for one in unmet] == ["zebra"]
    assert unmet[0].weight > 0


def test_a_short_form_of_which_a_word_met_has_met() -> None:
    assert found("mls", "a science")[1] == ()
