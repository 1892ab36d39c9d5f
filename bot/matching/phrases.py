"""Phrases that name a part of an answer ("part time", "the middle east"), as they are compared with a message."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from bot.matching.lexicon import Lexicon
from bot.matching.normalise import words_of


# The phrases of a guide are compared with each message.
@lru_cache(maxsize=5_000)
def phrase_stems(phrase: str, lexicon: Lexicon) -> tuple[str, ...]:
    """A phrase as it is compared; two phrases with the same stems are the same."""
    return tuple(written_out(lexicon.stem_words(words_of(phrase)), lexicon))


def written_out(stems: Iterable[str], lexicon: Lexicon) -> list[str]:
    """The stems with what a short form stands for in its place; not for words without a topic, such as "us"."""
    found: list[str] = []
    for stem in stems:
        long = [] if stem in lexicon.fillers else lexicon.with_short_forms([stem])[1:]
        found += long or [stem]
    return found


def named_in(text: str, phrases: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether any of the phrases stands in the text, its words one after the other, in whatever endings."""
    # A member's words are not kept: only phrases of the guide are remembered by `phrase_stems`.
    stems = tuple(written_out(lexicon.stem_words(words_of(text)), lexicon))
    known = frozenset(stems)
    return any(_stands_in(phrase_stems(phrase, lexicon), stems, known) for phrase in phrases)


def _stands_in(phrase: tuple[str, ...], stems: tuple[str, ...], known: frozenset[str]) -> bool:
    if not phrase or not known.issuperset(phrase):
        return False
    starts = range(len(stems) - len(phrase) + 1)
    return any(stems[start : start + len(phrase)] == phrase for start in starts)
