"""What may be saved as an entry, and the ids that are made for it."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, reject
from hypothesis import strategies as st

from bot.errors import WaymarkError
from bot.knowledge.exchange.writing import write_entries
from bot.knowledge.loading import load_community
from bot.knowledge.models import ANSWER_LIMIT, QUESTION_LIMIT
from bot.store.drafts import PHRASINGS_LIMIT, REASON_LIMIT, Draft, checked_reason


def test_blank_edges_and_repeated_phrasings_are_left_out() -> None:
    assert Draft(" Why? ", "\r\nSo.\r\n", ("a  b", " ", "a b")).checked() == Draft("Why?", "So.", ("a b",))


def test_a_question_is_one_line() -> None:
    assert Draft("Why\nso?", "So.").checked().question == "Why so?"


def test_what_no_database_holds_is_left_out() -> None:
    assert Draft("W\x00hy?", "S\ud800o.\x1b", ("\ufeffx",)).checked() == Draft("Why?", "So.", ("x",))


@pytest.mark.parametrize(
    ("draft", "said"),
    [
        (Draft(" ", "So."), "question cannot be saved"),
        (Draft("x" * (QUESTION_LIMIT + 1), "So."), "question cannot be saved"),
        (Draft("Why?", "\x00"), "answer cannot be saved"),
        (Draft("Why?", "x" * (ANSWER_LIMIT + 1)), f"{ANSWER_LIMIT} fit a message"),
        (Draft("Why?", "So.", tuple(map(str, range(PHRASINGS_LIMIT + 1)))), f"{PHRASINGS_LIMIT} phrasings"),
        (Draft("Why?", "So.", ("x" * 201,)), "200 characters"),
    ],
)
def test_what_is_no_entry_is_refused(draft: Draft, said: str) -> None:
    with pytest.raises(WaymarkError, match=said):
        draft.checked()


def test_a_reason_is_one_line_and_not_too_long() -> None:
    assert checked_reason(" so\nit is ") == "so it is"
    assert len(checked_reason("x" * 1000) or "") == REASON_LIMIT


def test_a_reason_that_says_nothing_is_none() -> None:
    assert (checked_reason(None), checked_reason(" \n")) == (None, None)


@given(st.builds(Draft, st.text(max_size=50), st.text(), st.lists(st.text(max_size=50), max_size=4).map(tuple)))
def test_whatever_may_be_saved_comes_back_from_an_export(draft: Draft) -> None:
    try:
        entry = draft.checked().entry("x")
    except WaymarkError:
        reject()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "community.yaml")
        file.write_text(write_entries([entry]), encoding="utf-8", newline="\n")
        assert load_community(file) == (entry,)
