"""Reads words that nobody knows as the words they were most likely meant to be, by what stands around them.

The sentence encoder needs it most: a word with one wrong letter falls into pieces that mean something else. This is a
noisy channel (Kernighan, Church and Gale, 1990): of all readings of a message the likeliest is taken. A word is the
likelier the more often the phrasings and the language have it, alone and after the word before; each slip of the
fingers makes a reading less likely. Costs are negative logarithms of probabilities. The numbers were chosen by how many
words of the fitting questions (`benchmarks/questions`), with a typo for each eight characters, are read as they were
meant, and how many of the same without typos are changed.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.matching.corpus import Corpus
from bot.matching.embedding import Embedder
from bot.matching.language import english
from bot.matching.likely import Likely

# Whole words of plain letters; one with an accent, a digit or an apostrophe in it is no typo of a plain one.
_WORD = re.compile(r"(?<![\w'\u2019])[A-Za-z]+(?![\w'\u2019])")
#: From how many letters on one slip, two, and three are looked for.
LETTERS = (2, 5, 9)
#: What each slip costs, and what it costs more in a word so short that it is rather an abbreviation.
SLIP, SHORT, DEARER = 5.5, 3, 2.0
#: What it costs that a word begins otherwise than it was typed: few people slip there, but by swapping two letters.
BEGINNING = 1.5
#: Most letters of a word in capitals that is taken for an abbreviation, unless the whole message is in capitals.
CAPITALS = 5
#: Shortest half with a slip in it of two words typed as one.
HALF = 3
#: How many words are tried for one, and for a half of one, and how many readings are followed from word to word.
TRIED, TRIED_HALVES, FOLLOWED = 6, 2, 12


@dataclass(frozen=True, slots=True)
class _Option:
    """One way to read one or two words as typed: what is shown for each (None: it belongs to the one before), the words
    that it stands for, and what the slips cost.
    """

    shown: tuple[str | None, ...]
    words: tuple[str, ...]
    cost: float = 0.0


@dataclass(frozen=True, slots=True)
class _Reading:
    """How a message is read so far: what it costs, its last word, and what is shown for each word as typed."""

    cost: float = 0.0
    last: str = ""
    shown: tuple[str | None, ...] = ()


@dataclass(frozen=True, slots=True)
class _Typed:
    """A word as typed; `joins`: only a space stands between it and the word before; `short`: an abbreviation."""

    text: str
    joins: bool
    short: bool

    @property
    def small(self) -> str:
        return self.text.lower()


class Mender:
    """Mends messages; what the phrasings or the language know is left alone."""

    def __init__(self, likely: Likely, kept: Iterable[str] = ()) -> None:
        """`kept`: words that are left alone besides."""
        self._likely = likely
        self._kept = frozenset(kept)

    @classmethod
    def over(cls, corpus: Corpus, embedder: Embedder, kept: Iterable[str]) -> "Mender":
        """A mender that knows the words of the phrasings, those that the encoder knows, and English."""
        return cls(Likely(corpus, english, embedder.encoder.is_word), kept)

    def mend(self, text: str) -> str:
        """The text as it was most likely meant: an unknown word is read as a known one within a slip, two or three by
        its length, as two that were typed as one, or, with a word beside it, as having the space in the wrong place.

        All else stays as it stands.
        """
        found = list(_WORD.finditer(text))
        shouted = text.isupper()
        typed = [
            _Typed(
                one[0],
                joins=bool(at) and text[found[at - 1].end() : one.start()] == " ",
                short=one[0].isupper() and len(one[0]) <= CAPITALS and not shouted,
            )
            for at, one in enumerate(found)
        ]
        if all(self._is_known(one.small) for one in typed):
            return text
        parts, end = [], 0
        for one, shown in zip(found, self._read(typed), strict=True):
            # What belongs to the word before takes the space between along.
            parts += [] if shown is None else [text[end : one.start()], shown]
            end = one.end()
        return "".join([*parts, text[end:]])

    def _is_known(self, word: str) -> bool:
        return word in self._kept or self._likely.is_meant(word)

    def _read(self, typed: Sequence[_Typed]) -> tuple[str | None, ...]:
        """What is shown for each word, in the reading that costs least."""
        readings: list[list[_Reading]] = [[_Reading()], *([] for _ in typed)]
        for at, one in enumerate(typed):
            cheapest = sorted(readings[at], key=lambda reading: reading.cost)[:FOLLOWED]
            known = self._is_known(one.small)
            options = [_Option((one.text,), (one.small,)), *(() if known else self._alone(one))]
            after = typed[at + 1] if at + 1 < len(typed) else None
            if after is not None and after.joins and not (known and self._is_known(after.small)):
                options += self._together(one.small, after.small)
            for option in options:
                readings[at + len(option.shown)] += [self._gone_on(reading, option) for reading in cheapest]
        return min(readings[-1], key=lambda reading: reading.cost).shown

    def _gone_on(self, reading: _Reading, option: _Option) -> _Reading:
        cost, last = reading.cost + option.cost, reading.last
        for word in option.words:
            cost += self._likely.cost(word, last)
            last = word
        return _Reading(cost, last, (*reading.shown, *option.shown))

    def _alone(self, typed: _Typed) -> Iterator[_Option]:
        """Other readings of one word."""
        word = typed.small
        if typed.short:
            return
        dearer = DEARER if len(word) <= SHORT else 0.0
        for near, cost in self._near(word)[:TRIED]:
            yield _Option((near,), (near,), cost + dearer)
        for at in range(1, len(word)):
            for halves, cost in self._parted(word[:at], word[at:]):
                yield _Option((" ".join(halves),), halves, cost)

    def _together(self, first: str, second: str) -> Iterator[_Option]:
        """Readings of two words of which one is unknown: the space is too much, or one letter off."""
        joined = first + second
        if self._likely.is_target(joined):
            yield _Option((joined, None), (joined,), SLIP)
        for at in {len(first) - 1, len(first) + 1} - {0, len(joined)}:
            for halves, cost in self._parted(joined[:at], joined[at:]):
                yield _Option((" ".join(halves), None), halves, cost)

    def _parted(self, first: str, second: str) -> Iterator[tuple[tuple[str, str], float]]:
        """Two words with the space put between them here, of which one may have a slip besides; and the cost."""
        known = self._likely.is_target(first), self._likely.is_target(second)
        if all(known):
            yield (first, second), SLIP
        elif known[0] and len(second) >= HALF:
            yield from (((first, near), SLIP + cost) for near, cost in self._near(second, 1)[:TRIED_HALVES])
        elif known[1] and len(first) >= HALF:
            yield from (((near, second), SLIP + cost) for near, cost in self._near(first, 1)[:TRIED_HALVES])

    def _near(self, word: str, most: int = len(LETTERS)) -> list[tuple[str, float]]:
        """The words that it may be a typo of, the likeliest first, with what the slips cost; at most so many slips."""
        slips = min(sum(len(word) >= letters for letters in LETTERS), most)
        found = [(near, SLIP * edits + _unlike(word, near)) for near, edits in self._likely.near(word, slips) if edits]
        return sorted(found, key=lambda one: (one[1] + self._likely.cost(one[0]), one[0]))


def _unlike(typed: str, meant: str) -> float:
    alike = typed[0] == meant[0] or set(typed[:2]) == set(meant[:2])
    return 0.0 if alike else BEGINNING
