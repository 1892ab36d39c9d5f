"""How a message asks, whatever it is about: what kind of thing it wants to know, or that it asks nothing at all."""

import re

from bot.matching.compound import stands
from bot.matching.normalise import words_of

_SPANS = "years?|months?|weeks?|days?|hours?"
_VERBS = "can|could|may|might|am|will|should|must|do|does|did|are|is|has|have|would"
_SUBJECTS = "i|we|you|he|she|it|they|there|a|an|the|my|people|someone|anyone"
# In this order: the first that is met is the kind.
_KINDS = (
    rf"how (?:long|soon|fast|quickly|quick)|how many (?:{_SPANS})|time ?line|takes? (?:me )?long",
    r"how (?:much|expensive|pricey|cheap|well paid)|costs?|prices?|salary|salaries|fees?|pays?|earn|paid|afford",
    r"how many|how (?:often|big|large|high|low)|number of|percent(?:age)?",
    r"where|which (?:place|country|countries|city|state|states|website|page)",
    r"who|whom|whose",
    r"why|how come|what for|reasons?",
    r"when|what time|what date|deadline",
    r"how (?:do|does|can|could|to|would|should|did)|way to|ways to|steps?|best way",
    r"what (?:is|are|does|do)|what does .* mean|meaning of|difference|define|explain",
    rf"(?:{_VERBS}) (?:{_SUBJECTS})|possible|allowed|(?:need|have|has) to|too (?:old|late|young)",
)
_PATTERNS = tuple(re.compile(rf"\b(?:{kind})\b") for kind in _KINDS)
#: How many kinds there are; kind 0 is none of them.
KINDS = len(_KINDS) + 1
_SELF = frozenset("i we my our me us".split())


def kind_of(text: str) -> int:
    """What the message wants to know, as a number below `KINDS`: how long, how much, where, …; 0 when it is untold."""
    plain = " ".join(words_of(text))
    return next((number for number, pattern in enumerate(_PATTERNS, 1) if pattern.search(plain)), 0)


def asks(text: str) -> bool:
    """Whether the message is put as a question or a request, somewhere."""
    return "?" in text or any(stands(part) for part in re.split(r"[.!?,;:\n]\s*|\b(?:and|but|so)\b", text) if part)


def tells(text: str) -> bool:
    """Whether the message speaks of its writer and asks nothing: "finally sent my application"."""
    return not asks(text) and not _SELF.isdisjoint(words_of(text))
