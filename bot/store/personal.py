"""What every part of the store that holds something on people can do: give it out, and let it go."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

#: What is held on a person: by table a mapping for each row, with plain values that JSON knows.
Held = Mapping[str, Sequence[Mapping[str, object]]]


class Personal(Protocol):
    """A part of the store that holds something on people."""

    async def export(self, person: int) -> Held:
        """All that is held on the person, without what it holds on others."""

    async def forget(self, person: int, server: int | None = None) -> int:
        """Lets go what is held on the person, in one server or in all; gives in how many places it was."""


def theirs(column: InstrumentedAttribute[Any], person: int, server: int | None = None) -> ColumnElement[bool]:
    """The rows whose `column` names the person, in one server or in all."""
    named: ColumnElement[bool] = column == person
    return named if server is None else and_(named, column.class_.server == server)


async def rows(
    session: AsyncSession, where: ColumnElement[bool], *columns: InstrumentedAttribute[Any]
) -> list[dict[str, object]]:
    """These columns of the rows, as plain values that JSON knows, in the order of the first columns."""
    found = await session.execute(select(*columns).where(where).order_by(*columns[:2]))
    return [{name: _plain(value) for name, value in row.items()} for row in found.mappings()]


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, dt.datetime) else value
