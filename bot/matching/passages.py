"""Cuts a long message into the passages that may hold its question, so that the rest of the story does not drown it."""

import re
from dataclasses import dataclass

_SENTENCE = re.compile(r"[^.!?\n…]+[.!?…]*")
#: From how many words on a message is looked at in passages as well.
LONG = 14
#: Shortest passage in words; shorter ones are joined to the next.
SHORT = 4
#: What counts of the confidence by a sentence that asks, and by another: the whole usually tells best.
ASKED, TOLD = 0.7, 0.6
#: Most passages of a message; the last ones, as people tend to ask at the end.
MOST = 8


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of a message, and the share (0 to 1) of its confidence that counts for the whole."""

    text: str
    share: float


def passages_of(text: str) -> list[Passage]:
    """The whole message first; for a long one also its sentences."""
    whole = [Passage(text, 1.0)]
    if len(text.split()) < LONG:
        return whole
    sentences: list[str] = []
    for found in _SENTENCE.findall(text):
        if sentences and len(sentences[-1].split()) < SHORT:
            sentences[-1] += f" {found.strip()}"
        elif found.strip():
            sentences.append(found.strip())
    if len(sentences) < 2:
        return whole
    return whole + [Passage(sentence, ASKED if sentence.endswith("?") else TOLD) for sentence in sentences[-MOST:]]
