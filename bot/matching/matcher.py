"""Finds the entries that answer a message and decides what to say: answer, offer, admit not to know, or be social.

Works on ids and texts alone, so that any set of questions can be measured with the very code that members meet.
"""

import copy
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

from bot.matching.answer import Kind
from bot.matching.compound import questions_of
from bot.matching.confidence import Confidence, Cutoffs, shipped_confidence
from bot.matching.dialogue import Before, leans, points_back
from bot.matching.embedding import Embedder
from bot.matching.features import Measuring, feature_names
from bot.matching.followup import rows_of, shipped_followup
from bot.matching.index import Indexed
from bot.matching.lexicon import Lexicon
from bot.matching.lookalikes import LEFT, Lookalikes
from bot.matching.mending import Mender
from bot.matching.normalise import plain, words_of
from bot.matching.passages import passages_of
from bot.matching.rows import Floats
from bot.matching.space_cache import SpaceCache

#: The confidence of an exact question or phrasing. Not 1: even an exact phrasing may be meant otherwise.
EXACT = 0.99
#: Most confidence of anything else.
ALMOST = 0.98
#: How many entries a verdict may offer (interface: 2 to 5), and how many more it ranks for "Not this one".
OFFERED, RANKED = 5, 8
#: What part of the usual confidence is enough for one of several questions in a message.
PART = 0.6
#: A confidence that none reaches.
NEVER = 2.0
#: An entry is offered beside the first from this share of the first's confidence on.
OFFERED_SHARE = 0.25


@dataclass(frozen=True, slots=True)
class Ranked:
    """An entry's id with the probability (0 to 1) that it is a right answer, and the phrasing that came nearest.

    `passage`: what was read for it, the message or a part of it. `alone`: for a follow-up, which is read together with
    the question before it, the confidence by itself. `alike`: whether the message is only alike (see `lookalikes`), and
    the confidence low because of that. `agreed`: whether every kind of likeness puts it first, without which nobody is
    told unasked.
    """

    id: str
    confidence: float
    phrasing: str
    passage: str = ""
    alone: float | None = None
    alike: bool = False
    agreed: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """What to say: `shown` of the ranked entries, best first, belong to it; the rest came next.

    `parts`: where the message was cut into several questions, each with the verdict on it. `follows`: whether it was
    taken for a follow-up, for which other cut-offs hold.
    """

    kind: Kind
    ranked: tuple[Ranked, ...]
    shown: int
    interject: bool
    parts: tuple[tuple[str, "Verdict"], ...] = ()
    follows: bool = False


