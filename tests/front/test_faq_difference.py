"""What is told of the difference between two texts of an entry."""

from dataclasses import replace

import pytest

from bot.front.faq_difference import LINE_LIMIT, LINES, differences
from bot.store.drafts import Draft

RULES = Draft("What are the rules?", "Be kind.\n\nNo adverts.", ("house rules", "what may I do here"))


def test_of_an_edit_the_lines_that_went_and_came_are_told_with_their_part() -> None:
    edited = Draft("What are the rules?", "Be kinder.\n\nNo adverts.", ("house rules", "what is allowed"))
    assert differences(RULES, edited) == [
        "`-` answer: Be kind.",
        "`+` answer: Be kinder.",
        "`-` phrasing: what may I do here",
        "`+` phrasing: what is allowed",
    ]


def test_a_new_question_is_told() -> None:
    assert differences(RULES, replace(RULES, question="Which rules?")) == [
        "`-` question: What are the rules?",
        "`+` question: Which rules?",
    ]


def test_a_line_that_only_came_is_told_alone() -> None:
    added = replace(RULES, answer=f"{RULES.answer}\n\nNo spoilers.")
    assert differences(RULES, added) == ["`+` answer: No spoilers."]


def test_of_a_first_text_all_of_it_came() -> None:
    assert differences(None, RULES) == [
        "`+` question: What are the rules?",
        "`+` answer: Be kind.",
        "`+` answer: No adverts.",
        "`+` phrasing: house rules",
        "`+` phrasing: what may I do here",
    ]


def test_the_same_text_is_told_as_such() -> None:
    assert differences(RULES, RULES) == ["The text stayed as it was."]


@pytest.mark.parametrize("answer", ["Be  kind.\n\nNo adverts.", "Be kind.\nNo adverts.", "Be kind.\n\n\n No adverts."])
def test_a_change_of_nothing_but_spaces_is_no_unchanged_text(answer: str) -> None:
    assert differences(RULES, replace(RULES, answer=answer)) == ["Only spaces and line breaks changed."]


def test_of_a_long_line_the_words_around_the_change_are_told() -> None:
    before = Draft("?", f"{'so far ' * 60}we meet on Monday evening at seven {'and so on ' * 60}")
    after = replace(before, answer=before.answer.replace("Monday", "Tuesday"))
    assert differences(before, after) == [
        "`-` answer: … we meet on Monday evening at seven …",
        "`+` answer: … we meet on Tuesday evening at seven …",
    ]


def test_a_long_line_that_only_became_longer_shows_its_end() -> None:
    before = Draft("?", "word " * 60 + "end")
    assert differences(before, replace(before, answer=f"{before.answer} of it all")) == [
        "`-` answer: … word word end",
        "`+` answer: … word word end of it all",
    ]


def test_of_a_great_change_the_first_lines_and_the_number_of_the_rest_are_told() -> None:
    lines = differences(None, Draft("?", "\n\n".join(f"Rule {number}" for number in range(20))))
    assert len(lines) == LINES + 1
    assert lines[-1] == "… and 15 more"


def test_a_line_is_never_long() -> None:
    lines = differences(Draft("?", "a " * 900), Draft("?", "b " * 900))
    assert all(len(line) <= LINE_LIMIT + len("`+` answer: ") for line in lines)


def test_what_was_written_has_no_effect() -> None:
    (line,) = differences(RULES, replace(RULES, phrasings=(*RULES.phrasings, "```<@1> **@everyone** [a](b)")))
    assert line.startswith("`+` phrasing: \\`\\`\\`\\<")
    assert "@everyone" not in line
    assert "**" not in line.replace("\\*", "")
