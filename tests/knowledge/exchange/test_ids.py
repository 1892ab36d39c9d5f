"""Ids and titles that are made."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.exchange.ids import Ids, id_of, title_of

ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@given(st.text())
def test_every_text_gives_a_valid_id(text: str) -> None:
    made = id_of(text)
    assert ID.fullmatch(made)
    assert len(made) <= 60


def test_an_id_is_the_words_of_its_question() -> None:
    assert id_of("What's a Café's Größe?") == "whats-a-cafes-grosse"


def test_a_question_in_another_script_has_an_id_of_its_own() -> None:
    assert id_of("給料はいくらですか") != id_of("何年かかりますか")


def test_a_long_question_is_cut_between_words() -> None:
    assert re.fullmatch(r"(word-){9}word-[0-9a-f]{8}", id_of("word " * 40))


def test_a_taken_id_is_not_given_again() -> None:
    ids = Ids({"c"})
    made = [ids.make("C?"), ids.make("C++?"), ids.make("C#?")]
    assert len({"c", *made}) == 4


def test_the_id_beside_a_taken_one_is_the_same_each_time() -> None:
    assert Ids({"c"}).make("C++?") == Ids({"c"}).make("C++?")


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("resume-tips", "What should I know about resume tips?"),
        ("!rules", "What should I know about rules?"),
        ("how_to_apply", "How to apply?"),
        ("is it paid?", "Is it paid?"),
        ("🔥", "🔥"),
    ],
)
def test_a_tags_name_becomes_a_title(name: str, title: str) -> None:
    assert title_of(name) == title
