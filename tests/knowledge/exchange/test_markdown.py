"""Markdown: headings are questions."""

from tests.knowledge.exchange.files import entries_of, faults_of, pairs_of


def test_a_heading_is_a_question_and_the_text_under_it_its_answer() -> None:
    assert pairs_of("faq.md", "## What is it?\n\nA bot.\n\n## Who made it?\n\nWe did.\nAll of us.\n") == [
        ("What is it?", "A bot."),
        ("Who made it?", "We did.\nAll of us."),
    ]


def test_the_files_title_and_sections_are_no_questions() -> None:
    text = (
        "# FAQ\n\nWelcome.\n\n## Pay\n\n### What is the pay?\n\nLow.\n\n## Hours\n\n### What are the hours?\n\nLong.\n"
    )
    assert pairs_of("faq.md", text) == [("What is the pay?", "Low."), ("What are the hours?", "Long.")]


def test_a_first_heading_that_asks_is_a_question_and_no_title() -> None:
    assert [question for question, _ in pairs_of("faq.md", "# Why?\n\nSo.\n\n## How?\n\nThus.\n")] == ["Why?", "How?"]


def test_the_list_under_also_asked_gives_phrasings() -> None:
    (entry,) = entries_of("faq.md", "# Pay?\n\nLow.\n\n**Also asked:**\n\n- salary\n* wage\n\nVery low.\n")
    assert (entry.phrasings, entry.answer) == (["salary", "wage"], "Low.\n\nVery low.")


def test_a_list_in_an_answer_stays_there() -> None:
    assert pairs_of("faq.md", "# Steps?\n\nThree:\n\n- one\n- two\n") == [("Steps?", "Three:\n\n- one\n- two")]


def test_code_figures_and_pictures_survive() -> None:
    answer = "It is {median_pay}.\n\n```sh\n# no heading\nrun  it\n```\n\n![chart](chart.png)"
    assert pairs_of("faq.md", f"# Pay?\n\n{answer}\n") == [("Pay?", answer)]


def test_a_code_block_that_is_never_closed_is_a_fault_where_it_begins() -> None:
    assert faults_of("faq.md", "# Q?\n\ntext\n\n```\n# R?\n\nmore\n") == [
        "faq.md:5: a code block begins here and is never closed; end it with a line of only ```"
    ]


def test_a_heading_without_text_is_a_fault() -> None:
    assert faults_of("faq.md", "# Q?\n\n# R?\n\ntext\n") == [
        "faq.md:1: `Q?` has no text under it; a question needs an answer."
    ]


def test_text_without_a_heading_is_a_fault() -> None:
    assert "there is no heading here" in faults_of("faq.md", "just text\n")[0]


def test_underlined_headings_count_where_there_are_no_others() -> None:
    assert pairs_of("faq.md", "Pay?\n----\n\nLow.\n\nHours?\n----\n\nLong.\n") == [
        ("Pay?", "Low."),
        ("Hours?", "Long."),
    ]


def test_rules_between_questions_are_no_part_of_an_answer() -> None:
    assert pairs_of("faq.md", "## A?\nyes\n---\n## B?\nno\n") == [("A?", "yes"), ("B?", "no")]


def test_a_heading_may_bring_its_id() -> None:
    assert [entry.id for entry in entries_of("faq.md", "# **Pay?** {#the-pay}\n\nLow.\n")] == ["the-pay"]


def test_settings_at_the_top_are_passed_over() -> None:
    assert pairs_of("faq.md", "---\ntitle: x\n---\n\n# Q?\n\nyes\n") == [("Q?", "yes")]


def test_windows_line_ends_are_read() -> None:
    assert pairs_of("faq.md", "# Q?\r\n\r\nyes\r\nno\r\n") == [("Q?", "yes\nno")]
