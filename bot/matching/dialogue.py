"""What a follow-up leaves out, filled in from the member's questions before it.

Not here: where the last question is kept (`bot.front.memory`), how both are ranked (`followup`), and which entries
stand beside each other (`coach`).
"""

import re
from dataclasses import dataclass

from bot.matching.compound import stands
from bot.matching.normalise import words_of

#: Most characters of earlier questions that a follow-up is read with.
KEPT = 300
#: From how many words on a message that is answered by itself is complete, whatever it points to.
COMPLETE = 10

_SIGH = r"(?:(?:ok(?:ay)?|oh|so|well|cool|hm+|nice) )*"
_OPENER = re.compile(
    rf"^{_SIGH}(?:and|or|but|then|what about|how about|any(?:thing)? (?:else|other)|even|why|says who)\b"
)
# "with whose money", "like where"
_FRONTED = re.compile(
    r"^(?:like|with|for|at|after|before|from|in|by|to|of|on|until|till|since) (?:what|which|who|whom|whose|where|how)\b"
)
# "and I thought mine was bad" tells, where "and if I teach" asks.
_TOLD = re.compile(
    rf"^{_SIGH}(?:and|or|but|then)(?: (?:now|then|maybe|honestly|again|also))*"
    r" (?:i|ill|im|ive|we|you|he|she|they|my|our|that is|it is|this is|there is|every|happy|anyway|again|never mind)\b"
)
_END = frozenset("that there then those these this it them instead one ones".split())
_POINTING = frozenset("it its that this they them their those these there then one ones he she same else".split())
# Words that look as if they pointed at something: "is there a …", "is it true that …", "this year".
_EMPTY = re.compile(
    r"\bit takes? to\b|\b(?:is|are|was|were) (?:not )?there\b|\bthere (?:is|are)\b"
    r"|\b(?:is|was) it(?: \w+){1,3} (?:that|to|for|if)\b(?!$)"
    r"|\b(?:this|these) (?!(?:is|are|was|does|do|pays?|costs?|takes?|to|for|in|or|and|one|too|works?|means?)\b)\w+"
    r"|\b(?:true|sure|know|think|mean|say|said|heard) that\b"
)

_RUNG = r"(?:rank|rung|level|step|one|thing)"
_IT = r"(?:that|this|it|them|him|her|those|these)"
_AFTER = re.compile(
    rf"\b(?:after (?:{_IT}|{_RUNG})|and then|then what|what then|above {_IT}|(?:next|following|higher) {_RUNG}"
    rf"|{_RUNG}(?: right)? (?:above|after|higher|up)|comes? next|once (?:{_IT} is|i have {_IT}|i did {_IT}))\b"
    r"|\b(?:and|what is|what|so|ok(?:ay)?) next$|^next$|\b(?:and|what about) (?:above|after(?:wards?)?)$|^afterwards$"
)
_BEFORE = re.compile(
    rf"\b(?:before (?:{_IT}|{_RUNG})|below {_IT}|(?:previous|preceding|lower) {_RUNG}"
    rf"|{_RUNG}(?: right)? (?:below|before|lower|down))\b|\b(?:and|what about) (?:below|before)$"
)
_BESIDE = re.compile(
    rf"^(?:(?:and|so|ok|then) )*(?:what|which|who)(?: {_RUNG}| job| title| role)?"
    rf" (?:is|comes?|sits|stands|goes)(?: right| directly| just)? (after|above|over|before|below|under) (?!{_IT}\b)\w+"
)
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth".split()
_NUMBERS = "one two three four five six seven eight nine".split()
_PLACE = re.compile(rf"\b(?:({'|'.join(_ORDINALS)})|step ({'|'.join(_NUMBERS)}|[1-9]))\b")
#: Most words of a message that says too little by itself, of one that only asks what comes next, of one that names a
#: place ("and the third?"), and of one that names what it goes on from ("what comes after the portfolio?").
_SHORT, _MOVING, _PLACING, _NAMING = 3, 7, 4, 9


@dataclass(frozen=True, slots=True)
class Before:
    """The questions a follow-up may lean on, in the member's words, and the entry that answered the last of them.

    `last`: the last of the questions, where there are several.
    """

    text: str
    entry_id: str
    last: str | None = None

    @property
    def question(self) -> str:
        """The last question."""
        return self.text if self.last is None else self.last

    def and_then(self, text: str, entry_id: str) -> "Before":
        """What a further question may lean on, when this one, answered by that entry, was a follow-up itself."""
        return Before(f"{self.text} {text}"[-KEPT:], entry_id, text[-KEPT:])


def leans(text: str) -> bool:
    """Whether the message plainly needs the one before it: "and as a director?", "how long?", "what about there?"."""
    words = words_of(text)
    plain = " ".join(words)
    if not words or ("?" not in text and _TOLD.match(plain)):
        return False
    if _FRONTED.match(plain) and len(words) <= _SHORT + 2:
        return True
    if not (stands(text) or _OPENER.match(plain) or "?" in text):
        return False
    return bool(_OPENER.match(plain)) or len(words) <= _SHORT or words[-1] in _END


def opens_as_one_more(text: str) -> bool:
    """Whether the message begins as one that goes on: "and …", "what about …"."""
    return bool(_OPENER.match(" ".join(words_of(text))))


def points_back(text: str) -> bool:
    """Whether the message has a word that may stand for something said before; it may also be complete in itself."""
    return (stands(text) or "?" in text) and not _POINTING.isdisjoint(_EMPTY.sub(" ", " ".join(words_of(text))).split())


def is_long(text: str) -> bool:
    """Whether the message has so many words that, when it is answered by itself, nothing is left out."""
    return len(words_of(text)) >= COMPLETE


def move(text: str) -> int:
    """1 when the message only asks for what comes next ("and after that?"), -1 for what comes before, else 0."""
    words = words_of(text)
    plain = " ".join(words)
    if len(words) > _MOVING:
        return 0
    return 1 if _AFTER.search(plain) else -1 if _BEFORE.search(plain) else 0


def move_from_named(text: str) -> int:
    """The same for a message that names what to go on from: "what comes after the portfolio?"."""
    words = words_of(text)
    found = _BESIDE.match(" ".join(words)) if len(words) <= _NAMING else None
    if found is None:
        return 0
    return 1 if found[1] in ("after", "above", "over") else -1


def place(text: str) -> int | None:
    """The place in an order, from 0, that the message names: "the first thing", "step 5"; None when it names none."""
    found = _PLACE.search(" ".join(words_of(text)))
    if found is None:
        return None
    named = found[1] or found[2]
    return next(int(named) - 1 if named.isdigit() else row.index(named) for row in (_ORDINALS, _NUMBERS)
                if named.isdigit() or named in row)  # fmt: skip


def only_places(text: str) -> bool:
    """Whether the message asks for a place in an order and for nothing else: "and the third?"."""
    return leans(text) and place(text) is not None and len(words_of(text)) <= _PLACING
