"""Why a message gets the verdict it gets: what was measured of the likeliest entries, and which cut-offs decided.

Nothing is reckoned anew: all figures come from what `matcher` ranks and judges by. Not here: how they are shown.
"""

import math
import re
from dataclasses import dataclass

import numpy as np

from bot.matching.answer import Kind
from bot.matching.confidence import Cutoffs
from bot.matching.dialogue import Before
from bot.matching.matcher import EXACT, OFFERED, Matcher, Ranked, Verdict, lead_of
from bot.matching.meetings import Meeting, Unmet, meetings_of

_LETTERS = re.compile(r"[A-Za-z]+")


@dataclass(frozen=True, slots=True)
class Mended:
    """A word of the message, and the one it was taken for."""

    word: str
    meant: str


@dataclass(frozen=True, slots=True)
class Part:
    """One of several questions into which a message was cut, and why it is answered by itself."""

    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Considered:
    """One of the likeliest entries.

    `read`: what it was found by, where that is not the whole message: a passage, a part, or a follow-up together with
    the question before it; `alone` is then the confidence without that question. `phrasing`: the nearest by words, with
    the words that met and those of the question that met nothing; `phrasing_meant`: the nearest by meaning.

    By words, from 0 to 1: `alignment` and `letters`. By meaning, None without an encoder: `cosine`, -1 to 1, and
    `taught`, the chance that it belongs here by all that the phrasings teach together. `said`: how near its answer
    comes, by the cosine of the nearest sentence or, without an encoder, by the share of the words that it holds.

    `other_trade`: whether the question names an occupation that the entry does not. `alike`: whether it is nearer to
    one of the entry's lookalikes than to its phrasings, which takes most of the confidence.
    """

    id: str
    title: str
    confidence: float
    alone: float | None
    read: str | None
    phrasing: str
    meetings: tuple[Meeting, ...]
    met_nothing: tuple[Unmet, ...]
    phrasing_meant: str | None
    alignment: float
    letters: float
    cosine: float | None
    taught: float | None
    said: float
    other_trade: bool
    alike: bool


@dataclass(frozen=True, slots=True)
class OutOfScope:
    """The nearest message that no entry answers: how near it is, and in the same measure the likeliest entry.

    `by`: "meaning", then it is the cosine of both, or "words", then that of their words and letters.
    """

    text: str
    by: str
    nearness: float
    entry_nearness: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a message gets its verdict, in a sentence and in figures; `entries` are the likeliest, best first."""

    kind: Kind
    why: str
    entries: tuple[Considered, ...] = ()
    out_of_scope: OutOfScope | None = None
    mended: tuple[Mended, ...] = ()
    parts: tuple[Part, ...] = ()


def explain(matcher: Matcher, text: str, before: Before | None = None) -> Explanation:
    """Why the matcher judges a message as it does; `before` is what a follow-up may lean on. Never raises on text."""
    verdict = matcher.judge(text, before)
    mended = matcher.mended(text)
    words = zip(_LETTERS.findall(text), _LETTERS.findall(mended), strict=True)
    likeliest = verdict.ranked[:OFFERED]
    readings = {passage: _Reading(matcher, passage) for passage in dict.fromkeys(one.passage for one in likeliest)}
    return Explanation(
        verdict.kind,
        why(verdict, matcher.cutoffs_after if verdict.follows else matcher.cutoffs),
        tuple(readings[one.passage].considered(one, whole=one.passage in (text, mended)) for one in likeliest),
        readings[likeliest[0].passage].out_of_scope(likeliest[0]) if likeliest else None,
        tuple(Mended(word, meant) for word, meant in words if word != meant),
        tuple(
            Part(part, why(found, matcher.cutoffs_of_part(part, at))) for at, (part, found) in enumerate(verdict.parts)
        ),
    )


class _Reading:
    """A passage, measured just as for the ranking; the matcher has entries."""

    def __init__(self, matcher: Matcher, passage: str) -> None:
        assert matcher.measuring is not None, "what was ranked was measured"
        vectors = matcher.meanings([passage])
        vector = None if vectors is None else vectors[0]
        self._matcher = matcher
        self._measuring = matcher.measuring
        self._passage = passage
        self._by_meaning = vector is not None
        self._features = matcher.measuring.features(passage, vector)
        self._nearness = matcher.measuring.nearness(passage, vector)

    def considered(self, ranked: Ranked, *, whole: bool) -> Considered:
        """An entry that was ranked by this passage, which is the whole message or is not."""
        texts, entry = self._measuring.space.texts, self._matcher.position(ranked.id)
        start, end = self._span(entry)
        met = self._measuring.met(self._passage, texts.index(ranked.phrasing, start, end))
        meetings, met_nothing = meetings_of(met, self._passage, ranked.phrasing, self._matcher.lexicon)
        measured = self._measured(entry)
        return Considered(
            id=ranked.id,
            title=texts[start],
            confidence=round(ranked.confidence, 4),
            alone=None if ranked.alone is None else round(ranked.alone, 4),
            read=None if whole else self._passage,
            phrasing=ranked.phrasing,
            meetings=meetings,
            met_nothing=met_nothing,
            phrasing_meant=texts[self._nearest(entry)] if self._by_meaning else None,
            alignment=round(measured["alignment"], 4),
            letters=round(measured["letters"], 4),
            cosine=round(measured["cosine"], 4) if self._by_meaning else None,
            taught=round(math.exp(measured["learned"]), 4) if self._by_meaning else None,
            said=round(measured["answer_cosine" if self._by_meaning else "answer_held"], 4),
            other_trade=bool(measured["other_trade"]),
            alike=ranked.alike,
        )

    def out_of_scope(self, first: Ranked) -> OutOfScope | None:
        """The nearest out-of-scope message beside the likeliest entry; None where none is known."""
        space = self._measuring.space
        if not space.outside:
            return None
        # They are the phrasings of one more entry, the last.
        nearest = self._nearest(space.entries)
        beside = self._nearest(self._matcher.position(first.id))
        return OutOfScope(
            space.texts[nearest],
            "meaning" if self._by_meaning else "words",
            round(float(self._nearness[nearest]), 4),
            round(float(self._nearness[beside]), 4),
        )

    def _span(self, entry: int) -> tuple[int, int]:
        starts = self._measuring.space.index.starts
        return int(starts[entry]), int(starts[entry + 1])

    def _nearest(self, entry: int) -> int:
        start, end = self._span(entry)
        return start + int(np.argmax(self._nearness[start:end]))

    def _measured(self, entry: int) -> dict[str, float]:
        """The entry's features by name; all are 0 for one that its exact wording alone brought among very many."""
        rows = self._features.rows[self._features.entries == entry]
        values: list[float] = rows[0].tolist() if len(rows) else [0.0] * len(self._measuring.names)
        return dict(zip(self._measuring.names, values, strict=True))


