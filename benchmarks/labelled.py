"""Question sets to learn from and to measure on: entries with labelled questions about them."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.json_lines import read_json_lines
from bot.knowledge.loading import load_knowledge
from bot.knowledge.shipped import shipped_knowledge
from bot.matching.index import Indexed

HERE = Path(__file__).parent
#: Questions about the shipped guide: those learned from, and those that nothing is learned from or chosen by.
QUESTIONS, HELD_OUT = HERE / "questions", HERE / "questions" / "held-out"
#: Small FAQs of communities of other fields, each with its questions.
FAQS = HERE / "faqs"

#: Which share of entries is thinned out, and below how many texts besides its question each of these keeps; how many
#: entries of another set are added to one, and beside how many of its own questions.
THINNED, NEW = 0.2, 4
ADDED, BESIDE = 8, 400

#: A text with the ids of its right answers, best first; none for out of scope.
Question = tuple[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class LabelledSet:
    """Entries with questions about them, and messages known to be out of scope, where there are any."""

    name: str
    entries: tuple[Indexed, ...]
    questions: tuple[Question, ...]
    out_of_scope: tuple[str, ...] = ()

    def with_phrasings(self, most: int) -> "LabelledSet":
        """The same with at most so many texts an entry: its question, and others drawn by a fixed seed."""
        chosen = random.Random(0)  # noqa: S311 - the same draw every time is wanted
        entries = tuple(
            replace(entry, texts=(entry.texts[0], *chosen.sample(entry.texts[1:], min(most, len(entry.texts)) - 1)))
            for entry in self.entries
        )
        return replace(self, name=f"{self.name}@{most}", entries=entries)

    def with_entries(self, most: int) -> "LabelledSet":
        """The same with at most so many entries, drawn by a fixed seed: what the others answer is out of scope then.

        As many of such questions are kept as there are in scope.
        """
        chosen = random.Random(0)  # noqa: S311 - the same draw every time is wanted
        entries = tuple(chosen.sample(self.entries, min(most, len(self.entries))))
        ids = {entry.id for entry in entries}
        labels = [(text, tuple(one for one in expected if one in ids)) for text, expected in self.questions]
        inside = [one for one in labels if one[1]]
        outside = [one for one in labels if not one[1]]
        kept = chosen.sample(outside, min(len(inside), len(outside)))
        return replace(self, name=f"{self.name}#{most}", entries=entries, questions=(*inside, *kept))

    def with_some_thinned(self, seed: int) -> "LabelledSet":
        """The same, with a fifth of the entries as if they had just been written: of their texts, drawn by a seed, one
        to `NEW` are left, the question among them.
        """
        chosen = random.Random(seed)  # noqa: S311 - the same draw every time is wanted
        entries = []
        for entry in self.entries:
            others = entry.texts[1:]
            left = chosen.sample(others, min(chosen.randrange(NEW), len(others)))
            entries.append(replace(entry, texts=(entry.texts[0], *left)) if chosen.random() < THINNED else entry)
        return replace(self, name=f"{self.name}~{seed}", entries=tuple(entries))

    def with_added(self, other: "LabelledSet", seed: int) -> "LabelledSet":
        """The same with `ADDED` entries of another set beside, drawn by a seed, and all questions about these, as where
        moderators add their own to a guide. Of its own questions, `BESIDE` at the most are kept.
        """
        chosen = random.Random(seed)  # noqa: S311 - the same draw every time is wanted
        added = chosen.sample(other.entries, min(ADDED, len(other.entries)))
        names = {entry.id: f"{other.name}/{entry.id}" for entry in added}
        entries = [replace(entry, id=names[entry.id]) for entry in added]
        labels = [(text, tuple(names[one] for one in expected if one in names)) for text, expected in other.questions]
        own = chosen.sample(self.questions, min(BESIDE, len(self.questions)))
        questions = (*(one for one in labels if one[1]), *own)
        return replace(self, name=f"{self.name}+{other.name}", entries=(*self.entries, *entries), questions=questions)


def read_questions(path: Path) -> tuple[Question, ...]:
    """The labelled questions of a file with `text` and `expected` on each line."""
    rows = [row for _, row in read_json_lines(path)]
    return tuple((str(row["text"]), tuple(map(str, row["expected"]))) for row in rows)  # type: ignore[call-overload]


def read_faq(entries: Path, queries: Path) -> LabelledSet:
    """A question set in the form that `waymark evaluate` takes."""
    rows = [row for _, row in read_json_lines(entries)]
    indexed = tuple(
        Indexed(str(row["id"]), tuple(dict.fromkeys([row["question"], *row["phrasings"]])), answer=str(row["answer"]))  # type: ignore[misc,list-item]
        for row in rows
    )
    return LabelledSet(entries.parent.name, indexed, read_questions(queries))


def read_guide(questions: Iterable[Path]) -> LabelledSet:
    """The shipped guide with labelled questions about it."""
    knowledge = load_knowledge(shipped_knowledge())
    indexed = tuple(
        Indexed(entry.id, (entry.question, *entry.phrasings), answer=entry.answer) for entry in knowledge.entries
    )
    asked = tuple(question for path in questions for question in read_questions(path))
    return LabelledSet("library-media-specialist", indexed, asked, knowledge.out_of_scope)


def small_faqs() -> Sequence[LabelledSet]:
    """The sets in `FAQS`."""
    return [read_faq(folder / "entries.jsonl", folder / "queries.jsonl") for folder in sorted(FAQS.iterdir())]