class Matcher:
    """An index over entries that ranks and judges messages. Immutable; `entries` must have at least one text each.

    `out_of_scope`: messages that no entry answers; the more a message is like them, the lower its confidence.
    `embedder`: compares meanings too; without it words alone have to do. `spaces`: what was built before.
    """

    def __init__(  # noqa: PLR0913 - all but the first two may be left out
        self,
        entries: Sequence[Indexed],
        lexicon: Lexicon,
        confidence: Confidence | None = None,
        *,
        out_of_scope: Sequence[str] = (),
        embedder: Embedder | None = None,
        spaces: SpaceCache | None = None,
    ) -> None:
        self._entries = tuple(entries)
        self._lexicon = lexicon
        self._embedder = embedder
        spaces = spaces or SpaceCache(None)
        space = spaces.space(entries, lexicon, out_of_scope, embedder) if entries else None
        self._measuring = Measuring(space, lexicon) if space else None
        self._confidence = confidence or shipped_confidence(
            feature_names(meaning=embedder is not None, outside=bool(out_of_scope))
        )
        self._mender = Mender.over(space.corpus, embedder, lexicon.words) if embedder and space else None
        self._followup = shipped_followup()
        self._by_id = {entry.id: entry for entry in entries}
        self._lookalikes = Lookalikes.over(entries, lexicon, embedder, self.mended)

    @property
    def texts(self) -> tuple[str, ...]:
        """All texts that messages are compared with, out-of-scope messages and lookalikes included."""
        lookalikes = (text for entry in self._entries for text in entry.lookalikes)
        return (*self._measuring.space.texts, *lookalikes) if self._measuring else ()

    @property
    def measuring(self) -> Measuring | None:
        """What measures messages against the entries; None when there are none."""
        return self._measuring

    @property
    def lexicon(self) -> Lexicon:
        """What words mean here."""
        return self._lexicon

    @property
    def cutoffs(self) -> Cutoffs:
        """From which confidence on there is which verdict."""
        return self._confidence.cutoffs

    @property
    def cutoffs_of_part(self) -> Cutoffs:
        """The same for each of several questions in a message."""
        return replace(self.cutoffs, answer=PART * self.cutoffs.answer)

    @property
    def cutoffs_after(self) -> Cutoffs:
        """The same for follow-ups, which are never answered unasked."""
        return Cutoffs(self._followup.answer, 0.0, self._followup.offer, NEVER)

    @property
    def encoder(self) -> str | None:
        """The name of the encoder that compares meanings; None where words alone decide."""
        return self._embedder.encoder.name if self._embedder else None

    @property
    def embedder(self) -> Embedder | None:
        """What compares meanings; None where words alone decide."""
        return self._embedder

    def comparing_by(self, embedder: Embedder) -> "Matcher":
        """The same matcher over the same index with another embedder, which must have the same encoder."""
        other = copy.copy(self)
        other._embedder = embedder  # noqa: SLF001 - our own
        return other

    def position(self, entry_id: str) -> int:
        """Where the entry stands among the entries."""
        return next(at for at, entry in enumerate(self._entries) if entry.id == entry_id)

    def mended(self, text: str) -> str:
        """The message as it is read: with typos mended, where an encoder tells words of the language from others."""
        return self._mender.mend(text) if self._mender else text

    def meanings(self, passages: Sequence[str]) -> Floats | None:
        """One row a passage; None without an encoder."""
        return self._embedder.questions(passages) if self._embedder else None

    def rank(self, text: str, limit: int = RANKED) -> tuple[Ranked, ...]:
        """The likeliest entries, best first, at most `limit`; an entry whose wording is met exactly is always first."""
        measuring = self._measuring
        if measuring is None or not words_of(text):
            return ()
        best = np.zeros(len(self._entries), dtype=np.float32)
        phrasings = np.zeros(len(self._entries), dtype=np.int32)
        read = np.zeros(len(self._entries), dtype=np.int32)
        alike, agreed = np.zeros((2, len(self._entries)), dtype=bool)
        passages = passages_of(self.mended(text))
        vectors = self.meanings([passage.text for passage in passages])
        for at, passage in enumerate(passages):
            vector = None if vectors is None else vectors[at]
            features = measuring.features(passage.text, vector)
            only_alike = self._lookalikes.among(features.entries, passage.text, vector)
            confidence = self._confidence.of(features.rows) * passage.share * np.where(only_alike, LEFT, 1)
            better = confidence > best[features.entries]
            phrasings[features.entries[better]] = features.phrasings[better]
            best[features.entries[better]] = confidence[better]
            read[features.entries[better]] = at
            alike[features.entries[better]] = only_alike[better]
            agreed[features.entries[better]] = features.agreed[better]
        touched = np.flatnonzero(best)
        order = touched[np.argsort(-best[touched], kind="stable")][: limit + 1]
        ranked = [
            Ranked(
                self._entries[at].id,
                float(min(best[at], ALMOST)),
                measuring.space.texts[phrasings[at]],
                passages[read[at]].text,
                alike=bool(alike[at]),
                agreed=bool(agreed[at]),
            )
            for at in order
        ]
        return self._exact_first(text, ranked)[:limit]

    def judge(self, text: str, before: Before | None = None) -> Verdict:
        """The verdict on a message; `before` is what a follow-up may lean on."""
        if self._is_social(text):
            return Verdict(Kind.SOCIAL, (), 0, interject=False)
        # Only a follow-up needs to know of more entries than are told.
        alone = self.rank(text) if before is None else self._ranking(text)
        whole = self._verdict(alone[:RANKED])
        if whole.ranked and whole.ranked[0].confidence >= EXACT:
            return whole
        if before is not None and leans(text):
            return self._verdict_after(before, text, alone)
        parts = self._judge_parts(questions_of(text))
        if parts is None and before is not None and self._may_follow(text, whole.kind):
            return self._verdict_after(before, text, alone)
        return parts or whole

    def follows(self, before: Before, text: str) -> bool:
        """Whether the message, unless it is social or exact, is taken for one that leans on what was before."""
        return before.entry_id in self._by_id and (
            leans(text) or self._may_follow(text, self._verdict(self.rank(text)).kind)
        )

    def rows_after(self, before: Before, text: str) -> npt.NDArray[np.float64]:
        """What is known of each entry as the answer to a follow-up; see `bot.matching.followup`."""
        return self._known(self._entries, before, self._ranking(text), self._ranking(f"{before.text} {text}"))

    @staticmethod
    def _may_follow(text: str, alone: Kind) -> bool:
        # A complete question that nothing answers is no follow-up: "how do I become a pilot?" stays unanswered.
        return alone is not Kind.ANSWER and points_back(text)

    def _ranking(self, text: str) -> tuple[Ranked, ...]:
        """All entries that come into question, best first."""
        return self.rank(text, len(self._entries))

    def _known(
        self, entries: Sequence[Indexed], before: Before, alone: Sequence[Ranked], together: Sequence[Ranked]
    ) -> npt.NDArray[np.float64]:
        return rows_of(entries, _confidences(alone), _confidences(together), self._by_id[before.entry_id])

    def _rank_after(self, before: Before, text: str, alone: tuple[Ranked, ...]) -> tuple[Ranked, ...]:
        """The likeliest entries for a follow-up, which by itself is ranked like `alone`."""
        if before.entry_id not in self._by_id:
            return alone[:RANKED]
        together = self._ranking(f"{before.text} {text}")
        by_itself = {one.id: one for one in alone}
        found = {**by_itself, **{one.id: one for one in together}}
        rows = self._known([self._by_id[entry_id] for entry_id in found], before, alone, together)
        sure = self._followup.confidences(rows, text)
        joined = [_joined(one, by_itself.get(one.id), float(sure[at])) for at, one in enumerate(found.values())]
        return tuple(sorted(joined, key=lambda one: -one.confidence)[:RANKED])

    def _verdict_after(self, before: Before, text: str, alone: tuple[Ranked, ...]) -> Verdict:
        return replace(self._verdict(self._rank_after(before, text, alone), self.cutoffs_after), follows=True)

    def _judge_parts(self, parts: Sequence[str]) -> Verdict | None:
        """An answer to each part; None unless there are several, each is answered, and not all by one entry.

        Where one part is surely in scope, the others are likely to be too, so less is asked of each by itself.
        """
        if len(parts) < 2:
            return None
        verdicts = [self._verdict(self.rank(parts[0]), self.cutoffs_of_part)]
        for part in parts[1:]:
            first = verdicts[-1].ranked[0] if verdicts[-1].ranked else None
            verdicts.append(self._verdict(self._rank_part(part, parts[0], first), self.cutoffs_of_part))
        found = {verdict.ranked[0].id: verdict.ranked[0] for verdict in verdicts if verdict.kind is Kind.ANSWER}
        if any(verdict.kind is not Kind.ANSWER for verdict in verdicts) or len(found) < 2:
            return None
        if max(one.confidence for one in found.values()) < self.cutoffs.answer:
            return None
        others = {one.id: one for verdict in verdicts for one in verdict.ranked if one.id not in found}
        best = sorted(others.values(), key=lambda one: -one.confidence)[:RANKED]
        interject = all(verdict.interject for verdict in verdicts)
        answered = tuple(zip(parts, verdicts, strict=True))
        return Verdict(Kind.ANSWER, (*found.values(), *best), len(found), interject, answered)

    def _rank_part(self, part: str, opening: str, first: Ranked | None) -> tuple[Ranked, ...]:
        """The likeliest entries for a later question of a message, which may lean on the first."""
        alone = self._ranking(part)
        if first is None or (alone and alone[0].confidence >= self.cutoffs.answer):
            return alone[:RANKED]
        after = tuple(one for one in self._rank_after(Before(opening, first.id), part, alone) if one.id != first.id)
        return after if leans(part) or points_back(part) else max(alone[:RANKED], after, key=_sureness)

    def _verdict(self, ranked: tuple[Ranked, ...], cutoffs: Cutoffs | None = None) -> Verdict:
        cutoffs = cutoffs or self._confidence.cutoffs
        first = ranked[0].confidence if ranked else 0.0
        if first >= EXACT or (first >= cutoffs.answer and lead_of(ranked) >= cutoffs.lead):
            return Verdict(Kind.ANSWER, ranked, 1, interject=first >= cutoffs.interject and ranked[0].agreed)
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

    def _exact_first(self, text: str, ranked: list[Ranked]) -> tuple[Ranked, ...]:
        position = self._measuring.exact(text) if self._measuring else None
        if self._measuring is None or position is None:
            return tuple(ranked)
        space = self._measuring.space
        # The first entry keeps a wording that several have: a community's own stand before the base.
        entry_id = self._entries[space.index.owners[position]].id
        exact = Ranked(entry_id, EXACT, space.texts[position], text, agreed=True)
        return (exact, *(one for one in ranked if one.id != entry_id))

    def _is_social(self, text: str) -> bool:
        known = self._measuring is not None and self._measuring.exact(text) is not None
        return not known and self._lexicon.is_social(plain(text))


def lead_of(ranked: Sequence[Ranked]) -> float:
    """How far the first is ahead of the next; its confidence where there is no next, and 0 where there is none."""
    first = ranked[0].confidence if ranked else 0.0
    return first - (ranked[1].confidence if len(ranked) > 1 else 0.0)


def _sureness(ranked: Sequence[Ranked]) -> float:
    return ranked[0].confidence if ranked else 0.0


def _confidences(ranked: Sequence[Ranked]) -> dict[str, float]:
    return {one.id: one.confidence for one in ranked}


def _joined(one: Ranked, alone: Ranked | None, sure: float) -> Ranked:
    """An entry for a follow-up; what is only alike by itself stays so after any question."""
    alike = one.alike or (alone is not None and alone.alike)
    confidence = min(sure * (LEFT if alike else 1), ALMOST)
    return replace(one, confidence=confidence, alone=alone.confidence if alone else 0.0, alike=alike)
