"""Who is told when there is an answer."""

import datetime as dt

from sqlalchemy import BigInteger, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables.base import Base, UtcTime


class PromiseRow(Base):
    """A member wants to be told when there is an answer to a question; one row a member and question.

    To forget a person, the rows with their id go; so does each row after the server's span for keeping texts, counted
    from when there was an answer, and without one from when it was promised.
    """

    __tablename__ = "promises"

    question: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("questions.number"), primary_key=True, autoincrement=False
    )
    member: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False, index=True)
    server: Mapped[int] = mapped_column(BigInteger, index=True)
    #: Where they asked to be told.
    channel: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[dt.datetime] = mapped_column(UtcTime)
    #: The entry that answers, None as long as none does; and since when it does.
    entry_id: Mapped[str | None] = mapped_column(String(60))
    answered_at: Mapped[dt.datetime | None] = mapped_column(UtcTime)
    #: From when on they may be told; None before there is an answer and once they were told.
    due_at: Mapped[dt.datetime | None] = mapped_column(UtcTime, index=True)
    #: Who is telling them, by a random word, and since when; None when nobody is.
    claim: Mapped[str | None] = mapped_column(String(20))
    claimed_at: Mapped[dt.datetime | None] = mapped_column(UtcTime)
    #: When a message was about to be sent of which nobody knows yet whether it was.
    sending_at: Mapped[dt.datetime | None] = mapped_column(UtcTime)
    told_at: Mapped[dt.datetime | None] = mapped_column(UtcTime)
