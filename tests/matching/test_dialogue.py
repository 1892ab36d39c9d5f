"""Which messages lean on the one before, and how questions are kept for that."""

import pytest

from bot.matching.dialogue import (
    COMPLETE,
    KEPT,
    Before,
    is_long,
    leans,
    move,
    move_from_named,
    only_places,
    opens_as_one_more,
    place,
    points_back,
)


@pytest.mark.parametrize(
    "text",
    ["and as a director?", "how long?", "what about part time", "why", "how many years till that", "pay?",
     "with whose oven", "after how many years", "anything else to know", "even on Sundays", "and if i bake at home"],
)  # fmt: skip
def test_a_follow_up_leans_on_the_question_before(text: str) -> None:
    assert leans(text)


@pytest.mark.parametrize(
    "text",
    [
        "what does a baker earn in a small town",
        "my dog just ate my planner",
        "ok wish me luck!!",
        "lol same",
        "",
        "and i thought my oven was bad",
        "but anyway",
        "then i will think about it",
        "and my sister just moved",
    ],
)
def test_a_complete_question_or_a_remark_does_not(text: str) -> None:
    assert not leans(text)


def test_a_question_with_a_pointing_word_may_lean() -> None:
    assert points_back("do they help pay for school")


@pytest.mark.parametrize(
    "text",
    ["is there a school for bakers", "is it true that bakers sleep by day", "is this year good for bakers",
     "how long does it take to bake bread", "did you know that bakers are paid"],
)  # fmt: skip
def test_a_word_that_only_looks_as_if_it_pointed_does_not(text: str) -> None:
    assert not points_back(text)


def test_only_what_goes_on_opens_as_one_more() -> None:
    assert opens_as_one_more("ok and by night?")
    assert not opens_as_one_more("how long?")


def test_a_message_of_many_words_is_long() -> None:
    assert is_long("word " * COMPLETE)
    assert not is_long("word " * (COMPLETE - 1))


def test_a_remark_with_a_pointing_word_does_not() -> None:
    assert not points_back("that was fun")


@pytest.mark.parametrize(
    ("text", "step"),
    [("ok and after that?", 1), ("and the rank above?", 1), ("before that?", -1), ("what about the rung below", -1),
     ("what next", 1), ("who's above them", 1), ("one level lower", -1), ("once that is done?", 1),
     ("how do I find my next job", 0), ("what's the next deadline", 0),
     ("how long does it take after that much training, in your view and in that of others", 0), ("what is it", 0)],
)  # fmt: skip
def test_a_question_for_what_comes_next_is_a_move(text: str, step: int) -> None:
    assert move(text) == step


def test_earlier_questions_are_kept_up_to_a_length() -> None:
    kept = Before("a" * KEPT, "pay").and_then("and now?", "night")
    assert (len(kept.text), kept.entry_id) == (KEPT, "night")
    assert kept.text.endswith("and now?")


@pytest.mark.parametrize(
    ("text", "step"),
    [("what comes after the training?", 1), ("who is above a head baker", 1),
     ("and which step comes right before baking", -1),
     ("what comes after that", 0), ("what is a good oven", 0),
     ("what comes after the training for those who bake at home and at night", 0)],
)  # fmt: skip
def test_a_message_may_name_what_it_goes_on_from(text: str, step: int) -> None:
    assert move_from_named(text) == step


@pytest.mark.parametrize(
    ("text", "found"), [("the very first thing", 0), ("step 5 of it", 4), ("what was step two", 1), ("the oven", None)]
)
def test_a_place_in_an_order_is_named_by_word_or_number(text: str, found: int | None) -> None:
    assert place(text) == found


def test_a_message_may_only_ask_for_a_place() -> None:
    assert only_places("and the third?")
    assert not only_places("and for my third oven at home?")
    assert not only_places("and the oven?")


def test_the_last_question_is_kept_by_itself_too() -> None:
    before = Before("what does it pay", "pay")
    assert before.question == "what does it pay"
    assert before.and_then("and at night?", "night").question == "and at night?"
