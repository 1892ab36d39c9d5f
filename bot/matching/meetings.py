"""Which words of a question met which of a phrasing, as people wrote them; matching itself knows only stems."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.matching.alignment import Met
from bot.matching.lexicon import Lexicon
from bot.matching.normalise import words_of


class How(StrEnum):
    """How two words met."""

    SAME = "same word"
    SYNONYM = "synonym"
    SHORT_FORM = "short form"
    TYPO = "typo forgiven"


@dataclass(frozen=True, slots=True)
class Meeting:
    """A word of a question, or several that belong together, with what it met in a phrasing.

    `weight`: how much that counts; words that only few entries hold weigh more, and all but the same word lose some.
    """

    word: str
    met: str
    how: How
    weight: float


@dataclass(frozen=True, slots=True)
class _Source:
    """The words of a text from which a stem comes, and how: written there, or added for a short form or a phrase."""

    words: str
    how: How


@dataclass(frozen=True, slots=True)
class Unmet:
    """A word of a question that met nothing, with what it would have counted."""

    word: str
    weight: float


def meetings_of(
    met: Sequence[Met], question: str, phrasing: str, lexicon: Lexicon
) -> tuple[tuple[Meeting, ...], tuple[Unmet, ...]]:
    """What met (`bot.matching.features.Measuring.met`), in the question's order, and which of its words met nothing.

    The weights of the meetings sum to what alignment counts of the question.
    """
    asked, written = _sources(question, lexicon), _sources(phrasing, lexicon)
    found: list[Meeting] = []
    for one in met:
        if one.met is None:
            continue
        ours, theirs = asked[one.stem], written[one.met]
        how = _how(one.stem, one.met, ours, theirs, lexicon)
        meeting = Meeting(ours.words, theirs.words, how, one.weight * one.likeness)
        for at, other in enumerate(found):
            if joined := _joined(other, meeting):
                found[at] = joined
                break
        else:
            found.append(meeting)
    words = {word for meeting in found for word in meeting.word.split()}
    return (
        tuple(replace(meeting, weight=round(meeting.weight, 4)) for meeting in found),
        tuple(
            Unmet(asked[one.stem].words, round(one.weight, 4))
            for one in met
            if asked[one.stem].how is How.SAME and asked[one.stem].words not in words
        ),
    )


def _how(stem: str, other: str, ours: _Source, theirs: _Source, lexicon: Lexicon) -> How:
    if stem != other:
        return How.SYNONYM if other in lexicon.synonyms_of(stem) else How.TYPO
    if ours.words == theirs.words:
        return How.SAME
    return theirs.how if ours.how is How.SAME else ours.how


def _joined(first: Meeting, second: Meeting) -> Meeting | None:
    """Both as one when they are of the same words, or when a short form met several: `mls`, `master`, `science`."""
    weight = first.weight + second.weight
    if (first.word, first.met) == (second.word, second.met):
        return replace(first, weight=weight)
    if first.how is not second.how or first.how is not How.SHORT_FORM:
        return None
    if first.word == second.word:
        return replace(first, met=_both(first.met, second.met), weight=weight)
    if first.met == second.met:
        return replace(first, word=_both(first.word, second.word), weight=weight)
    return None


def _both(first: str, second: str) -> str:
    return " ".join(dict.fromkeys(f"{first} {second}".split()))


def _sources(text: str, lexicon: Lexicon) -> dict[str, _Source]:
    """Where each stem of the text comes from, those included that short forms and phrases add."""
    words = words_of(text)
    stems = lexicon.stem_words(words)
    found: dict[str, _Source] = {}
    for word, stem in zip(words, stems, strict=True):
        found.setdefault(stem, _Source(word, How.SAME))
    missing = set(lexicon.with_short_forms(stems)) - set(found)
    # The shortest run of words that adds a stem is the one it stands for.
    for length in range(1, len(stems) + 1):
        for start in range(len(stems) - length + 1) if missing else ():
            run = stems[start : start + length]
            added = missing.intersection(lexicon.with_short_forms(run))
            missing -= added
            how = How.SHORT_FORM if _is_short_form(run, added, lexicon) else How.SYNONYM
            found.update(dict.fromkeys(added, _Source(" ".join(words[start : start + length]), how)))
    return found


def _is_short_form(run: Sequence[str], added: Iterable[str], lexicon: Lexicon) -> bool:
    """Short and long forms add each other; a phrase among synonyms only adds the first of these."""
    return len(run) == 1 or any(set(run) <= set(lexicon.with_short_forms([stem])) for stem in added)
