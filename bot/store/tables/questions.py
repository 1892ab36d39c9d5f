"""What members asked and what came of it."""

import datetime as dt

from sqlalchemy import BigInteger, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables.base import Base, UtcTime


class QuestionRow(Base):
    """A question that was asked in a server, and the verdict it got.

    To forget a person, `member` and `text` are emptied; the same happens to every question after the server's span for
    keeping texts, 90 days by default. That something was asked stays, for the counts.
    """

    __tablename__ = "questions"
    __table_args__ = (Index("ix_questions_server", "server", "at"),)

    # Only an INTEGER key counts up by itself in SQLite.
    number: Mapped[int] = mapped_column(BigInteger().with_variant(Integer(), "sqlite"), primary_key=True)
    server: Mapped[int] = mapped_column(BigInteger)
    channel: Mapped[int] = mapped_column(BigInteger)
    member: Mapped[int | None] = mapped_column(BigInteger, index=True)
    text: Mapped[str | None] = mapped_column(Text)
    #: The verdict: `answer`, `suggestions` or `none`.
    kind: Mapped[str] = mapped_column(String(20))
    #: The first entry that was shown, None for a miss.
    entry_id: Mapped[str | None] = mapped_column(String(60))
    #: What the asker said of it: `helped` or `missed`; None when they said nothing.
    outcome: Mapped[str | None] = mapped_column(String(20))
    #: The entry that the asker chose after the first one was not right.
    chosen: Mapped[str | None] = mapped_column(String(60))
    #: What moderators made of it in the inbox: `answered` or `dismissed`; None while they have not.
    settled: Mapped[str | None] = mapped_column(String(20))
    #: The entry that answers it, where they said which.
    settled_entry: Mapped[str | None] = mapped_column(String(60))
    at: Mapped[dt.datetime] = mapped_column(UtcTime, index=True)
