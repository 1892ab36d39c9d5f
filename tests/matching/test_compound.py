"""Messages that ask several things are cut where the next question begins, and nowhere else."""

import pytest

from bot.matching.compound import questions_of


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        ("what does it pay and how long is the training", ("what does it pay", "how long is the training")),
        ("Is it hard? And do they work at night?", ("Is it hard?", "And do they work at night?")),
        ("what are the hours, what's the pay + is it fun", ("what are the hours", "what's the pay", "is it fun")),
        ("I teach, how do I switch, and would I earn more?", ("I teach, how do I switch", "would I earn more?")),
        ("salary? also are there shifts", ("salary?", "also are there shifts")),
        ("what does it pay n is it fun", ("what does it pay", "is it fun")),
        ("Help me with my letter. What will they ask?", ("Help me with my letter.", "What will they ask?")),
    ],
)
def test_several_questions_are_cut_apart(text: str, questions: tuple[str, ...]) -> None:
    assert questions_of(text) == questions


@pytest.mark.parametrize(
    "text",
    [
        "do i need both an oven and a license",
        "is the trade growing or shrinking?",
        "hey! sorry to bother you, quick question: what goes into the dough?",
        "so i finished school and i moved here and i work in a shop now, how many years would it take?",
        "who buys the flour and handles the money for it",
        "flour, salt, water and yeast",
        "",
    ],
)
def test_one_question_stays_whole(text: str) -> None:
    assert questions_of(text) == (text,)


def test_more_than_three_questions_are_too_many_to_answer_one_by_one() -> None:
    text = "what is it? what does it pay? how long is it? where is it?"
    assert questions_of(text) == (text,)
