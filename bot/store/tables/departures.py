"""Who has left a server."""

import datetime as dt

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables.base import Base, UtcTime


class DepartureRow(Base):
    """A member has left a server: after the server's span for keeping texts, all that is held on them there goes.

    To forget a person, the row goes; so it does when they come back, and when the rest has gone.
    """

    __tablename__ = "departures"

    server: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    member: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False, index=True)
    at: Mapped[dt.datetime] = mapped_column(UtcTime, index=True)
