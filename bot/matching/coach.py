"""The one way to an answer: every command, message and the terminal ask here."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.knowledge.knowledge import Knowledge, Theme
from bot.knowledge.models import Entry
from bot.matching.answer import Answer, Kind, Match
from bot.matching.dialogue import KEPT, Before, leans, move, move_from_named, only_places, place, points_back
from bot.matching.embedding import Embedder
from bot.matching.explaining import Explanation, explain
from bot.matching.index import Indexed
from bot.matching.leads import Naming
from bot.matching.lexicon import Lexicon
from bot.matching.matcher import ALMOST, Matcher
from bot.matching.space_cache import SpaceCache
from bot.matching.unasked import is_to_the_room

#: From which confidence on an entry came near at all; below, its theme is no better than another.
NEAR = 0.02


@dataclass(frozen=True, slots=True)
class Coach:
    """Knowledge with its index. Never changed: when the knowledge changes, a new coach takes its place whole."""

    knowledge: Knowledge
    matcher: Matcher

    @property
    def encoder(self) -> str | None:
        """The name of the sentence encoder that compares meanings; None where words alone decide."""
        return self.matcher.encoder

    @classmethod
    def knowing(
        cls, knowledge: Knowledge, embedder: Embedder | None = None, spaces: SpaceCache | None = None
    ) -> "Coach":
        """A coach over this knowledge; building the index takes up to a second for a guide.

        `embedder` compares meanings beside words; vectors of phrasings it has not met before take longer. `spaces`
        keeps the index for the next time.
        """
        entries = [
            Indexed(
                entry.id,
                (entry.question, *entry.phrasings),
                tuple(entry.lookalikes),
                tuple(entry.related),
                entry.theme,
                entry.answer,
            )
            for entry in knowledge.entries
        ]
        leads = {entry.id: [phrase for lead in entry.leads for phrase in lead.when] for entry in knowledge.entries}
        outside = knowledge.out_of_scope
        matcher = Matcher(
            entries, Lexicon(knowledge.words), out_of_scope=outside, embedder=embedder, spaces=spaces, leads=leads
        )
        return cls(knowledge, matcher)

    def ask(self, text: str, before: Before | None = None) -> Answer:
        """The verdict on one message of a member, however long or odd it is. Never raises on text.

        `before`: what the message may lean on, as `remembered` gave it for the member's last question.
        """
        naming = [Naming(text, self.matcher)]
        following = self.in_order(before, text)
        if following is not None:
            return Answer(Kind.ANSWER, (_match(following, ALMOST, naming),))
        verdict = self.matcher.judge(text, before)
        if before is not None and verdict.follows:
            naming.append(Naming(before.text, self.matcher))
        matches = tuple(_match(self._entry(ranked.id), ranked.confidence, naming) for ranked in verdict.ranked)
        shown, others = matches[: verdict.shown], matches[verdict.shown :]
        return Answer(verdict.kind, shown, others, verdict.interject and is_to_the_room(text))

    def explain(self, text: str, before: Before | None = None) -> Explanation:
        """Why `ask` answers the same message as it does."""
        following = self.in_order(before, text)
        if following is not None:
            why = f"Answer: the message asks what comes next, and in the guide that is {following.id}."
            return Explanation(Kind.ANSWER, why)
        return explain(self.matcher, text, before)

    def remembered(self, text: str, answer: Answer, before: Before | None = None) -> Before | None:
        """What the member's next message may lean on, after this one got this answer."""
        if not answer.matches:
            return before
        return self.after(before, text, answer.matches[-1 if answer.kind is Kind.ANSWER else 0].entry.id)

    def after(self, before: Before | None, text: str, entry_id: str) -> Before:
        """What a next message may lean on, after this message was answered by that entry."""
        more = before is not None and (leans(text) or points_back(text))
        return before.and_then(text, entry_id) if before and more else Before(text[-KEPT:], entry_id)

    def complete(self, typed: str, limit: int = 25) -> tuple[Entry, ...]:
        """Entries to offer while somebody types, best first; before the first letter, one of each theme in turn."""
        if not typed.strip():
            return self._openers()[:limit]
        return tuple(entry for found in self.matcher.complete(typed, limit) if (entry := self.knowledge.entry(found)))

    def nearest_themes(self, answer: Answer, limit: int = 3) -> tuple[Theme, ...]:
        """The themes of the entries that came near, best first, filled up in guide order."""
        near = [match.entry for match in (*answer.matches, *answer.others) if match.confidence >= NEAR]
        return self.themes_near(near, limit)

    def themes_near(self, entries: Iterable[Entry], limit: int = 3) -> tuple[Theme, ...]:
        """The themes of these entries in their order, filled up in guide order."""
        themes = {theme.id: theme for theme in self.knowledge.themes()}
        order = dict.fromkeys([*(entry.theme for entry in entries if entry.theme in themes), *themes])
        return tuple(themes[theme] for theme in order if theme is not None)[:limit]

    def in_order(self, before: Before | None, text: str) -> Entry | None:
        """The entry in a sequence that "and after that?", "the third?" or "what comes after the portfolio?" leads to.

        None when the message asks for more than that. Past the end of a sequence, it is the entry outside of it that is
        most related to its last.
        """
        if step := move_from_named(text):
            answer = self.matcher.judge(text)
            return self._beside(answer.ranked[0].id, step) if answer.kind is Kind.ANSWER else None
        if before is None:
            return None
        named, step = place(text), move(text)
        if named is not None and only_places(text):
            return self._at(before.entry_id, named)
        if not step:
            return None
        named = place(before.question)
        found = self._beside(before.entry_id, step)
        return found or (self._at(before.entry_id, named + step) if named is not None else None)

    def _beside(self, entry_id: str, step: int) -> Entry | None:
        sequence = next((one for one in self._sequences() if entry_id in one), None)
        if sequence is None:
            return None
        at = sequence.index(entry_id) + step
        if 0 <= at < len(sequence):
            return self.knowledge.entry(sequence[at])
        return next((self.knowledge.entry(one) for one in self._entry(entry_id).related if one not in sequence), None)

    def _at(self, entry_id: str, position: int) -> Entry | None:
        """The entry at that place of the sequence that an entry stands in or, else, is related to."""
        near = (entry_id, *self._entry(entry_id).related)
        sequence = next((one for each in near for one in self._sequences() if each in one), ())
        return self.knowledge.entry(sequence[position]) if 0 <= position < len(sequence) else None

    def _sequences(self) -> Iterator[Sequence[str]]:
        return (sequence for guide in self.knowledge.guides for sequence in guide.sequences)

    def _entry(self, entry_id: str) -> Entry:
        entry = self.knowledge.entry(entry_id)
        assert entry is not None, "the index is made from this very knowledge"
        return entry

    def _openers(self) -> tuple[Entry, ...]:
        columns = [theme.entries for theme in self.knowledge.themes()]
        longest = max((len(column) for column in columns), default=0)
        return tuple(column[row] for row in range(longest) for column in columns if row < len(column))


def _match(entry: Entry, confidence: float, naming: Sequence[Naming]) -> Match:
    """The entry with its leads that the first of these messages to name any names."""
    return Match(entry, confidence, next((leads for one in naming if (leads := one.leads_of(entry))), ()))
