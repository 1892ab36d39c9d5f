"""Which leads of an entry a message names: what answers the level, the region or the step that it asks about."""

from dataclasses import dataclass
from functools import cached_property

from bot.knowledge.models import Entry
from bot.matching.matcher import Matcher
from bot.matching.normalise import plain, words_of
from bot.matching.phrases import phrase_stems, written_out


@dataclass(frozen=True)
class Naming:
    """A message, and what is named in it as the matcher reads it."""

    text: str
    matcher: Matcher

    def leads_of(self, entry: Entry) -> tuple[int, ...]:
        """The positions, from 0 and in order, of the entry's leads that the message names.

        A lead is named by a phrase whose words stand in the message one after the other, in whatever endings, as short
        forms, and with typos that the matcher forgives. A phrase that is only met within a longer one counts for
        nothing: "America" in "Latin America". The entry's own question names none, as the answer is the reply to it.
        """
        if not entry.leads or plain(self.text) == plain(entry.question):
            return ()
        found = [
            (start, start + len(phrase), lead)
            for lead, one in enumerate(entry.leads)
            for phrase in map(self._phrase, one.when)
            for start in self._places(phrase)
        ]
        longest = (
            lead
            for start, end, lead in found
            if not any(first <= start and end <= last and last - first > end - start for first, last, _ in found)
        )
        return tuple(sorted(set(longest)))

    @cached_property
    def _words(self) -> list[frozenset[str]]:
        """For each word the stems that it may stand for: several for a typo."""
        lexicon = self.matcher.lexicon
        stems = written_out(lexicon.stem_words(words_of(self.matcher.mended(self.text))), lexicon)
        # Where an encoder tells words of the language from others, all typos are mended by now.
        return [frozenset([stem]) if self.matcher.encoder else _meant(stem, self.matcher) for stem in stems]

    @cached_property
    def _stems(self) -> frozenset[str]:
        return frozenset().union(*self._words)

    def _phrase(self, text: str) -> tuple[str, ...]:
        return phrase_stems(text, self.matcher.lexicon)

    def _places(self, phrase: tuple[str, ...]) -> list[int]:
        # Most phrases have a word that the message has not.
        if not self._stems.issuperset(phrase):
            return []
        words = self._words
        starts = range(len(words) - len(phrase) + 1) if phrase else ()
        return [start for start in starts if all(stem in words[start + at] for at, stem in enumerate(phrase))]


def _meant(stem: str, matcher: Matcher) -> frozenset[str]:
    if matcher.measuring is None or matcher.lexicon.synonyms_of(stem):
        return frozenset([stem])
    # Of a stem without synonyms these are itself or, when nothing is known of it, what it may be a typo of.
    stems = matcher.measuring.space.index.stems
    return frozenset([stem, *(stems[number] for number in matcher.measuring.aligner.likenesses(stem))])
