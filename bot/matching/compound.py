"""Cuts a message that asks several things into its questions, and leaves whole what is one.

Not here: which entry answers each (`matcher`).
"""

import re

from bot.matching.normalise import words_of

#: Most questions of a message that are answered one by one.
MOST = 3

# Where one question may end and the next begin. A comma or "and" alone proves nothing: see `stands`.
_BORDER = re.compile(
    r"(?<=[?!.])\s+|\s*[,;:]\s*(?:(?:and|also|plus|then|but)\b\s*)?|\s+(?:and|also|plus|n)\s+|\s*[+&]\s+", re.IGNORECASE
)
_CONNECTING = frozenset("and also plus then but so ok okay hi hey hello oh well please yes no thanks".split())
_OPENING = frozenset(
    "what which who whom whose when where why how is are am was were do does did can could will would should shall may "
    "might must has have any whats hows wheres whos whens".split()
)
_TELLING = frozenset("tell show explain give help list describe name need".split())


def questions_of(text: str) -> tuple[str, ...]:
    """The questions of a message in order, one to `MOST`; a message that is one question, or none, comes back whole.

    A part is a question of its own only when it begins as one ("what …", "do they …", "tell me …"); what stands before
    the first, such as "I'm a teacher", stays with it, and what else does not stand stays with the part before. Before a
    question of its own, a few words with a question mark are one too ("salary?").
    """
    parts: list[str] = []
    start = 0
    for border in _BORDER.finditer(text):
        if not stands(text[border.end() :]):
            continue
        before = text[start : border.start()]
        if before.endswith("?") or any(stands(part) for part in _pieces(before)):
            parts.append(text[start : border.start()].strip())
            start = border.end()
    parts.append(text[start:].strip())
    return tuple(parts) if 1 < len(parts) <= MOST else (text,)


def _pieces(text: str) -> list[str]:
    return _BORDER.split(text)


def stands(text: str) -> bool:
    """Whether the text begins as a question or a request does."""
    words = [word for word in words_of(text[:80]) if word not in _CONNECTING]
    return bool(words) and (words[0] in _OPENING or words[0] in _TELLING)
