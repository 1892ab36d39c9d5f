"""Made-up entries for property tests: few words, so that phrasings, entries and questions have much in common."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pytest
from hypothesis import strategies as st

from bot.matching import candidates, features
from bot.matching.corpus import Corpus
from bot.matching.index import Indexed
from bot.matching.lexicon import Lexicon
from bot.matching.rows import Places, ends_of
from tests.matching.conftest import WORDS

LEXICON = Lexicon(WORDS)
#: Fillers, synonyms, short and long forms, endings, typos, words with the same letters twice, and no word at all.
POOL = [
    *"the a how baker bakers bakre pay salary wage educator teacher nurse night banana nana c++ 9 mls".split(),
    *("master of library science", "library", "science", "take home", "😭"),
]
texts = st.lists(st.sampled_from(POOL), min_size=1, max_size=7).map(" ".join)
entry_lists = st.lists(st.lists(texts, min_size=1, max_size=5), min_size=1, max_size=5).map(
    lambda every: tuple(Indexed(f"e{at}", tuple(found)) for at, found in enumerate(every))
)


def texts_of(entries: Sequence[Indexed]) -> list[str]:
    """All phrasings, entry by entry."""
    return [text for entry in entries for text in entry.texts]


def starts_of(entries: Sequence[Indexed]) -> Places:
    """Where the phrasings of each entry begin, and how many there are."""
    return ends_of([len(entry.texts) for entry in entries])


def corpus_of(entries: Sequence[Indexed]) -> Corpus:
    return Corpus.over(texts_of(entries), LEXICON)


@contextmanager
def as_large_index(nearest: int) -> Iterator[None]:
    """Has entries measured as in an index with very many phrasings: only those of the nearest ones."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(features, "ALL", 0)
        patched.setattr(features, "NEAREST", 0)
        patched.setattr(candidates, "NEAREST", nearest)
        yield
