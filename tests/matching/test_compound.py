"""Messages that ask several things are cut where the next question begins, and nowhere else."""

import pytest

from bot.matching.compound import asks_something, begins, questions_of, things_of


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        ("what does it pay and how long is the training", ("what does it pay", "how long is the training")),
        ("Is it hard? And do they work at night?", ("Is it hard?", "do they work at night?")),
        ("what are the hours, what's the pay + is it fun", ("what are the hours", "what's the pay", "is it fun")),
        ("I teach, how do I switch, and would I earn more?", ("I teach, how do I switch", "would I earn more?")),
        ("salary? also are there shifts", ("salary?", "are there shifts")),
        ("what does it pay n is it fun", ("what does it pay", "is it fun")),
        ("is it far? if not, how do i get there", ("is it far?", "how do i get there")),
        ("in Spain what is the pay and is it taxed", ("in Spain what is the pay", "is it taxed")),
        ("what is it, and I'd like to know how long it takes", ("what is it", "I'd like to know how long it takes")),
        ("1) what is it 2) what does it pay", ("what is it", "what does it pay")),
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


STORY = (
    "I moved here two years ago, and back then my aunt had a shop with just one oven, then a friend told me that in "
    "her town they want much more, like a school and a license, and I wonder and wonder about it ever since."
)


def test_in_a_story_much_that_looks_like_a_question_is_none() -> None:
    assert questions_of(STORY) == (STORY,)


@pytest.mark.parametrize(
    ("text", "things"),
    [
        ("the good, the bad and what it pays", ("the good", "the bad", "what it pays")),
        ("pay and hours of bakers", ("pay", "hours of bakers")),
        ("help me with my letter and my photo", ("help me with my letter", "my photo")),
        ("can you tell me about pay and about hours", ("can you tell me about pay", "about hours")),
        ("the pay? the hours?", ("the pay?", "the hours?")),
    ],
)
def test_a_list_is_cut_into_the_things_that_it_names(text: str, things: tuple[str, ...]) -> None:
    assert things_of(text) == things


@pytest.mark.parametrize(
    "text",
    [
        "do they work nights and weekends",
        "for the beginning, what does it pay",
        "flour, salt, water and yeast",
        "I bake, and the pay is low",
        "the pay",
        "",
    ],
)
def test_what_only_goes_on_with_a_question_or_leads_to_it_is_no_thing(text: str) -> None:
    assert things_of(text) == (text,)


def test_a_question_may_begin_after_what_leads_over_to_it() -> None:
    assert begins("by the way, how long is it")
    assert begins("whether it pays")
    assert not begins("whether it pays", told=True)
    assert not begins("by the way")


def test_a_part_asks_something_when_a_question_stands_in_it() -> None:
    assert asks_something("I teach. How do I switch")
    assert not asks_something("my letter")