def why(verdict: Verdict, cutoffs: Cutoffs) -> str:
    """The rule of `Matcher.judge` that decided, with the figures it looked at."""
    first = verdict.ranked[0] if verdict.ranked else None
    if verdict.kind is Kind.SOCIAL:
        return "Social: thanks, a greeting or the like, which wants no knowledge, and no entry has this wording."
    if verdict.parts:
        return f"Answer: the message asks {len(verdict.parts)} questions, and each has an answer of its own."
    if first is None:
        return "Not known: no word of the message can be compared with an entry."
    if first.confidence >= EXACT:
        return f"Answer: this is word for word a phrasing of {first.id}."
    return _measured_against(verdict, first.confidence, cutoffs)


def _measured_against(verdict: Verdict, first: float, cutoffs: Cutoffs) -> str:
    by = ", as a follow-up" if verdict.follows else ""
    value, bound = _beside(first, cutoffs.answer)
    sure = f"{value} is at least {bound} (sure enough to answer)"
    unsure = f"{value} is below {bound} (sure enough to answer)"
    ahead = "{} ahead of the next ({} are needed)".format(*_beside(lead_of(verdict.ranked), cutoffs.lead))
    if verdict.kind is Kind.ANSWER:
        needed = cutoffs.lead > 0 and len(verdict.ranked) > 1
        return f"Answer{by}: {sure} and {ahead}." if needed else f"Answer{by}: {sure}."
    if verdict.kind is Kind.SUGGESTIONS:
        if first >= cutoffs.answer:
            return f"Suggestions{by}: {sure}, but only {ahead}."
        return f"Suggestions{by}: {unsure} but at least {_beside(first, cutoffs.offer)[1]} (near enough to offer)."
    if first >= cutoffs.offer:
        return f"Not known{by}: {unsure}, and suggestions need a second entry."
    return "Not known{}: {} is below {} (near enough to offer).".format(by, *_beside(first, cutoffs.offer))


def _beside(value: float, bound: float) -> tuple[str, str]:
    """Both with as many digits, two to four, as it takes to tell them apart."""
    told = (digits for digits in (2, 3) if f"{value:.{digits}f}" != f"{bound:.{digits}f}")
    digits = 2 if value == bound else next(told, 4)
    return f"{value:.{digits}f}", f"{bound:.{digits}f}"
