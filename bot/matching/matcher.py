"""Finds the entries that answer a message and decides what to say: answer, offer, admit not to know, or be social.

Works on ids and texts alone, so that any set of questions can be measured with the very code that members meet.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from rapidfuzz import fuzz, process

from bot.matching.answer import Kind
from bot.matching.compound import questions_of
from bot.matching.confidence import Confidence, shipped_confidence
from bot.matching.dialogue import Before, leans, points_back
from bot.matching.embedding import Embedder
from bot.matching.features import Measuring, feature_names
from bot.matching.index import Indexed
from bot.matching.lexicon import Lexicon
from bot.matching.mending import Mender
from bot.matching.normalise import plain, words_of
from bot.matching.passages import passages_of

#: The confidence of an exact question or phrasing. Not 1: even an exact phrasing may be meant otherwise.
EXACT = 0.99
#: Most confidence of anything else.
ALMOST = 0.98
#: How many entries a verdict may offer (interface: 2 to 5), and how many more it ranks for "Not this one".
OFFERED, RANKED = 5, 8
#: How much a follow-up's likeness counts when it is read together with the questions before it; the rest is its own.
TOGETHER = 0.5
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
        self._mender = Mender.over(self._texts(), embedder, lexicon) if embedder else None
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
            Ranked(self._entries[at].id, round(float(min(best[at], ALMOST)), 4), measuring.index.texts[phrasings[at]])
            for at in order
        ]
        return self._exact_first(text, ranked)[:limit]

    def judge(self, text: str, before: Before | None = None) -> Verdict:
        """The verdict on a message; `before` is what a follow-up may lean on."""
        if self._is_social(text):
            return Verdict(Kind.SOCIAL, (), 0, interject=False)
        whole = self._verdict(self.rank(text))
        if plain(text) in self._exact:
            return whole
        if before is not None and leans(text):
            return self._verdict(self._rank_after(before, text))
        parts = self._judge_parts(questions_of(text))
        if parts is None and before is not None and points_back(text) and whole.kind is not Kind.ANSWER:
            return self._verdict(self._rank_after(before, text))
        return parts or whole

    def _rank_after(self, before: Before, text: str) -> tuple[Ranked, ...]:
        """The likeliest entries for a follow-up: those that fit it both by itself and after the questions before."""
        alone = {one.id: one for one in self.rank(text, len(self._entries))}
        together = self.rank(f"{before.text} {text}", len(self._entries))
        joined = [
            replace(one, confidence=round(TOGETHER * one.confidence + (1 - TOGETHER) * alone[one.id].confidence, 4))
            for one in together
            if one.id in alone
        ]
        return tuple(sorted(joined, key=lambda one: -one.confidence)[:RANKED])

    def _judge_parts(self, parts: Sequence[str]) -> Verdict | None:
        """An answer to each part; None unless there are several, each is answered, and not all by one entry."""
        if len(parts) < 2:
            return None
        verdicts = [self._verdict(self.rank(parts[0]))]
        for part in parts[1:]:
            first = verdicts[-1].ranked[0] if verdicts[-1].ranked else None
            verdicts.append(self._verdict(self._rank_part(part, parts[0], first)))
        found = {verdict.ranked[0].id: verdict.ranked[0] for verdict in verdicts if verdict.kind is Kind.ANSWER}
        if any(verdict.kind is not Kind.ANSWER for verdict in verdicts) or len(found) < 2:
            return None
        others = {one.id: one for verdict in verdicts for one in verdict.ranked if one.id not in found}
        best = sorted(others.values(), key=lambda one: -one.confidence)[:RANKED]
        interject = all(verdict.interject for verdict in verdicts)
        return Verdict(Kind.ANSWER, (*found.values(), *best), len(found), interject)

    def _rank_part(self, part: str, opening: str, first: Ranked | None) -> tuple[Ranked, ...]:
        """The likeliest entries for a later question of a message, which may lean on the first."""
        if first is None or not (leans(part) or points_back(part)):
            return self.rank(part)
        ranked = self.rank(part)
        if ranked and ranked[0].confidence >= self._confidence.cutoffs.answer:
            return ranked
        return tuple(one for one in self._rank_after(Before(opening, first.id), part) if one.id != first.id)

    def _verdict(self, ranked: tuple[Ranked, ...]) -> Verdict:
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
