"""Cuts a message that asks several things into its questions, and leaves whole what is one.

Not here: which entry answers each (`matcher`).
"""

import re
from itertools import pairwise

from bot.matching.normalise import words_of

#: Most questions of a message that are answered one by one.
MOST = 3
#: Most words of a thing that is named in a list ("the pros, the cons and the usual pay").
SHORT = 7
#: From how many words on a message is taken for a story, in which much looks like a question.
STORY = 30

# Where one question may end and the next begin. A comma or "and" alone proves nothing: see `stands`.
_BORDER = re.compile(
    r"(?<=[?!.])\s+(?:(?:and|also|plus|n)\b,?\s*)?|\s*[,;:]\s*(?:(?:and|also|plus|then|but)\b\s*)?"
    r"|\s+(?:and|also|plus|n)\s+|\s*[+&]\s+|(?:^|\s+)\(?[1-9]\)\s*",
    re.IGNORECASE,
)
_CONNECTING = frozenset("and also plus then but so ok okay hi hey hello oh well please yes no thanks".split())
_OPENING = frozenset(
    "what which who whom whose when where why how is am are was were do does did can could will would should shall may "
    "might must has have any whats hows wheres whos whens".split()
)
_TELLING = frozenset("tell show explain give help list describe name need".split())
# What a further question may begin with: "if not, what …", "by the way, how …".
_LEAD_IN = re.compile(
    r"^(?:(?:(?:and|also|plus|then|but|so|ok|okay|n|btw|by the way|if (?:so|not|yes|no)|in that case"
    r"|after (?:it|that))\b|\(?[1-9]\))[\s,:]*)+",
    re.IGNORECASE,
)
_WISH = (
    r"(?:i|we)(?: would|'d|d)? (?:also |just )?(?:like|want|need) to (?:also )?(?:know|ask|hear|understand|learn)"
    r"|i wonder"
    r"|(?:can|could|would) (?:you|u|anyone|somebody|someone) (?:please )?(?:tell|show|explain|give|help|list|describe)"
)
_WISHING = re.compile(rf"^(?:{_WISH})\b", re.IGNORECASE)
_BEGINNING = re.compile(r"^(?:r|whether|wanna know|wondering|curious)\b", re.IGNORECASE)
# "in Spain what is the pay": a question that does not begin as one.
_WITHIN = re.compile(
    r"\b(?:what|which|who|where|when|why|how)(?: (?:else|much|many|long|often|hard|good))?"
    r" (?:is|are|do|does|did|can|could|will|would|should|must|has|have)\b"
)
_JOINING = re.compile(r"\b(?:and|also|plus|n)\b|[+&]", re.IGNORECASE)
_SPEAKER = re.compile(r"^(?:i|im|ive|id|we|he|she|they|you|it|thanks|thank)\b", re.IGNORECASE)


def questions_of(text: str) -> tuple[str, ...]:
    """The questions of a message in order, one to `MOST`; a message that is one question, or none, comes back whole.

    A part is a question of its own only when it begins as one ("what …", "do they …", "tell me …"); what stands before
    the first, such as "I'm a teacher", stays with it, and what else does not stand stays with the part before. Before a
    question of its own, a few words with a question mark are one too ("salary?").
    """
    told = len(words_of(text)) > STORY
    parts: list[str] = []
    start = 0
    for border in _BORDER.finditer(text):
        before, rest = text[start : border.start()], text[border.end() :]
        if not begins(rest, told=told):
            continue
        if asks_something(before, told=told):
            parts.append(before)
            start = border.end()
    return _parts([*parts, text[start:]]) or (text,)


def things_of(text: str) -> tuple[str, ...]:
    """The things and questions that a list names ("the pros, the cons, and what it pays"); else the message whole.

    Whether these are asked about one by one, or belong together, only their answers can tell.
    """
    pieces: list[str] = []
    joins: list[str] = []
    start = 0
    for border in _BORDER.finditer(text):
        pieces.append(text[start : border.start()])
        joins.append(border[0])
        start = border.end()
    parts = _parts([*pieces, text[start:]])
    joined = joins and (pieces[-1].endswith("?") or bool(_JOINING.search(joins[-1])))
    if not joined or not all(begins(part) or _is_thing(part) for part in parts):
        return (text,)
    # "do they work nights and weekends": the second only goes on with the question.
    on = (_goes_on(part) and _is_thing(later) for part, later in pairwise(parts))
    return (text,) if any(on) else parts or (text,)


def _parts(pieces: list[str]) -> tuple[str, ...]:
    """The pieces without what leads over to them; none unless there are two to `MOST`."""
    parts = [_LEAD_IN.sub("", piece.strip()) or piece.strip() for piece in pieces]
    found = tuple(part for part in parts if words_of(part) and not _CONNECTING.issuperset(words_of(part)))
    return found if 1 < len(found) <= MOST else ()


def stands(text: str) -> bool:
    """Whether the text begins as a question or a request does."""
    words = [word for word in words_of(text[:80]) if word not in _CONNECTING]
    return bool(words) and (words[0] in _OPENING or words[0] in _TELLING)


def begins(text: str, *, told: bool = False) -> bool:
    """Whether a further question of a message begins here; in a story that is told, fewer beginnings count."""
    rest = _LEAD_IN.sub("", text[:80])
    return stands(rest) or (not told and bool(_WISHING.match(rest) or _BEGINNING.match(rest)))


def asks_something(text: str, *, told: bool = False) -> bool:
    """Whether a question stands anywhere in a part of a message; in a story that is told, fewer beginnings count."""
    if text.endswith("?") or any(begins(piece, told=told) for piece in _BORDER.split(text)):
        return True
    return not told and bool(_WITHIN.search(" ".join(words_of(text))))


def _is_thing(text: str) -> bool:
    """Whether the text may name a thing to be told about: a few words that are no sentence of their own."""
    rest = _LEAD_IN.sub("", text)
    return 0 < len(words_of(rest)) <= SHORT and not _SPEAKER.match(rest) and not stands(rest)


def _goes_on(part: str) -> bool:
    """Whether a thing that follows would only go on with the question that this is: it is no request for things."""
    if part.endswith("?") or _WISHING.match(part):
        return False
    words = [word for word in words_of(part[:80]) if word not in _CONNECTING]
    return bool(words) and words[0] in _OPENING
