"""Finds the entries that answer a message and decides what to say: answer, offer, admit not to know, or be social.

Works on ids and texts alone, so that any set of questions can be measured with the very code that members meet.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz, process

from bot.matching.answer import Kind
from bot.matching.confidence import Confidence, shipped_confidence
from bot.matching.embedding import Embedder
from bot.matching.features import Measuring, feature_names
from bot.matching.index import Indexed
from bot.matching.lexicon import Lexicon
from bot.matching.mending import Mender
from bot.matching.normalise import plain, words_of
from bot.matching.passages import passages_of

#: The confidence of an exact question or phrasing. Not 1: even an exact phrasing may be meant otherwise.
EXACT = 0.99
#: How many entries a verdict may offer (interface: 2 to 5), and how many more it ranks for "Not this one".
OFFERED, RANKED = 5, 8
#: An entry is offered beside the first from this share of the first's confidence on.
OFFERED_SHARE = 0.25


@dataclass(frozen=True, slots=True)
class Ranked:
    """An entry's id with the probability (0 to 1) that it is a right answer, and the phrasing that came nearest."""

    id: str
    confidence: float
    phrasing: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What to say: `shown` of the ranked entries, best first, belong to it; the rest came next."""

    kind: Kind
    ranked: tuple[Ranked, ...]
    shown: int
    interject: bool


class Matcher:
    """An index over entries that ranks and judges messages. Immutable; `entries` must have at least one text each.

    `out_of_scope`: messages that no entry answers; the more a message is like them, the lower its confidence.
    `embedder`: compares meanings too; without it words alone have to do.
    """

    def __init__(
        self,
        entries: Sequence[Indexed],
        lexicon: Lexicon,
        confidence: Confidence | None = None,
        *,
        out_of_scope: Sequence[str] = (),
        embedder: Embedder | None = None,
    ) -> None:
        self._entries = tuple(entries)
        self._lexicon = lexicon
        self._embedder = embedder
        self._measuring = Measuring(entries, lexicon, out_of_scope, embedder) if entries else None
        self._confidence = confidence or shipped_confidence(
            feature_names(meaning=embedder is not None, outside=bool(out_of_scope))
        )
        self._mender = Mender(self._texts(), embedder.encoder.is_word) if embedder else None
        self._exact: dict[str, tuple[int, str]] = {}
        for position, entry in enumerate(entries):
            for text in entry.texts:
                # The first entry keeps a wording that several have: a community's own stand before the base.
                self._exact.setdefault(plain(text), (position, text))

    def rank(self, text: str, limit: int = RANKED) -> tuple[Ranked, ...]:
        """The likeliest entries, best first, at most `limit`; an entry whose wording is met exactly is always first."""
        measuring = self._measuring
        if measuring is None or not words_of(text):
            return ()
        best = np.zeros(len(self._entries), dtype=np.float32)
        phrasings = np.zeros(len(self._entries), dtype=np.int32)
        passages = passages_of(self._mender.mend(text) if self._mender else text)
        vectors = self._embedder.questions([passage.text for passage in passages]) if self._embedder else None
        for at, passage in enumerate(passages):
            features = measuring.features(passage.text, None if vectors is None else vectors[at])
            confidence = self._confidence.of(features.rows) * passage.share
            phrasings = np.where(confidence > best, features.phrasings, phrasings)
            best = np.maximum(best, confidence)
        order = np.argsort(-best, kind="stable")[: limit + 1]
        ranked = [
            Ranked(self._entries[at].id, round(float(min(best[at], EXACT)), 4), measuring.index.texts[phrasings[at]])
            for at in order
        ]
        return self._exact_first(text, ranked)[:limit]

    def judge(self, text: str) -> Verdict:
        """The verdict on a message."""
        if self._is_social(text):
            return Verdict(Kind.SOCIAL, (), 0, interject=False)
        ranked = self.rank(text)
        cutoffs = self._confidence.cutoffs
        first = ranked[0].confidence if ranked else 0.0
        lead = first - (ranked[1].confidence if len(ranked) > 1 else 0.0)
        if first >= EXACT or (first >= cutoffs.answer and lead >= cutoffs.lead):
            return Verdict(Kind.ANSWER, ranked, 1, interject=first >= cutoffs.interject)
        if first >= cutoffs.offer and len(ranked) > 1:
            shown = sum(one.confidence >= first * OFFERED_SHARE for one in ranked[:OFFERED])
            return Verdict(Kind.SUGGESTIONS, ranked, max(2, shown), interject=False)
        return Verdict(Kind.NONE, ranked, 0, interject=False)

    def complete(self, typed: str, limit: int) -> tuple[str, ...]:
        """Ids of entries to offer for what is typed so far, best first: the last word may be unfinished."""
        if self._measuring is None or not words_of(typed):
            return ()
        beginnings = process.cdist(
            [plain(typed)], [plain(entry.texts[0]) for entry in self._entries], scorer=fuzz.partial_ratio
        )[0]
        scores = self._measuring.likeness(typed) + np.asarray(beginnings, dtype=np.float32) / 100
        return tuple(self._entries[at].id for at in np.argsort(-scores, kind="stable")[:limit])

    def _texts(self) -> Iterator[str]:
        return (text for entry in self._entries for text in entry.texts)

    def _exact_first(self, text: str, ranked: list[Ranked]) -> tuple[Ranked, ...]:
        found = self._exact.get(plain(text))
        if found is None:
            return tuple(ranked)
        entry_id = self._entries[found[0]].id
        return (Ranked(entry_id, EXACT, found[1]), *(one for one in ranked if one.id != entry_id))

    def _is_social(self, text: str) -> bool:
        words = plain(text)
        return words not in self._exact and self._lexicon.is_social(words)
