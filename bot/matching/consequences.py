"""Finds out what a change of the knowledge does to the answers that members get, before it goes live.

Asks two coaches, as it is and with the change in place. Not here: how they are made, who may publish, and what is
told of it (`effects`).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from bot.knowledge.knowledge import Knowledge
from bot.knowledge.models import Entry
from bot.matching.answer import Kind
from bot.matching.coach import Coach
from bot.matching.compound import questions_of
from bot.matching.effects import Affected, Consequences, Fate, Named, NearDuplicate, NotFound, Outcome
from bot.matching.embedding import Progress, Remembering
from bot.matching.matcher import EXACT, Matcher, Ranked
from bot.matching.normalise import plain
from bot.matching.passages import passages_of
from bot.matching.rows import Floats

#: What members asked is asked again when a changed entry is, before or after, among so many nearest entries.
NEAR = 4
#: Most questions that are asked; with the encoder that takes about ten seconds.
MOST = 500
#: How many questions are encoded at once, which takes less than one by one.
TOGETHER = 32


def consequences(  # noqa: PLR0913 - all but the first three may be left out
    before: Coach,
    after: Coach,
    changed: Sequence[str],
    asked: Sequence[str] = (),
    *,
    progress: Progress | None = None,
    most: int | None = MOST,
) -> Consequences:
    """What becomes of every entry's question and phrasings, and of what members `asked`, when `after` takes the place
    of `before`. `changed`: the ids of the entries that are new, other or gone; both coaches have the same encoder.

    What is told as affected is never guessed: it is what members get before and after. Of the entries' own wordings
    none is missed, since an exact wording decides alone; asked are only those that one side lacks. Of what members
    asked, only that is asked again to which a changed entry is, before or after, among the `NEAR` nearest by words or
    by meaning, of the whole or of a passage. With `NEAR` entries or fewer that is everything. What a change does from
    afar is not seen: each entry shifts a little how much words weigh, and what the phrasings teach together.

    Measured on the shipped guide with the encoder, 600 messages of `benchmarks/questions/` and eleven changes (entries
    that went, were cut by half, were new): of the verdicts that showed the changed entry before or after, none was
    missed. Of 6,030 untouched questions, 23 (four in a thousand) got another verdict from afar.

    At most `most` questions are asked: the entries' questions first, then what members asked, then phrasings. None asks
    all, which in a large import takes long. `progress` is told how many of how many are done.
    """
    embedder = after.matcher.embedder or before.matcher.embedder
    memory = Remembering.of(embedder) if embedder else None
    today, then = _Side.of(before, memory), _Side.of(after, memory)
    tests = list(_tests(before.knowledge, after.knowledge, asked))
    unsettled = [test for test in tests if not _is_settled(test, today, then)]
    # Where exact wordings decide on both sides, telling costs nothing.
    told = [test for test in unsettled if test.key in today.owners and test.key in then.owners]
    open_ones = [test for test in unsettled if test.key not in today.owners or test.key not in then.owners]
    queue = told + sorted(open_ones, key=lambda test: test.order)[:most]
    trial = _Trial(today, then, frozenset(changed), memory)
    for start in range(0, len(queue), TOGETHER):
        trial.run(queue[start : start + TOGETHER])
        if progress is not None:
            progress(min(start + TOGETHER, len(queue)), len(queue))
    return Consequences(
        near_duplicates=tuple(_near_duplicates(today, after.knowledge, changed, trial.ranked_today)),
        affected=tuple(sorted(trial.affected, key=lambda one: (list(Fate).index(one.fate), not one.own_question))),
        not_found_by_own_question=tuple(_not_found(then, changed)),
        unchanged=len(tests) - len(unsettled) + trial.unchanged,
        untouched=trial.untouched,
        unasked=len(unsettled) - len(queue),
    )


@dataclass(frozen=True, slots=True)
class _Test:
    """A test question; `key` is its exact wording, `right` the entry that has it once the change is in place."""

    text: str
    key: str
    right: Entry | None = None
    own_question: bool = False
    asked: bool = False

    @property
    def order(self) -> int:
        """What is asked first where not everything can be."""
        return 0 if self.own_question else 1 if self.asked else 2


def _tests(before: Knowledge, after: Knowledge, asked: Iterable[str]) -> Iterator[_Test]:
    """Each exact wording once: those of entries as they are, new ones, then what members asked that no entry has.

    A wording belongs to the entry that answers it now and keeps it, else to the first that has it then.
    """
    kept = {(entry.id, key): entry for entry in after.entries for key in _wordings(entry)}
    found: dict[str, _Test] = {}
    for entry in (*before.entries, *after.entries):
        for key, text in _wordings(entry).items():
            if key not in found or (found[key].right is None and (entry.id, key) in kept):
                right = kept.get((entry.id, key))
                found[key] = _Test(text, key, right, right is not None and plain(right.question) == key)
    for text in asked:
        key = plain(text)
        if key and key not in found:
            found[key] = _Test(text, key, asked=True)
    yield from found.values()


def _wordings(entry: Entry) -> dict[str, str]:
    """The exact wordings of the entry, each with the text that has it; a text without words has none."""
    texts = {plain(text): text for text in reversed((entry.question, *entry.phrasings))}
    return {key: texts[key] for key in reversed(texts) if key}


@dataclass(frozen=True)
class _Side:
    """A coach, and which entry answers which exact wording: as in the matcher, the first that has it."""

    matcher: Matcher
    named: Mapping[str, Named]
    places: Mapping[str, int]
    owners: Mapping[str, str]

    @classmethod
    def of(cls, coach: Coach, memory: Remembering | None) -> "_Side":
        matcher = coach.matcher.comparing_by(memory) if memory and coach.matcher.embedder else coach.matcher
        entries = coach.knowledge.entries
        owners: dict[str, str] = {}
        for entry in entries:
            for key in _wordings(entry):
                owners.setdefault(key, entry.id)
        places = {entry.id: at for at, entry in enumerate(entries)}
        return cls(matcher, {entry.id: Named(entry.id, entry.question) for entry in entries}, places, owners)

    def judged(self, test: _Test) -> tuple[Outcome, tuple[Ranked, ...]]:
        """What `Matcher.judge` says, at once where an exact wording decides."""
        owner = self.owners.get(test.key)
        if owner is not None:
            return Outcome(Kind.ANSWER, (self.named[owner],)), (Ranked(owner, EXACT, test.text, test.text),)
        verdict = self.matcher.judge(test.text)
        return Outcome(
            verdict.kind, tuple(self.named[one.id] for one in verdict.ranked[: verdict.shown])
        ), verdict.ranked

    def readings(self, text: str) -> tuple[str, ...]:
        """All that the matcher measures of a message."""
        mended = (self.matcher.mended(part) for part in dict.fromkeys((text, *questions_of(text))))
        return tuple(dict.fromkeys(passage.text for part in mended for passage in passages_of(part)))

    def comes_near(self, changed: frozenset[str], text: str) -> bool:
        """Whether one of these entries is among the `NEAR` nearest, by words and letters or by meaning."""
        places = [self.places[one] for one in changed if one in self.places]
        return bool(places) and any(
            _among_nearest(scores, places) for reading in self.readings(text) for scores in self._likeness(reading)
        )

    def _likeness(self, reading: str) -> Iterator[Floats]:
        """How near each entry is, in one measure after the other."""
        measuring = self.matcher.measuring
        assert measuring is not None, "there are entries"
        yield measuring.likeness(reading)
        vectors = self.matcher.meanings([reading])
        if vectors is not None:
            of_phrasings = measuring.nearness(reading, vectors[0])
            yield np.maximum.reduceat(of_phrasings, measuring.space.index.starts[:-1])[: measuring.space.entries]


def _among_nearest(scores: Floats, places: Sequence[int]) -> bool:
    return bool((scores > scores[places].max()).sum() < NEAR)


def _is_settled(test: _Test, today: _Side, then: _Side) -> bool:
    """Whether one entry has the exact wording on both sides, and so answers it on both."""
    owner = today.owners.get(test.key)
    return owner is not None and owner == then.owners.get(test.key)


@dataclass
class _Trial:
    """Asks both sides, and keeps what came of it; `ranked_today` by exact wording."""

    today: _Side
    then: _Side
    changed: frozenset[str]
    memory: Remembering | None
    affected: list[Affected] = field(default_factory=list)
    unchanged: int = 0
    untouched: int = 0
    ranked_today: dict[str, tuple[Ranked, ...]] = field(default_factory=dict)

    def run(self, tests: Sequence[_Test]) -> None:
        """Asks these, with their meanings computed together."""
        if self.memory is not None:
            sides = [side for side in (self.today, self.then) if side.matcher.encoder]
            readings = [text for test in tests for side in sides for text in side.readings(test.text)
                        if test.key not in side.owners]  # fmt: skip
            self.memory.questions(readings)
        for test in tests:
            if test.asked and not any(side.comes_near(self.changed, test.text) for side in (self.today, self.then)):
                self.untouched += 1
            else:
                self._ask(test)

    def _ask(self, test: _Test) -> None:
        before, self.ranked_today[test.key] = self.today.judged(test)
        after, _ = self.then.judged(test)
        fate = _fate(before, after, test.right)
        if fate is None:
            self.unchanged += 1
        else:
            right = self.then.named[test.right.id] if test.right else None
            self.affected.append(Affected(test.text, fate, before, after, right, test.own_question))


def _fate(before: Outcome, after: Outcome, right: Entry | None) -> Fate | None:
    """None where members see no other verdict; another choice among suggestions is none."""
    found = {entry.id for entry in after.shown}
    if after.kind is Kind.ANSWER:
        if before.kind is not Kind.ANSWER:
            return Fate.GAINED
        if found == {entry.id for entry in before.shown}:
            return None
        return Fate.MISDIRECTED if right is not None and right.id not in found else Fate.CHANGED
    if before.kind is Kind.ANSWER:
        return Fate.UNCLEAR if after.kind is Kind.SUGGESTIONS else Fate.LOST
    if (before.kind is Kind.SUGGESTIONS) == (after.kind is Kind.SUGGESTIONS):
        return None
    return Fate.LOST if before.kind is Kind.SUGGESTIONS else Fate.OFFERED


def _near_duplicates(
    today: _Side, after: Knowledge, changed: Iterable[str], ranked: Mapping[str, tuple[Ranked, ...]]
) -> list[NearDuplicate]:
    """Nearest first; `ranked` holds what was asked today, by exact wording."""
    best: dict[tuple[str, str], NearDuplicate] = {}
    for entry in (found for one in changed if (found := after.entry(one))):
        for key, text in _wordings(entry).items():
            owner = today.owners.get(key)
            if owner == entry.id:
                continue
            for one in ranked.get(key, ()) if owner is None else (Ranked(owner, EXACT, text, text),):
                if one.id != entry.id and one.confidence >= today.matcher.cutoffs.answer:
                    near = NearDuplicate(
                        Named(entry.id, entry.question), today.named[one.id], one.confidence, text, one.phrasing
                    )
                    best[entry.id, one.id] = max(best.get((entry.id, one.id), near), near, key=_nearness)
    return sorted(best.values(), key=_nearness, reverse=True)


def _nearness(near: NearDuplicate) -> float:
    return near.confidence


def _not_found(then: _Side, changed: Iterable[str]) -> Iterator[NotFound]:
    """Where an entry has its question's exact wording, the first that has it answers; without a word, none does."""
    for one in changed:
        entry = then.named.get(one)
        if entry is not None and (owner := then.owners.get(plain(entry.title))) != one:
            yield NotFound(entry, then.named[owner] if owner else None)
