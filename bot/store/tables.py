"""The tables, as this version of the code wants them; `migrations` brings a database there.

Each table tells how it forgets a person.
"""

import datetime as dt

from sqlalchemy import (
    JSON,
    BigInteger,
    DateTime,
    Dialect,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator


class UtcTime(TypeDecorator[dt.datetime]):
    """A moment, exact to the microsecond; always in UTC and aware of it, also in SQLite, which knows no time zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """Aware for PostgreSQL, naive UTC for SQLite."""
        if value is None:
            return None
        utc = value.astimezone(dt.UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """Aware UTC, whatever the database gave."""
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if dialect.name == "sqlite" else value.astimezone(dt.UTC)


class Base(DeclarativeBase):
    """What all tables have in common: constraints with names, by which later migrations can take them away."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


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


#: The names of all tables of Waymark's, those of older revisions too: a database may hold others that are not ours.
OURS = frozenset(Base.metadata.tables)
