"""How far members are on their ways, and who may see it. All of it is a member's own and goes when they say so."""

import datetime as dt
from typing import Any

from sqlalchemy import JSON, BigInteger, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables.base import Base, UtcTime


class MemberPathRow(Base):
    """How far a member has come on the path of a guide, notes included (`bot.coaching.progress.Progress`).

    To forget a person, the rows where they are `member` go.
    """

    __tablename__ = "member_paths"

    member: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    guide: Mapped[str] = mapped_column(String(60), primary_key=True)
    state: Mapped[dict[str, Any]] = mapped_column(JSON)
    #: How many different states there were, this one included.
    version: Mapped[int] = mapped_column(Integer)
    begun_at: Mapped[dt.datetime] = mapped_column(UtcTime)
    changed_at: Mapped[dt.datetime] = mapped_column(UtcTime)


class ResultRow(Base):
    """What a skills or readiness check came to, where the member had it saved.

    To forget a person, the rows where they are `member` go.
    """

    __tablename__ = "member_results"
    __table_args__ = (Index("ix_member_results_member", "member", "guide", "kind"),)

    # Only an INTEGER key counts up by itself in SQLite.
    number: Mapped[int] = mapped_column(BigInteger().with_variant(Integer(), "sqlite"), primary_key=True)
    member: Mapped[int] = mapped_column(BigInteger)
    guide: Mapped[str] = mapped_column(String(60))
    #: `skills` or `readiness`.
    kind: Mapped[str] = mapped_column(String(20))
    values: Mapped[dict[str, Any]] = mapped_column(JSON)
    at: Mapped[dt.datetime] = mapped_column(UtcTime)


class PracticeStateRow(Base):
    """Which interview questions a member has had and how they rated themselves, never what they answered; and what they
    wrote for a paper, such as a resume, until its file is made.

    To forget a person, the rows where they are `member` go.
    """

    __tablename__ = "practice_states"

    member: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    guide: Mapped[str] = mapped_column(String(60), primary_key=True)
    #: None only inside the transaction that makes the row.
    state: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class CheckInRow(Base):
    """When a member wants to be asked how it goes, and where.

    To forget a person, the rows where they are `member` go.
    """

    __tablename__ = "check_ins"

    member: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    guide: Mapped[str] = mapped_column(String(60), primary_key=True)
    #: `week` or `month`.
    every: Mapped[str] = mapped_column(String(10))
    #: Of the week (from 1, Monday) or of the month, as the member chose it: in a short month it is its last day.
    day: Mapped[int] = mapped_column(Integer)
    #: From 0 to 23, by the member's own clock.
    hour: Mapped[int] = mapped_column(Integer)
    #: The zone of that clock, as the IANA names it.
    zone: Mapped[str] = mapped_column(String(64))
    #: Where a private thread may be opened when direct messages are closed; None when nowhere.
    server: Mapped[int | None] = mapped_column(BigInteger)
    channel: Mapped[int | None] = mapped_column(BigInteger)
    #: The thread that was opened.
    thread: Mapped[int | None] = mapped_column(BigInteger)
    #: The time of the next one; stays as it is until that one was sent, and stands for it.
    due_at: Mapped[dt.datetime] = mapped_column(UtcTime)
    #: When it is to be tried: the same, or later when it failed.
    next_at: Mapped[dt.datetime] = mapped_column(UtcTime, index=True)
    #: Since when somebody is about to send it, None when nobody is.
    claimed_at: Mapped[dt.datetime | None] = mapped_column(UtcTime)
    #: Who was last about to send the one of `due_at`, None when nobody was yet.
    claim: Mapped[str | None] = mapped_column(String(20))


class PathViewerRow(Base):
    """A mentor, or everybody with a role, who may see a member's path in a server.

    To forget a person, the rows where they are `member` go, and those where they are `viewer` themselves.
    """

    __tablename__ = "path_viewers"

    member: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    guide: Mapped[str] = mapped_column(String(60), primary_key=True)
    server: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    viewer: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False, index=True)
    #: Whether `viewer` is a role's id and no person's.
    is_role: Mapped[bool]
    at: Mapped[dt.datetime] = mapped_column(UtcTime)
