"""Spaces that were built before: found again as they were, and only for what they were built from."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bot.knowledge.models import WordsFile
from bot.matching import space_cache
from bot.matching.embedding import Embedder
from bot.matching.features import Measuring
from bot.matching.index import Indexed
from bot.matching.lexicon import Lexicon
from bot.matching.space import Space
from bot.matching.space_cache import SpaceCache
from bot.matching.vectors import VectorCache
from tests.matching.conftest import ENTRIES, WORDS
from tests.matching.encoders import small_encoder

LEXICON = Lexicon(WORDS)
OUTSIDE = ("what a day", "Bună ziua", "nurse \N{SLIGHTLY SMILING FACE}")
EMBEDDER = Embedder(small_encoder, VectorCache(None))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "folder" / "index.npz"


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Grows by one each time a space is built."""
    times: list[int] = []
    over = Space.over

    def counted(*given: object) -> Space:
        times.append(1)
        return over(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(Space, "over", counted)
    return times


@pytest.mark.parametrize("embedder", [None, EMBEDDER])
def test_a_kept_space_measures_like_the_one_that_was_built(file: Path, embedder: Embedder | None) -> None:
    first = SpaceCache(file).space(ENTRIES, LEXICON, OUTSIDE, embedder)
    again = SpaceCache(file).space(ENTRIES, LEXICON, OUTSIDE, embedder)
    for text in ("baker pay", "wage of a techer at night", "zebra", ""):
        vector = embedder.questions([text])[0] if embedder else None
        expected = Measuring(first, LEXICON).features(text, vector)
        found = Measuring(again, LEXICON).features(text, vector)
        assert np.allclose(found.rows, expected.rows, atol=1e-6)
        assert found.phrasings.tolist() == expected.phrasings.tolist()


def test_texts_come_back_letter_by_letter(file: Path) -> None:
    SpaceCache(file).space(ENTRIES, LEXICON, OUTSIDE, None)
    assert SpaceCache(file).space(ENTRIES, LEXICON, OUTSIDE, None).texts[-3:] == OUTSIDE


def test_the_same_entries_are_not_built_again(file: Path, built: list[int]) -> None:
    for _ in range(2):
        SpaceCache(file).space(ENTRIES, LEXICON, OUTSIDE, EMBEDDER)
    assert built == [1]


def test_without_an_encoder_a_space_with_meanings_does_too(file: Path, built: list[int]) -> None:
    SpaceCache(file).space(ENTRIES, LEXICON, OUTSIDE, EMBEDDER)
    assert SpaceCache(file).space(ENTRIES, LEXICON, OUTSIDE, None).meaning is None
    assert built == [1]


def test_meanings_that_are_missing_are_built(file: Path) -> None:
    SpaceCache(file).space(ENTRIES, LEXICON, OUTSIDE, None)
    assert SpaceCache(file).space(ENTRIES, LEXICON, OUTSIDE, EMBEDDER).meaning is not None


@pytest.mark.parametrize(
    ("entries", "words", "outside"),
    [
        (ENTRIES[:-1], WORDS, OUTSIDE),
        ((*ENTRIES[:-1], Indexed("other", ENTRIES[-1].texts)), WORDS, OUTSIDE),
        ((*ENTRIES[:-1], Indexed(ENTRIES[-1].id, ("something else",))), WORDS, OUTSIDE),
        ((*ENTRIES[:-1], replace(ENTRIES[-1], answer="another answer")), WORDS, OUTSIDE),
        (ENTRIES, WORDS.model_copy(update={"fillers": ["the"]}), OUTSIDE),
        (ENTRIES, WORDS, OUTSIDE[:-1]),
    ],
)
def test_any_change_is_built_anew(
    file: Path, built: list[int], entries: tuple[Indexed, ...], words: WordsFile, outside: tuple[str, ...]
) -> None:
    SpaceCache(file).space(ENTRIES, LEXICON, OUTSIDE, None)
    SpaceCache(file).space(entries, Lexicon(words), outside, None)
    assert built == [1, 1]


def test_other_code_builds_anew(file: Path, built: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    SpaceCache(file).space(ENTRIES, LEXICON, (), None)
    monkeypatch.setattr(space_cache, "_code", lambda: b"other")
    SpaceCache(file).space(ENTRIES, LEXICON, (), None)
    assert built == [1, 1]


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x03\x04 broken"])
def test_a_broken_file_is_replaced(file: Path, built: list[int], content: bytes) -> None:
    file.parent.mkdir()
    file.write_bytes(content)
    for _ in range(2):
        SpaceCache(file).space(ENTRIES, LEXICON, (), None)
    assert built == [1]


def test_a_file_cut_short_is_replaced(file: Path, built: list[int]) -> None:
    SpaceCache(file).space(ENTRIES, LEXICON, (), None)
    file.write_bytes(file.read_bytes()[:-100])
    SpaceCache(file).space(ENTRIES, LEXICON, (), None)
    assert built == [1, 1]


def test_a_folder_that_cannot_be_written_costs_only_time(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file where the folder should be")
    assert SpaceCache(tmp_path / "taken" / "index.npz").space(ENTRIES, LEXICON, (), None).entries == len(ENTRIES)


def test_the_first_file_is_read_and_never_written(tmp_path: Path, built: list[int]) -> None:
    shipped = tmp_path / "shipped.npz"
    SpaceCache(shipped).space(ENTRIES, LEXICON, (), None)
    before = shipped.read_bytes()
    cache = SpaceCache(tmp_path / "own.npz", shipped)
    cache.space(ENTRIES, LEXICON, (), None)
    cache.space(ENTRIES[:2], LEXICON, (), None)
    assert built == [1, 1]
    assert shipped.read_bytes() == before
