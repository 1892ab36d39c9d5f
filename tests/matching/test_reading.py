"""Reading passages: each once while one message is judged, and the same whether alone or together."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pytest

from bot.matching.embedding import Embedder
from bot.matching.matcher import Matcher
from bot.matching.reading import Read, Reader
from bot.matching.rows import Floats
from bot.matching.vectors import VectorCache
from tests.matching.conftest import ENTRIES
from tests.matching.encoders import small_encoder
from tests.matching.made_up import LEXICON

PASSAGES = ["what pay do bakers get", "do bakers work at night", "what pay do bakers get", "the pay of a nurse"]


@dataclass(frozen=True, slots=True)
class Counting(Embedder):
    """An embedder that notes what it was asked for."""

    asked: list[tuple[str, ...]] = field(default_factory=list)

    def questions(self, texts: Sequence[str]) -> Floats:
        self.asked.append(tuple(texts))
        return self.encoder.encode(texts)


@pytest.fixture
def counting() -> Counting:
    return Counting(small_encoder, VectorCache(None))


def reader_of(embedder: Embedder | None) -> Reader:
    reader = Matcher(ENTRIES, LEXICON, embedder=embedder)._reader  # noqa: SLF001 - the matcher makes it
    assert reader is not None
    return reader


def same(one: Read, other: Read) -> bool:
    return np.allclose(one.features.rows, other.features.rows, atol=1e-4) and np.array_equal(one.alike, other.alike)


@pytest.mark.parametrize("embedder", [None, Embedder(small_encoder, VectorCache(None))])
def test_passages_read_together_are_what_each_is_alone(embedder: Embedder | None) -> None:
    reader = reader_of(embedder)
    together = reader.read(PASSAGES)
    assert [same(read, reader.read([passage])[0]) for read, passage in zip(together, PASSAGES, strict=True)] == [
        True
    ] * 4


def test_new_passages_are_read_together_each_once(counting: Counting) -> None:
    reader_of(counting).read(PASSAGES)
    assert counting.asked == [(PASSAGES[0], PASSAGES[1], PASSAGES[3])]


def test_one_that_remembers_reads_only_what_is_new(counting: Counting) -> None:
    reader = reader_of(counting).remembering()
    first = reader.read(PASSAGES[:2])
    assert reader.read(PASSAGES)[:2] == first
    assert counting.asked == [(PASSAGES[0], PASSAGES[1]), (PASSAGES[3],)]


def test_without_remembering_nothing_is_kept(counting: Counting) -> None:
    reader = reader_of(counting)
    reader.read(PASSAGES[:1])
    reader.read(PASSAGES[:1])
    assert (reader.met, len(counting.asked)) == (None, 2)


def test_what_is_remembered_is_its_own(counting: Counting) -> None:
    reader = reader_of(counting)
    assert reader.remembering().met is not reader.remembering().met
    assert replace(reader.remembering(), met=None) == reader


def test_a_message_is_judged_reading_each_passage_once(counting: Counting) -> None:
    matcher = Matcher(ENTRIES, LEXICON, embedder=counting)
    matcher.judge("What pay do bakers get, and do they work at night? I would like to know that before I begin.")
    asked = [text for texts in counting.asked for text in texts]
    assert len(asked) == len(set(asked)) > 2
