"""What members ask mentors, and what mentors point to."""

import datetime as dt

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables.base import Base, UtcTime


class MentorRequestRow(Base):
    """A question for the mentors, as their card shows it.

    To forget a person, what they asked is emptied, with their id, and a request that waits is closed; of what they took
    over, their id is emptied, and what they have not answered is open again. The same happens to all of it after the
    server's span for keeping texts. That something was asked, and how long it waited, stays.
    """

    __tablename__ = "mentor_requests"
    __table_args__ = (
        Index("ix_mentor_requests_server", "server", "number"),
        Index("ix_mentor_requests_asker", "asker", "question", unique=True),
    )

    # Only an INTEGER key counts up by itself in SQLite.
    number: Mapped[int] = mapped_column(BigInteger().with_variant(Integer(), "sqlite"), primary_key=True)
    server: Mapped[int] = mapped_column(BigInteger)
    #: Where it was asked.
    channel: Mapped[int] = mapped_column(BigInteger)
    #: The question that was missed before; None when there was none.
    question: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("questions.number"), index=True)
    asker: Mapped[int | None] = mapped_column(BigInteger)
    #: Whether mentors must not learn who asked.
    anonymous: Mapped[bool]
    text: Mapped[str | None] = mapped_column(Text)
    #: The entries that were shown before, each with its confidence.
    tried: Mapped[list[tuple[str, float]]] = mapped_column(JSON)
    #: Where on their path the asker is, if they allowed to tell it.
    step: Mapped[str | None] = mapped_column(String(200))
    #: `open`, `claimed`, `answered` or `closed`.
    state: Mapped[str] = mapped_column(String(20))
    claimed_by: Mapped[int | None] = mapped_column(BigInteger, index=True)
    claimed_at: Mapped[dt.datetime | None] = mapped_column(UtcTime)
    answered_at: Mapped[dt.datetime | None] = mapped_column(UtcTime)
    #: The message that shows it to the mentors, once it stands there.
    card_channel: Mapped[int | None] = mapped_column(BigInteger)
    card: Mapped[int | None] = mapped_column(BigInteger)
    at: Mapped[dt.datetime] = mapped_column(UtcTime)


class RelayRow(Base):
    """A message that was passed on between an anonymous asker and the mentors, without its text.

    To forget a person, what was passed on for their requests goes; it also goes when what they asked does.
    """

    __tablename__ = "mentor_relays"

    message: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    channel: Mapped[int] = mapped_column(BigInteger)
    request: Mapped[int] = mapped_column(BigInteger, ForeignKey("mentor_requests.number"), index=True)
    #: Whether it came from the asker.
    by_asker: Mapped[bool]
    at: Mapped[dt.datetime] = mapped_column(UtcTime)


class ReportRow(Base):
    """Somebody reported what an anonymous asker wrote.

    To forget a person, `reporter` and `reason` are emptied of what they reported, and `reason` of what was reported of
    them; the same happens to all of it after the server's span for keeping texts.
    """

    __tablename__ = "mentor_reports"

    number: Mapped[int] = mapped_column(BigInteger().with_variant(Integer(), "sqlite"), primary_key=True)
    server: Mapped[int] = mapped_column(BigInteger)
    request: Mapped[int] = mapped_column(BigInteger, ForeignKey("mentor_requests.number"), index=True)
    reporter: Mapped[int | None] = mapped_column(BigInteger, index=True)
    reason: Mapped[str | None] = mapped_column(Text)
    at: Mapped[dt.datetime] = mapped_column(UtcTime)


class UnmaskingRow(Base):
    """A moderator learned who an anonymous asker is. The asker is not named here.

    To forget a person, `moderator` is emptied where they did so, and `reason` where it was done to them; `reason` also
    goes after the server's span for keeping texts. That it was done stays.
    """

    __tablename__ = "unmaskings"
    __table_args__ = (Index("ix_unmaskings_server", "server", "number"),)

    number: Mapped[int] = mapped_column(BigInteger().with_variant(Integer(), "sqlite"), primary_key=True)
    server: Mapped[int] = mapped_column(BigInteger)
    request: Mapped[int] = mapped_column(BigInteger, ForeignKey("mentor_requests.number"), index=True)
    moderator: Mapped[int | None] = mapped_column(BigInteger, index=True)
    reason: Mapped[str | None] = mapped_column(Text)
    at: Mapped[dt.datetime] = mapped_column(UtcTime)


class PointRow(Base):
    """A mentor pointed somebody to an entry or a command. To whom is not kept.

    To forget a person, `mentor` is emptied, and so it is after the server's span for keeping texts. That somebody was
    pointed there stays, for the counts.
    """

    __tablename__ = "mentor_points"
    __table_args__ = (Index("ix_mentor_points_server", "server", "at"),)

    number: Mapped[int] = mapped_column(BigInteger().with_variant(Integer(), "sqlite"), primary_key=True)
    server: Mapped[int] = mapped_column(BigInteger)
    mentor: Mapped[int | None] = mapped_column(BigInteger, index=True)
    #: The id of an entry, or a command with its slash.
    topic: Mapped[str] = mapped_column(String(100))
    #: What the newcomer said: `helped` or `missed`; None when they said nothing.
    outcome: Mapped[str | None] = mapped_column(String(20))
    at: Mapped[dt.datetime] = mapped_column(UtcTime)
