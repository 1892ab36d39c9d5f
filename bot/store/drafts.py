"""A text that somebody wants to save as an entry, checked so that every file and database can hold it."""

import re
import unicodedata
from collections.abc import Container
from dataclasses import dataclass

from pydantic import ValidationError

from bot.errors import WaymarkError
from bot.knowledge.models import ANSWER_LIMIT, Entry

#: Longest id (`bot.knowledge.models.Id`), and longest one that is made here: it should be easy to type.
_ID_LIMIT = 60
_READABLE = 40
#: Most phrasings of an entry, and most characters of each.
PHRASINGS_LIMIT = 50
PHRASING_LIMIT = 200
#: Longest reason in characters: what fits the line of a form of Discord's with room to spare.
REASON_LIMIT = 500
#: What neither PostgreSQL nor YAML takes as it is, and nobody types: control characters but line breaks and tabs, and
#: halves of characters.
_UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Draft:
    """What an entry says: its question, its answer, and other ways to ask for it."""

    question: str
    answer: str
    phrasings: tuple[str, ...] = ()

    def checked(self) -> "Draft":
        """The same without blank edges, blank or repeated phrasings; raises `WaymarkError` for what is no entry."""
        question = " ".join(_clean(self.question).split())
        phrasings = (" ".join(_clean(text).split()) for text in self.phrasings)
        draft = Draft(question, _clean(self.answer), tuple(dict.fromkeys(text for text in phrasings if text)))
        _check(draft)
        return draft

    def entry(self, entry_id: str) -> Entry:
        """The entry of the knowledge that says this; raises `ValidationError` for what cannot be one."""
        return Entry(id=entry_id, question=self.question, phrasings=list(self.phrasings), answer=self.answer)


def checked_id(entry_id: str) -> str:
    """The id as it is; raises `WaymarkError` for what cannot be one."""
    try:
        return Draft("?", ".").entry(entry_id).id
    except ValidationError:
        raise WaymarkError(
            f"`{entry_id[:_ID_LIMIT]}` cannot be an id, and nothing was saved. An id has small letters and digits, "
            f"joined by single hyphens, {_ID_LIMIT} characters at most."
        ) from None


def checked_reason(reason: str | None) -> str | None:
    """The reason on one line and not too long, None when it says nothing."""
    return " ".join(_clean(reason or "").split())[:REASON_LIMIT] or None


def readable_id(question: str, taken: Container[str]) -> str:
    """An id that nobody has, of the question's first words: `what-are-the-rules`, then `what-are-the-rules-2`."""
    plain = unicodedata.normalize("NFKD", question).encode("ascii", "ignore").decode().casefold()
    words = re.findall(r"[a-z0-9]+", plain.replace("'", ""))
    base = (words[0] if words else "entry")[:_READABLE]
    for word in words[1:]:
        if len(base) + 1 + len(word) > _READABLE:
            break
        base += f"-{word}"
    found, number = base, 1
    while found in taken:
        number += 1
        found = f"{base}-{number}"
    return found


def _clean(text: str) -> str:
    return _UNFIT.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _check(draft: Draft) -> None:
    try:
        draft.entry("x")
    except ValidationError as error:
        key = error.errors()[0]["loc"][0]
        raise WaymarkError(
            f"The {key} cannot be saved: it is empty or too long. Nothing was changed; mend it and send it again."
        ) from None
    if len(draft.answer) > ANSWER_LIMIT:
        raise WaymarkError(
            f"The answer has {len(draft.answer)} characters, and {ANSWER_LIMIT} fit a message. Nothing was changed; "
            "shorten it and send it again."
        )
    if len(draft.phrasings) > PHRASINGS_LIMIT or any(len(text) > PHRASING_LIMIT for text in draft.phrasings):
        raise WaymarkError(
            f"An entry may have {PHRASINGS_LIMIT} phrasings of {PHRASING_LIMIT} characters. Nothing was changed; "
            "shorten them and send it again."
        )
