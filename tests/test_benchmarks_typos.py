"""Typos that benchmarks make."""

import pytest
from rapidfuzz.distance import OSA

from benchmarks.typos import with_typos

TEXTS = (
    "how much does a night baker earn in the first year",
    "what do I have to bring along to my first day at the oven, and who tells me when it begins",
    "aaaaaaaaaaaaaaaa",
)


@pytest.mark.parametrize("text", TEXTS)
def test_there_is_one_for_each_eight_characters(text: str) -> None:
    # Two edits may fall on the same letter, and then cost one or none.
    assert 0 < OSA.distance(text, with_typos(text)) <= len(text) // 8


def test_few_fall_on_the_same_place() -> None:
    numbered = [f"{text} ({number})" for text in TEXTS[:2] for number in range(50)]
    wanted = sum(len(text) // 8 for text in numbered)
    assert 0.9 * wanted < sum(OSA.distance(text, with_typos(text)) for text in numbered) <= wanted


def test_a_text_has_the_same_every_time() -> None:
    assert [with_typos(text) for text in TEXTS] == [with_typos(text) for text in TEXTS]


def test_a_text_of_seven_characters_has_none() -> None:
    assert with_typos("pay day") == "pay day"
