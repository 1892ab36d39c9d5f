"""Tables with commas, semicolons or tabs."""

import pytest

from tests.knowledge.exchange.files import entries_of, faults_of, pairs_of


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_each_separator_is_told_by_itself(separator: str) -> None:
    text = "\n".join(separator.join(cells) for cells in (("question", "answer"), ("Is it?", "yes"), ("Was it?", "no")))
    assert pairs_of("faq.csv", text) == [("Is it?", "yes"), ("Was it?", "no")]


def test_a_header_may_name_its_columns_in_any_order() -> None:
    (entry,) = entries_of("faq.csv", "Answer,Also asked,Question,ID\nyes,so | or so,Is it?,it-is\n")
    assert (entry.id, entry.question, entry.phrasings, entry.answer) == ("it-is", "Is it?", ["so", "or so"], "yes")


def test_without_a_header_the_columns_are_question_and_answer() -> None:
    assert pairs_of("faq.csv", "Is it?,yes\nWas it?,no\n") == [("Is it?", "yes"), ("Was it?", "no")]


def test_quoted_cells_hold_separators_and_line_breaks() -> None:
    (entry,) = entries_of("faq.csv", 'question,answer,phrasings\n"Is it, now?","First.\nSecond.","a so\nb so"\n')
    assert (entry.question, entry.answer, entry.phrasings) == ("Is it, now?", "First.\n\nSecond.", ["a so", "b so"])


def test_a_tag_list_gives_titles_and_keeps_names() -> None:
    (entry,) = entries_of("tags.csv", "name,content,uses\nresume-tips,Keep it short.,7\n")
    assert (entry.question, entry.phrasings) == ("What should I know about resume tips?", ["resume-tips"])


def test_a_row_of_too_many_columns_is_a_fault_with_its_line() -> None:
    assert faults_of("faq.csv", 'question,answer\n"Is\nit?",yes\nWas it?,no, not at all\n') == [
        "faq.csv:4: this row has 3 columns; 2 are wanted. Text with separators or line breaks goes in quotes."
    ]


def test_a_quote_that_is_never_closed_is_a_fault_where_its_row_begins() -> None:
    (fault,) = faults_of("faq.csv", 'question,answer\nIs it?,yes\n"Was it?,no\nWill it?,yes\n')
    assert fault.startswith("faq.csv:3: the table breaks off in the row that begins here:")


def test_an_empty_answer_is_a_fault_with_its_line() -> None:
    assert faults_of("faq.csv", "question,answer\nIs it?,yes\n\nWas it?,\n") == [
        "faq.csv:4: `answer` is empty; it must be text that is not empty."
    ]
