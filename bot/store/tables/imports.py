"""Files that moderators import, and what there was before."""

import datetime as dt

from sqlalchemy import BigInteger, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables.base import Base, UtcTime


class ImportRow(Base):
    """A file that waits to be imported, gone when it is cancelled or a day old; then what it replaced, for 30 days.

    To forget a person, what they have not imported goes, and in the others `author` is emptied.
    """

    __tablename__ = "imports"

    key: Mapped[str] = mapped_column(String(20), primary_key=True)
    server: Mapped[int] = mapped_column(BigInteger, index=True)
    #: What it is, as the audit log names it.
    title: Mapped[str] = mapped_column(Text)
    #: Whether entries that the file lacks stay.
    keep: Mapped[bool]
    #: The entries of the file while it waits; once it is imported, those that stood before (`Snapshot.text`).
    entries: Mapped[str] = mapped_column(Text)
    #: What it did (`bot.store.imports.Done`), None while it waits.
    done: Mapped[str | None] = mapped_column(Text)
    author: Mapped[int | None] = mapped_column(BigInteger, index=True)
    #: When the file came, from then on when it was imported.
    at: Mapped[dt.datetime] = mapped_column(UtcTime, index=True)
