"""What a server has set."""

from typing import Any

from sqlalchemy import JSON, BigInteger
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables.base import Base


class ServerRow(Base):
    """The settings of a server as `/setup` stores them. It names roles and channels, no person."""

    __tablename__ = "server_settings"

    server: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    values: Mapped[dict[str, Any]] = mapped_column(JSON)
