"""What the store tells: plain values, and the refusals that a person can do something about."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from bot.errors import WaymarkError
from bot.store.drafts import Draft

#: How a version came to be. A removal is a version too, with the text as it was.
Action = Literal["add", "edit", "remove", "restore", "import"]
#: What the audit log tells of: the same, and the end of an entry that had lain in the bin long enough.
Deed = Action | Literal["purge"]

#: How long a removed entry can be taken back out of the bin.
BIN_DAYS = 30


@dataclass(frozen=True, slots=True)
class Version:
    """One text of an entry. `number` counts from 1; `at` is in UTC; `author` is None once that person is forgotten."""

    number: int
    draft: Draft
    author: int | None
    at: dt.datetime
    action: Action
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class StoredEntry:
    """An entry of a server as it stands; `overrides` when it stands in place of the guide's entry with that id."""

    server: int
    id: str
    current: Version
    overrides: bool = False

    @property
    def draft(self) -> Draft:
        """What it says."""
        return self.current.draft

    @property
    def version(self) -> int:
        """The number to name as `expected_version` in an edit."""
        return self.current.number


@dataclass(frozen=True, slots=True)
class Binned:
    """A removed entry, and when it will be gone for good; its current version tells who removed it and why."""

    entry: StoredEntry
    until: dt.datetime


@dataclass(frozen=True, slots=True)
class Change:
    """A line of the audit log. `author` is None for what nobody did in person, and once that person is forgotten."""

    entry_id: str
    version: int
    action: Deed
    author: int | None
    at: dt.datetime
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Replaced:
    """What an import did, by ids in order; what it left as it was is not named."""

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()


class MissingEntryError(WaymarkError):
    """There is no such entry, or no such version of it."""


class TakenIdError(WaymarkError):
    """An entry with this id is there already."""


class StaleEdit(WaymarkError):  # noqa: N818 - the name that the front and the documents know it by
    """Somebody saved between reading and saving: nothing was changed, and both texts are here to be shown."""

    def __init__(self, attempted: Draft, current: StoredEntry, expected_version: int) -> None:
        super().__init__(
            f"`{current.id}` was changed while you wrote: it is at version {current.version}, and you began from "
            f"{expected_version}. Nothing was saved; look at both texts and send yours again."
        )
        self.attempted = attempted
        self.current = current
