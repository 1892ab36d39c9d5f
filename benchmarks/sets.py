"""The question sets that the matcher is learned from and measured on, read once for all parts of a run."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.labelled import HELD_OUT, QUESTIONS, LabelledSet, read_faq, read_guide, small_faqs


@dataclass(frozen=True, slots=True)
class Sets:
    """The guide with questions that nothing is learned from, and with those it is learned from; FAQs of other fields,
    the small ones of the repository and those given by the user.
    """

    held_out: LabelledSet
    guide: LabelledSet
    small: tuple[LabelledSet, ...]
    given: tuple[LabelledSet, ...]

    @classmethod
    def read(cls, given: Sequence[tuple[Path, Path]], most: int | None = None) -> "Sets":
        """All sets; `given` names the two files of each further FAQ. `most`: questions a set at the most."""
        return cls(
            some(read_guide([HELD_OUT / "in-scope.jsonl", HELD_OUT / "out-of-scope.jsonl"]), most),
            some(read_guide(sorted(QUESTIONS.glob("*.jsonl"))), most),
            tuple(some(labelled, most) for labelled in small_faqs()),
            tuple(some(read_faq(entries, queries), most) for entries, queries in given),
        )


def some(labelled: LabelledSet, most: int | None) -> LabelledSet:
    """The set with at most so many of its questions, evenly spread; all, when None is said."""
    step = -(-len(labelled.questions) // most) if most else 1
    return replace(labelled, questions=labelled.questions[::step])
