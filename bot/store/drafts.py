"""A text that somebody wants to save as an entry, checked so that every file and database can hold it."""

import re
from dataclasses import dataclass

from pydantic import ValidationError

from bot.errors import WaymarkError
from bot.knowledge.models import ANSWER_LIMIT, ID_LIMIT, Entry

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

    def cleaned(self) -> "Draft":
        """The same without blank edges, blank or repeated phrasings, and what no database holds."""
        question = " ".join(storable(self.question).split())
        phrasings = (" ".join(storable(text).split()) for text in self.phrasings)
        return Draft(question, storable(self.answer), tuple(dict.fromkeys(text for text in phrasings if text)))

    def checked(self) -> "Draft":
        """The same, cleaned; raises `WaymarkError` for what is no entry."""
        draft = self.cleaned()
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
            f"`{entry_id[:ID_LIMIT]}` cannot be an id, and nothing was saved. An id has small letters and digits, "
            f"joined by single hyphens, {ID_LIMIT} characters at most."
        ) from None


def checked_reason(reason: str | None) -> str | None:
    """The reason on one line and not too long, None when it says nothing."""
    return " ".join(storable(reason or "").split())[:REASON_LIMIT] or None


def storable(text: str) -> str:
    """The text as every database can hold it, with plain line breaks and without blank edges."""
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
