"""Finds the entries that answer a message and decides what to say: answer, offer, admit not to know, or be social.

Works on ids and texts alone, so that any set of questions can be measured with the very code that members meet.
"""

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

from bot.matching.answer import Kind
from bot.matching.asking import asks
from bot.matching.candidates import likeliest
from bot.matching.compound import asks_something, questions_of, things_of
from bot.matching.confidence import Confidence, Cutoffs, shipped_confidence
from bot.matching.dialogue import Before, is_long, leans, opens_as_one_more, points_back
from bot.matching.embedding import Embedder
from bot.matching.features import Measuring, feature_names
from bot.matching.followup import Readings, rows_of, shipped_followup
from bot.matching.index import Indexed
from bot.matching.lexicon import Lexicon
from bot.matching.lookalikes import LEFT, Lookalikes
from bot.matching.mending import Mender
from bot.matching.normalise import plain, words_of
from bot.matching.passages import passages_of
from bot.matching.phrases import named_in
from bot.matching.reading import Reader
from bot.matching.rows import Floats
from bot.matching.social import Social
from bot.matching.space_cache import SpaceCache

#: The confidence of an exact question or phrasing. Not 1: even an exact phrasing may be meant otherwise.
EXACT = 0.99
#: Most confidence of anything else.
ALMOST = 0.98
#: How many entries a verdict may offer (interface: 2 to 5), and how many more it ranks for "Not this one".
OFFERED, RANKED = 5, 8
#: What part of the usual confidence is enough for the first of several questions in a message, and for a later one; and
#: how sure one must be of a thing that is only named, as many a list belongs to one question.
PART, LATER, NAMED = 0.6, 0.25, 0.75
#: From what part of the usual confidence on the entries offered for a complete question leave open which is meant, so
#: that the question before may tell.
OPEN = 0.5
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
    `embedder`: compares meanings too; without it words alone have to do. `spaces`: what was built before. `leads`: by
    the id of an entry, phrases that name a part of its answer.
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
        leads: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        self._entries = tuple(entries)
        self._lexicon = lexicon
        self._embedder = embedder
        spaces = spaces or SpaceCache(None)
        space = spaces.space(entries, lexicon, out_of_scope, embedder) if entries else None
        self._confidence = confidence or shipped_confidence(
            feature_names(meaning=embedder is not None, outside=bool(out_of_scope))
        )
        self._mender = Mender.over(space.corpus, embedder, lexicon.words) if embedder and space else None
        self._followup = shipped_followup()
        self._by_id = {entry.id: entry for entry in entries}
        self._leads = leads or {}
        self._social = Social(entries, lexicon)
        lookalikes = Lookalikes.over(entries, lexicon, embedder, self.mended)
        self._reader = Reader(Measuring(space, lexicon), lookalikes, embedder) if space else None

    @property
    def texts(self) -> tuple[str, ...]:
        """All texts that messages are compared with: out-of-scope messages, lookalikes and answers included."""
        if self.measuring is None:
            return ()
        lookalikes = (text for entry in self._entries for text in entry.lookalikes)
        return (*self.measuring.space.texts, *lookalikes, *self.measuring.space.answers.sentences)

    @property
    def measuring(self) -> Measuring | None:
        """What measures messages against the entries; None when there are none."""
        return self._reader.measuring if self._reader else None

    @property
    def lexicon(self) -> Lexicon:
        """What words mean here."""
        return self._lexicon

    @property
    def cutoffs(self) -> Cutoffs:
        """From which confidence on there is which verdict."""
        return self._confidence.cutoffs

    def cutoffs_of_part(self, part: str, at: int) -> Cutoffs:
        """The same for one of several parts of a message, by its place from 0."""
        if not asks_something(part):
            return replace(self.cutoffs, answer=NAMED)
        return replace(self.cutoffs, answer=(LATER if at else PART) * self.cutoffs.answer, lead=0.0)

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
        reader = self._reader and replace(self._reader, embedder=embedder)
        other._embedder, other._reader = embedder, reader  # noqa: SLF001 - our own
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
        reader = self._reader
        if reader is None or not words_of(text):
            return ()
        best = np.zeros(len(self._entries), dtype=np.float32)
        phrasings, read = np.zeros((2, len(self._entries)), dtype=np.int32)
        alike, agreed = np.zeros((2, len(self._entries)), dtype=bool)
        passages = passages_of(self.mended(text))
        for at, one in enumerate(reader.read([passage.text for passage in passages])):
            features = one.features
            confidence = self._confidence.of(features.rows) * passages[at].share * np.where(one.alike, LEFT, 1)
            better = confidence > best[features.entries]
            phrasings[features.entries[better]] = features.phrasings[better]
            best[features.entries[better]] = confidence[better]
            read[features.entries[better]] = at
            alike[features.entries[better]] = one.alike[better]
            agreed[features.entries[better]] = features.agreed[better]
        order = likeliest(best, limit + 1)
        ranked = [
            Ranked(
                self._entries[at].id,
                float(min(best[at], ALMOST)),
                reader.measuring.space.texts[phrasings[at]],
                passages[read[at]].text,
                alike=bool(alike[at]),
                agreed=bool(agreed[at]),
            )
            for at in order
        ]
        return self._exact_first(text, ranked)[:limit]

    def judge(self, text: str, before: Before | None = None) -> Verdict:
        """The verdict on a message; `before` is what a follow-up may lean on."""
        judging = copy.copy(self)
        judging._reader = self._reader and self._reader.remembering()  # noqa: SLF001 - our own
        return judging._judge(text, before)  # noqa: SLF001 - our own

    def _judge(self, text: str, before: Before | None) -> Verdict:
        if self._is_social(text):
            return Verdict(Kind.SOCIAL, (), 0, interject=False)
        # Only a follow-up needs to know of more entries than are told.
        alone = self.rank(text) if before is None else self._ranking(text)
        whole = self._verdict(alone[:RANKED])
        if whole.ranked and whole.ranked[0].confidence >= EXACT:
            return whole
        may_follow = before is not None and self._may_follow(text, whole)
        if before is not None and may_follow and leans(text):
            return self._verdict_after(before, text, alone, whole)
        parts = self._judge_parts(text, whole)
        if parts is None and before is not None and may_follow:
            return self._verdict_after(before, text, alone, whole)
        return parts or whole

    def follows(self, before: Before, text: str) -> bool:
        """Whether the message is taken for one that leans on what was before."""
        whole = self._verdict(self.rank(text))
        plain = not self._is_social(text) and _sureness(whole.ranked) < EXACT
        return plain and before.entry_id in self._by_id and self._may_follow(text, whole)

    def rows_after(self, before: Before, text: str) -> npt.NDArray[np.float64]:
        """What is known of each entry as the answer to a follow-up; see `bot.matching.followup`."""
        readings = self._readings(text, self._ranking(text), self._ranking(f"{before.text} {text}"))
        return rows_of(self._entries, readings, self._by_id[before.entry_id])

    def _may_follow(self, text: str, alone: Verdict) -> bool:
        # A complete question that nothing answers is no follow-up: "how do I become a pilot?" stays unanswered.
        if self._lexicon.trades_in(self._lexicon.stem_words(words_of(text))):
            return False
        if _has_cue(text):
            return alone.kind is not Kind.ANSWER or not is_long(text)
        open_between = alone.kind is Kind.SUGGESTIONS and _sureness(alone.ranked) >= OPEN * self.cutoffs.answer
        return open_between and asks(text)

    def _ranking(self, text: str) -> tuple[Ranked, ...]:
        """All entries that come into question, best first."""
        return self.rank(text, len(self._entries))

    def _readings(self, text: str, alone: Sequence[Ranked], together: Sequence[Ranked]) -> Readings:
        mended = self.mended(text)
        named = [entry for entry, phrases in self._leads.items() if named_in(mended, phrases, self._lexicon)]
        sure, sure_together = ({one.id: one.confidence for one in ranked} for ranked in (alone, together))
        return Readings(sure, sure_together, opens_as_one_more(text), named)

    def _rank_after(self, before: Before, text: str, alone: tuple[Ranked, ...]) -> tuple[Ranked, ...]:
        """The likeliest entries for a follow-up, which by itself is ranked like `alone`."""
        if before.entry_id not in self._by_id:
            return alone[:RANKED]
        together = self._ranking(f"{before.text} {text}")
        by_itself = {one.id: one for one in alone}
        found = {**by_itself, **{one.id: one for one in together}}
        readings = self._readings(text, alone, together)
        rows = rows_of([self._by_id[entry_id] for entry_id in found], readings, self._by_id[before.entry_id])
        sure = self._followup.confidences(rows)
        joined = [_joined(one, by_itself.get(one.id), float(sure[at])) for at, one in enumerate(found.values())]
        return tuple(sorted(joined, key=lambda one: -one.confidence)[:RANKED])

    def _verdict_after(self, before: Before, text: str, alone: tuple[Ranked, ...], whole: Verdict) -> Verdict:
        ranked = self._rank_after(before, text, alone)
        if not _has_cue(text):
            # Nothing is left out: what was asked before only tells which of those offered is meant.
            offered = {one.id for one in whole.ranked[: whole.shown]}
            ranked = tuple(sorted(ranked, key=lambda one: one.id not in offered))
        return replace(self._verdict(ranked, self.cutoffs_after), follows=True)

    def _judge_parts(self, text: str, whole: Verdict) -> Verdict | None:
        """An answer to each part; None unless there are several, each is answered, and not all by one entry."""
        return self._judge_cut(things_of(text), whole) or self._judge_cut(questions_of(text), whole)

    def _judge_cut(self, parts: Sequence[str], whole: Verdict) -> Verdict | None:
        """The same for one way to cut the message.

        Where one part is surely in scope, the others are likely to be too, so less is asked of each by itself.
        """
        if len(parts) < 2:
            return None
        verdicts = [self._verdict(self.rank(parts[0]), self.cutoffs_of_part(parts[0], 0))]
        for at, part in enumerate(parts[1:], 1):
            if verdicts[-1].kind is not Kind.ANSWER:
                return None
            first = verdicts[-1].ranked[0]
            verdicts.append(self._verdict(self._rank_part(part, parts[0], first), self.cutoffs_of_part(part, at)))
        if verdicts[-1].kind is not Kind.ANSWER:
            return None
        found = {verdict.ranked[0].id: verdict.ranked[0] for verdict in verdicts}
        if max(one.confidence for one in found.values()) < self.cutoffs.answer:
            return None
        if len(found) < 2 or self._one_answers_all(verdicts, whole):
            # One entry answers all: the message is whole, and its parts tell more surely than all its words at once.
            return None if whole.kind is Kind.ANSWER else replace(verdicts[0], interject=False)
        others = {one.id: one for verdict in verdicts for one in verdict.ranked if one.id not in found}
        best = sorted(others.values(), key=lambda one: -one.confidence)[:RANKED]
        interject = all(verdict.interject for verdict in verdicts)
        answered = tuple(zip(parts, verdicts, strict=True))
        return Verdict(Kind.ANSWER, (*found.values(), *best), len(found), interject, answered)

    def _one_answers_all(self, verdicts: Sequence[Verdict], whole: Verdict) -> bool:
        sure = ({one.id for one in verdict.ranked if one.confidence >= self.cutoffs.answer} for verdict in verdicts)
        if frozenset.intersection(*map(frozenset, sure)):
            return True
        # A later part that is found only just tells nothing new when it is what the message as a whole is about.
        weak = {one.ranked[0].id for one in verdicts if _sureness(one.ranked) < PART * self.cutoffs.answer}
        return whole.kind is Kind.ANSWER and whole.ranked[0].id in weak

    def _rank_part(self, part: str, opening: str, first: Ranked) -> tuple[Ranked, ...]:
        """The likeliest entries for a later question of a message, which may lean on the first."""
        alone = self._ranking(part)
        sure = _sureness(alone) >= self.cutoffs.answer
        if is_long(part) or (sure and not _has_cue(part)):
            return alone[:RANKED]
        after = self._rank_after(Before(opening, first.id), part, alone)
        others = tuple(one for one in after if one.id != first.id)
        if not _has_cue(part):
            return max(alone[:RANKED], others, key=_sureness)
        elsewhere = max((one.confidence for one in alone if one.id != first.id), default=0.0)
        # "and what do they do?": what the first answers too is no question of its own, unless another entry is near.
        return after if elsewhere < LATER * self.cutoffs.answer else others

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
        if self.measuring is None or not words_of(typed):
            return ()
        beginnings = process.cdist(
            [plain(typed)], [plain(entry.texts[0]) for entry in self._entries], scorer=fuzz.partial_ratio
        )[0]
        scores = self.measuring.likeness(typed) + np.asarray(beginnings, dtype=np.float32) / 100
        return tuple(self._entries[at].id for at in np.argsort(-scores, kind="stable")[:limit])

    def _exact_first(self, text: str, ranked: list[Ranked]) -> tuple[Ranked, ...]:
        position = self.measuring.exact(text) if self.measuring else None
        if self.measuring is None or position is None:
            return tuple(ranked)
        space = self.measuring.space
        # The first entry keeps a wording that several have: a community's own stand before the base.
        entry_id = self._entries[space.index.owners[position]].id
        exact = Ranked(entry_id, EXACT, space.texts[position], text, agreed=True)
        return (exact, *(one for one in ranked if one.id != entry_id))

    def _is_social(self, text: str) -> bool:
        known = self.measuring is not None and self.measuring.exact(text) is not None
        if known or not self._social.is_social(text):
            return False
        return not self._social.entries or all(one.id not in self._social.entries for one in self.rank(text, 1))


def lead_of(ranked: Sequence[Ranked]) -> float:
    """How far the first is ahead of the next; its confidence where there is no next, and 0 where there is none."""
    first = ranked[0].confidence if ranked else 0.0
    return first - (ranked[1].confidence if len(ranked) > 1 else 0.0)


def _has_cue(text: str) -> bool:
    return leans(text) or points_back(text)


def _sureness(ranked: Sequence[Ranked]) -> float:
    return ranked[0].confidence if ranked else 0.0


def _joined(one: Ranked, alone: Ranked | None, sure: float) -> Ranked:
    """An entry for a follow-up; what is only alike by itself stays so after any question."""
    alike = one.alike or (alone is not None and alone.alike)
    confidence = min(sure * (LEFT if alike else 1), ALMOST)
    return replace(one, confidence=confidence, alone=alone.confidence if alone else 0.0, alike=alike)
