"""What words mean for matching: their stems, their synonyms and short forms, and which carry no topic.

Not here: how much a word weighs in one set of entries (`index`).
"""

from collections.abc import Iterable, Iterator, Sequence

import Stemmer

from bot.knowledge.models import WordsFile
from bot.matching.normalise import words_of

#: Stems that, right before an occupation, say that somebody has or had it.
_HAVING = frozenset("am was been as former ex retir quit leav".split())
#: Stems that may stand between.
_BETWEEN = frozenset("a an the my current full part time licens regist still work".split())
#: Stems that make "is a …" and "from …" say so too.
_KIN = frozenset("husband wife partner mom dad mother father sister brother friend".split())
_LEAVING = frozenset("move switch come came transit leav over away chang".split())


class Lexicon:
    """The words of `words.yaml`, ready for matching. A stem stands for all endings of a word."""

    def __init__(self, words: WordsFile) -> None:
        # One stemmer a lexicon: it caches words, and Snowball's objects must not be shared between threads at work.
        self._stemmer = Stemmer.Stemmer("english", maxCacheSize=20_000)
        #: Names all words of `words.yaml` in short.
        self.signature = words.model_dump_json().encode()
        #: Every word that stands anywhere in `words.yaml`.
        self.words = frozenset(_all_words(words))
        self.fillers = frozenset(self._stems(words.fillers))
        self.protected = frozenset(self._stems([*words.protected, *words.short_forms]))
        self._social = frozenset(" ".join(words_of(text)) for text in words.social)
        self._social_words = frozenset(phrase for phrase in self._social if " " not in phrase)
        self._synonyms = self._groups(words.synonyms)
        self._added = self._short_forms(words)
        self._trades = {tuple(self._stems([trade])) for trade in words.trades}
        self.trade_openings = frozenset(trade[0] for trade in self._trades if trade)
        self._longest_trade = max(map(len, self._trades), default=0)
        self.openings = frozenset(phrase[0] for phrase in self._added if phrase)
        self._longest = max((len(phrase) for phrase in self._added), default=1)

    def stems(self, text: str) -> list[str]:
        """The stems of the text's words in order, short forms joined by what they stand for and the other way round."""
        return self.with_short_forms(self.stem_words(words_of(text)))

    def stem_words(self, words: list[str]) -> list[str]:
        """The stem of each word, in order."""
        stems: list[str] = self._stemmer.stemWords(words)
        return stems

    def with_short_forms(self, stems: Sequence[str]) -> list[str]:
        """The stems with those added that a short or long form among them stands for (`mls`: master of …)."""
        found = list(stems)
        if self.openings.isdisjoint(stems):
            return found
        for start, stem in enumerate(stems):
            if stem not in self.openings:
                continue
            for length in range(1, min(self._longest, len(stems) - start) + 1):
                found.extend(self._added.get(tuple(stems[start : start + length]), ()))
        return found

    def trades_in(self, stems: Sequence[str]) -> set[tuple[str, ...]]:
        """The occupations that the stems name, as stems; not one that somebody says they have ("I am a nurse")."""
        found: set[tuple[str, ...]] = set()
        if self.trade_openings.isdisjoint(stems):
            return found
        for start, stem in enumerate(stems):
            if stem not in self.trade_openings:
                continue
            for length in range(1, self._longest_trade + 1):
                trade = tuple(stems[start : start + length])
                if trade in self._trades and not _is_had(stems[:start]):
                    found.add(trade)
        return found

    def synonyms_of(self, stem: str) -> frozenset[str]:
        """Stems that mean the same, without the stem itself."""
        return self._synonyms.get(stem, frozenset())

    def is_social(self, words: str) -> bool:
        """Whether a message in plain words wants no knowledge: a social phrase, or social words and fillers only."""
        if not words or words in self._social:
            return bool(words)
        parts = words.split()
        known = [
            part in self._social_words or stem in self.fillers
            for part, stem in zip(parts, self.stem_words(parts), strict=True)
        ]
        return all(known) and any(part in self._social_words for part in parts)

    def _stems(self, texts: Iterable[str]) -> list[str]:
        return [stem for text in texts for stem in self._stemmer.stemWords(words_of(text))]

    def _groups(self, groups: Iterable[Sequence[str]]) -> dict[str, frozenset[str]]:
        found: dict[str, frozenset[str]] = {}
        for group in groups:
            stems = frozenset(stem for text in group if len(stem_of := self._stems([text])) == 1 for stem in stem_of)
            for stem in stems:
                found[stem] = found.get(stem, frozenset()) | (stems - {stem})
        return found

    def _short_forms(self, words: WordsFile) -> dict[tuple[str, ...], tuple[str, ...]]:
        """Phrase of stems to the stems it adds: a short form adds its long one; phrases of a group its first word."""
        added: dict[tuple[str, ...], tuple[str, ...]] = {}
        for short, long in words.short_forms.items():
            short_stems, long_stems = tuple(self._stems([short])), tuple(self._stems([long]))
            added[short_stems] = long_stems
            if len(long_stems) > 1:
                added.setdefault(long_stems, short_stems)
        for group in words.synonyms:
            head = tuple(self._stems(group[:1]))
            for phrase in group[1:]:
                stems = tuple(self._stems([phrase]))
                if len(stems) > 1:
                    added.setdefault(stems, head)
        return added


def _all_words(words: WordsFile) -> Iterator[str]:
    lists = (
        *words.synonyms,
        words.short_forms,
        words.short_forms.values(),
        words.protected,
        words.fillers,
        words.trades,
    )
    return (word for texts in lists for text in texts for word in words_of(text))


def _is_had(stems: Sequence[str]) -> bool:
    """Whether what stands before an occupation says that somebody has it: "I was a licensed …", "my wife is a …"."""
    left = [stem for stem in stems[-6:] if stem not in _BETWEEN]
    before = left[-1] if left else ""
    return (
        before in _HAVING
        or (before == "is" and not _KIN.isdisjoint(left))
        or (before == "from" and not _LEAVING.isdisjoint(left))
    )
