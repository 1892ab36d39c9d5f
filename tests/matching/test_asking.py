"""How a message asks: what it wants to know, and whether it asks at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.asking import KINDS, asks, kind_of, tells

#: Messages of one kind each, by what they want to know.
SAME_KIND = {
    "how long": (
        "how long is the training",
        "How many years does it take?",
        "what's the timeline",
        "does it take long",
    ),
    "how much": ("how much do bakers make", "what does it COST", "salary?", "what is the fee", "can i afford it"),
    "how many": ("how many bakers are there", "how often do they bake", "percentage of women in baking"),
    "where": ("where do bakers live", "which country has the most"),
    "who": ("who hires bakers", "whose oven is that"),
    "why": ("why bake", "how come", "reasons to bake"),
    "when": ("when does the day start", "what time do they get up", "deadline for letters"),
    "whether": ("can i bake at home", "is it allowed", "am i too old", "do they need to get up early"),
    "how": ("how to become a baker", "best way in", "what steps come first"),
    "what": ("what is sourdough", "explain sourdough", "the meaning of rye", "what does sourdough mean"),
}


@pytest.mark.parametrize("kind", SAME_KIND)
def test_messages_that_want_to_know_the_same_are_of_one_kind(kind: str) -> None:
    assert len({kind_of(text) for text in SAME_KIND[kind]} - {0}) == 1
    assert 0 not in map(kind_of, SAME_KIND[kind])


def test_messages_that_want_to_know_different_things_are_of_different_kinds() -> None:
    assert sorted(kind_of(texts[0]) for texts in SAME_KIND.values()) == list(range(1, KINDS))


@pytest.mark.parametrize("text", ["", "😭", "baker", "thanks a lot", "night work"])
def test_what_is_untold_is_of_kind_nought(text: str) -> None:
    assert kind_of(text) == 0


@pytest.mark.parametrize(
    ("text", "like"),
    [
        ("how many years is it and what does it pay", "how long"),
        ("how much does it cost and where is it", "how much"),
        ("what is the way to get in, and who decides", "who"),
    ],
)
def test_of_several_kinds_the_more_telling_one_is_taken(text: str, like: str) -> None:
    assert kind_of(text) == kind_of(SAME_KIND[like][0])


def test_a_kind_is_told_by_whole_words() -> None:
    assert kind_of("somewhere over the rainbow") == 0


def test_a_contraction_asks_like_what_it_stands_for() -> None:
    assert kind_of("what's sourdough") == kind_of("what is sourdough")


@given(st.text(max_size=100))
def test_every_message_is_of_one_of_the_kinds(text: str) -> None:
    assert 0 <= kind_of(text) < KINDS


@pytest.mark.parametrize(
    "text",
    [
        "baker pay?",
        "how do i start",
        "Tell me about rye",
        "I quit my job. what now",
        "i am a teacher, can i move over",
        "I love bread and what does it pay",
    ],
)
def test_a_question_or_request_asks_wherever_it_stands(text: str) -> None:
    assert asks(text)


@pytest.mark.parametrize("text", ["", "😭", "baker pay", "finally sent my application", "I know what I want"])
def test_what_is_put_as_a_statement_asks_nothing(text: str) -> None:
    assert not asks(text)


@pytest.mark.parametrize("text", ["finally sent my application", "I got the job!", "we baked all night", "told ME so"])
def test_who_speaks_of_themselves_and_asks_nothing_tells(text: str) -> None:
    assert tells(text)


@pytest.mark.parametrize("text", ["did I get the job", "my pay?", "I sent it. When will they write?"])
def test_who_speaks_of_themselves_and_asks_does_not_tell(text: str) -> None:
    assert not tells(text)


@pytest.mark.parametrize("text", ["", "bakers get up early", "great bread"])
def test_who_speaks_of_others_does_not_tell(text: str) -> None:
    assert not tells(text)


@given(st.text(max_size=100))
def test_no_message_both_asks_and_tells(text: str) -> None:
    assert not (asks(text) and tells(text))
