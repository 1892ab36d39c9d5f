"""What a follow-up leaves out, filled in from the member's question before it.

Not here: where the last question is kept (`bot.front.memory`), and how both are ranked (`matcher`).
"""

import re
from dataclasses import dataclass

from bot.matching.compound import stands
from bot.matching.normalise import words_of

#: Most characters of earlier questions that a follow-up is read with.
KEPT = 300

_OPENER = re.compile(
    r"^(?:ok(?:ay)?|oh|so|well|cool|hm+|nice)?[\s,.]*(?:and|or|but|then|what about|how about|why|says who)\b"
)
_END = frozenset("that there then those these this it them instead one ones".split())
_POINTING = frozenset("it its that this they them their those these there then one ones he she same".split())
_RUNG = r"(?:rank|rung|level|step|one)(?: right)?"
_AFTER = re.compile(rf"\b(?:after (?:that|this|it)|and then|then what|next|{_RUNG} above|above that)\b")
_BEFORE = re.compile(rf"\b(?:before (?:that|this|it)|{_RUNG} below|below that)\b")


@dataclass(frozen=True, slots=True)
class Before:
    """The questions a follow-up may lean on, in the member's words, and the entry that answered the last of them."""

    text: str
    entry_id: str

    def and_then(self, text: str, entry_id: str) -> "Before":
        """What a further question may lean on, when this one, answered by that entry, was a follow-up itself."""
        return Before(f"{self.text} {text}"[-KEPT:], entry_id)


def leans(text: str) -> bool:
    """Whether the message plainly needs the one before it: "and as a director?", "how long?", "what about there?"."""
    words = words_of(text)
    plain = " ".join(words)
    if not words or not (stands(text) or _OPENER.match(plain) or "?" in text):
        return False
    return bool(_OPENER.match(plain)) or len(words) <= 3 or words[-1] in _END


def points_back(text: str) -> bool:
    """Whether the message has a word that may stand for something said before; it may also be complete in itself."""
    return stands(text) and not _POINTING.isdisjoint(words_of(text))


def move(text: str) -> int:
    """1 when the message only asks for what comes next ("and after that?"), -1 for what comes before, else 0."""
    words = words_of(text)
    plain = " ".join(words)
    if len(words) > 7:
        return 0
    return 1 if _AFTER.search(plain) else -1 if _BEFORE.search(plain) else 0
