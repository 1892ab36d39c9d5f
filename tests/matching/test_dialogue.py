"""Which messages lean on the one before, and how questions are kept for that."""

import pytest

from bot.matching.dialogue import KEPT, Before, leans, move, points_back


@pytest.mark.parametrize(
    "text", ["and as a director?", "how long?", "what about part time", "why", "how many years till that", "pay?"]
)
def test_a_follow_up_leans_on_the_question_before(text: str) -> None:
    assert leans(text)


@pytest.mark.parametrize(
    "text",
    ["what does a baker earn in a small town", "my dog just ate my planner", "ok wish me luck!!", "lol same", ""],
)
def test_a_complete_question_or_a_remark_does_not(text: str) -> None:
    assert not leans(text)


def test_a_question_with_a_pointing_word_may_lean() -> None:
    assert points_back("do they help pay for school")


def test_a_remark_with_a_pointing_word_does_not() -> None:
    assert not points_back("that was fun")


@pytest.mark.parametrize(
    ("text", "step"),
    [("ok and after that?", 1), ("and the rank above?", 1), ("before that?", -1), ("what about the rung below", -1),
     ("how long does it take after that much training, in your view and in that of others", 0), ("what is it", 0)],
)  # fmt: skip
def test_a_question_for_what_comes_next_is_a_move(text: str, step: int) -> None:
    assert move(text) == step


def test_earlier_questions_are_kept_up_to_a_length() -> None:
    kept = Before("a" * KEPT, "pay").and_then("and now?", "night")
    assert (len(kept.text), kept.entry_id) == (KEPT, "night")
    assert kept.text.endswith("and now?")
