"""The entries of servers with all their versions, what waits to be published, and what was done."""

import datetime as dt

from sqlalchemy import JSON, BigInteger, ForeignKeyConstraint, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables.base import Base, UtcTime


class EntryRow(Base):
    """An entry of a server: which version is in use, and since when it lies in the bin if it does.

    It names no person, so there is nothing to forget.
    """

    __tablename__ = "community_entries"

    server: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    entry_id: Mapped[str] = mapped_column(String(60), primary_key=True)
    version: Mapped[int] = mapped_column(Integer)
    #: Whether it stands in place of the guide's entry with the same id.
    overrides: Mapped[bool]
    removed_at: Mapped[dt.datetime | None] = mapped_column(UtcTime, index=True)


class VersionRow(Base):
    """Each text that an entry ever had, with who wrote it, when and why; goes with its entry.

    To forget a person, `author` is emptied; the text is the community's and stays.
    """

    __tablename__ = "community_versions"
    __table_args__ = (
        ForeignKeyConstraint(
            ["server", "entry_id"], ["community_entries.server", "community_entries.entry_id"], ondelete="CASCADE"
        ),
    )

    server: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    entry_id: Mapped[str] = mapped_column(String(60), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    question: Mapped[str] = mapped_column(Text)
    answer: Mapped[str] = mapped_column(Text)
    phrasings: Mapped[list[str]] = mapped_column(JSON)
    author: Mapped[int | None] = mapped_column(BigInteger, index=True)
    at: Mapped[dt.datetime] = mapped_column(UtcTime)
    action: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str | None] = mapped_column(Text)


class AuditRow(Base):
    """What was done to the entries of a server, in order; stays when an entry is gone for good.

    To forget a person, `author` is emptied; that something was done stays.
    """

    __tablename__ = "audit_log"
    __table_args__ = (Index("ix_audit_log_server", "server", "number"),)

    # Only an INTEGER key counts up by itself in SQLite.
    number: Mapped[int] = mapped_column(BigInteger().with_variant(Integer(), "sqlite"), primary_key=True)
    server: Mapped[int] = mapped_column(BigInteger)
    entry_id: Mapped[str] = mapped_column(String(60))
    version: Mapped[int] = mapped_column(Integer)
    action: Mapped[str] = mapped_column(String(20))
    author: Mapped[int | None] = mapped_column(BigInteger, index=True)
    at: Mapped[dt.datetime] = mapped_column(UtcTime)
    reason: Mapped[str | None] = mapped_column(Text)


class PendingRow(Base):
    """A form that a moderator filled in and has not published yet; gone when it is published, cancelled or a day old.

    To forget a person, what they have not published goes.
    """

    __tablename__ = "pending_drafts"

    key: Mapped[str] = mapped_column(String(20), primary_key=True)
    server: Mapped[int] = mapped_column(BigInteger)
    #: None for a new entry.
    entry_id: Mapped[str | None] = mapped_column(String(60))
    #: The version that the form was filled in from, None for an entry that is not the server's own yet.
    expected_version: Mapped[int | None] = mapped_column(Integer)
    question: Mapped[str] = mapped_column(Text)
    answer: Mapped[str] = mapped_column(Text)
    phrasings: Mapped[list[str]] = mapped_column(JSON)
    reason: Mapped[str | None] = mapped_column(Text)
    author: Mapped[int] = mapped_column(BigInteger, index=True)
    at: Mapped[dt.datetime] = mapped_column(UtcTime, index=True)
