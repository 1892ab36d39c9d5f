"""What answers say: their sentences, the words of a message that they hold, and how near they come in meaning."""

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.answers import SENTENCES_LIMIT, AnswerMeanings, Answers, sentences_of
from bot.matching.index import Indexed
from bot.matching.normalise import words_of
from bot.matching.rows import ends_of
from tests.matching.made_up import LEXICON, texts

answering = st.lists(texts, min_size=1, max_size=5).map(
    lambda every: tuple(Indexed(f"e{at}", ("pay",), answer=text) for at, text in enumerate(every))
)
ENTRIES = (
    Indexed("pay", ("What is the pay?",), answer="A baker takes home 30,000. Nights pay more!"),
    Indexed("night", ("Do they work at night?",), answer="Yes, from three on."),
    Indexed("open", ("Where is the oven?",)),
)


def stems(text: str) -> list[str]:
    return LEXICON.stem_words(words_of(text))


def held(text: str) -> list[float]:
    found: list[float] = Answers.over(ENTRIES, LEXICON).held(stems(text), LEXICON).tolist()
    return found


@pytest.mark.parametrize(
    ("answer", "sentences"),
    [
        ("One thing. Another! A third?", ["One thing", "Another!", "A third?"]),
        ("Two kinds:\n\n1. **Night:** dark\n2. *Day*", ["Two kinds:", "Night:", "dark", "Day"]),
        ("- See [the list](https://example.org/a_b) of `bakers`\n> quoted", ["See the list of bakers", "quoted"]),
        ("about $47,000 to 61,000 a year", ["about $47,000 to 61,000 a year"]),
        ("no", ["no"]),
        ("7", ["7"]),
    ],
)
def test_an_answer_is_read_by_sentences_lines_and_items_in_plain_letters(answer: str, sentences: list[str]) -> None:
    assert sentences_of(answer) == sentences


def test_no_more_than_so_many_sentences_are_read() -> None:
    assert sentences_of("Bake. " * (SENTENCES_LIMIT + 1)) == ["Bake"] * SENTENCES_LIMIT


@given(st.text(min_size=1))
def test_every_answer_has_a_sentence(answer: str) -> None:
    assert 1 <= len(sentences_of(answer)) <= SENTENCES_LIMIT


def test_an_entry_without_an_answer_has_its_question_instead() -> None:
    assert Answers.over(ENTRIES, LEXICON).sentences[-1] == "Where is the oven?"


def test_the_sentences_of_an_entry_stand_together() -> None:
    found = Answers.over(ENTRIES, LEXICON)
    assert found.starts.tolist() == [0, 2, 3, 4]
    assert found.sentences[:2] == ("A baker takes home 30,000", "Nights pay more!")


def test_all_words_in_one_answer_are_held_by_it_alone() -> None:
    assert held("three yes") == pytest.approx([0, 1, 0])


def test_words_without_a_topic_of_their_own_do_not_count() -> None:
    assert held("what is the baker") == pytest.approx([1, 0, 0])
    assert held("what is the") == [0, 0, 0]


def test_a_word_that_no_answer_has_takes_from_the_share() -> None:
    with_unknown = held("baker zebra")[0]
    assert 0 < with_unknown < held("baker")[0]


@given(answering, texts)
def test_the_share_is_that_of_the_weights_counted_one_by_one(entries: tuple[Indexed, ...], text: str) -> None:
    said = [set(stems(entry.answer)) for entry in entries]
    weight = {
        stem: math.log1p((len(said) - count + 0.5) / (count + 0.5))
        for stem in stems(text)
        if stem not in LEXICON.fillers
        for count in [sum(stem in each for each in said)]
    }
    expected = [sum(weight[stem] for stem in weight if stem in each) / (sum(weight.values()) or 1) for each in said]
    assert Answers.over(entries, LEXICON).held(stems(text), LEXICON).tolist() == pytest.approx(expected, abs=1e-5)


@given(st.lists(st.integers(1, 4), min_size=1, max_size=6), st.data())
def test_the_nearest_sentence_tells_how_near_an_answer_is(lengths: list[int], data: st.DataObject) -> None:
    numbers = np.random.default_rng(sum(lengths))
    vectors = numbers.normal(0, 1, (sum(lengths), 3)).astype(np.float32)
    vector = numbers.normal(0, 1, 3).astype(np.float32)
    starts = ends_of(lengths)
    nearest = [max(vectors[start:end] @ vector) for start, end in pairwise(starts)]
    chosen = sorted(data.draw(st.sets(st.sampled_from(range(len(lengths))), min_size=1)))
    found = AnswerMeanings(vectors, starts).nearest(vector, np.asarray(chosen, dtype=np.int32))
    assert found.tolist() == pytest.approx([nearest[at] for at in chosen], abs=1e-5)
