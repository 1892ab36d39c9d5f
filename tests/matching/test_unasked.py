"""Which messages are questions to the room."""

import pytest

from bot.matching.unasked import is_to_the_room


@pytest.mark.parametrize(
    "text",
    [
        "how long does it take to become a baker?",
        "How do you become a baker?",
        "do you need a degree for this",
        "what does a baker earn?",
    ],
)
def test_a_question_that_anybody_might_answer_is_to_the_room(text: str) -> None:
    assert is_to_the_room(text)


@pytest.mark.parametrize("text", ["READY...", "help?", "what is?", "😭"])
def test_a_word_or_two_are_no_question(text: str) -> None:
    assert not is_to_the_room(text)


@pytest.mark.parametrize("text", ["What's your major?", "are you a baker?", "so what did you study back then?"])
def test_what_people_ask_each_other_is_not_to_the_room(text: str) -> None:
    assert not is_to_the_room(text)


@pytest.mark.parametrize("text", ["finally done with my shift", "bakers earn so little", "night shifts, every week"])
def test_what_asks_nothing_is_no_question(text: str) -> None:
    assert not is_to_the_room(text)
