"""What an entry would change for members, in words: the sentences, and the questions that they speak of."""

from collections.abc import Iterator, Sequence

from bot.front.text import quoted
from bot.matching.effects import Affected, Consequences, Fate

#: Most questions that are named of each fate, and most characters of each before special ones are escaped.
NAMED, NAMED_LIMIT = 3, 60
#: Most characters of a sentence.
SENTENCE_LIMIT = 300

_FATES = {
    Fate.MISDIRECTED: "Led elsewhere", Fate.LOST: "Not answered any more", Fate.UNCLEAR: "Only offered several",
    Fate.CHANGED: "Answered otherwise", Fate.GAINED: "Now answered", Fate.OFFERED: "Now offered something",
}  # fmt: skip


def changes_text(effects: Consequences) -> str:
    """What changes, worst first, and in small print the questions that it changes for."""
    lines = [f"- {quoted(sentence, SENTENCE_LIMIT)}" for sentence in effects.sentences()]
    named = list(_named(effects))
    # The empty line ends the list.
    return "\n".join(["**What changes for members**", *lines, *([""] if named else []), *named])


def _named(effects: Consequences) -> Iterator[str]:
    for fate, told in _FATES.items():
        if affected := effects.of(fate):
            yield f"-# {told}: {_questions(affected)}"


def _questions(affected: Sequence[Affected]) -> str:
    named = ", ".join(f"“{quoted(one.question, NAMED_LIMIT)}”" for one in affected[:NAMED])
    more = len(affected) - NAMED
    return f"{named} and {more:,} more" if more > 0 else named
