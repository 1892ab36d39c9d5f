"""Which messages of a channel are questions to the room at all, so that an answer may be offered unasked.

Chat logs taught the rule: single words ("ready?") and what people ask each other ("what is your major?") are what a
coach would speak up to wrongly.
"""

import re

from bot.matching.asking import asks
from bot.matching.normalise import words_of

#: Fewest words of a question; below, it is a shout or a keyword.
WORDS = 3
_TO_SOMEBODY = re.compile(r"\b(?:your|yours|ur)\b|\b(?:are|were|did|have|had|will|would|do|can|could) (?:you|u|ya)\b")
#: Said of anybody: "how do you become one", "do you need a degree".
_OF_ANYBODY = re.compile(r"\bhow (?:do|would|can|could) (?:you|u)\b|\bdo (?:you|u) (?:need|have to|get|make|earn)\b")


def is_to_the_room(text: str) -> bool:
    """Whether the message is a question that anybody might answer, and not one to a single person."""
    words = words_of(text)
    plain = " ".join(words)
    to_somebody = _TO_SOMEBODY.search(_OF_ANYBODY.sub(" ", plain))
    return len(words) >= WORDS and asks(text) and not to_somebody
