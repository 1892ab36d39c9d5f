"""What all that is stored about a member's way has in common: rows that are made once, states, and forgetting."""

import json
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, delete, inspect
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.database import Database
from bot.store.drafts import storable
from bot.store.tables import Base

_Row = TypeVar("_Row", bound=Base)

#: A state or a result as the domain gives it with `as_json`: nothing but what JSON has.
State = dict[str, Any]


async def made_once(session: AsyncSession, table: type[_Row], **values: object) -> _Row:
    """The row with the primary key that is among the values, made of them where there is none.

    Nobody else changes it until the transaction ends; of several who make it at once, the others wait and get it too.
    """
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    key = [column.name for column in inspect(table).primary_key]
    asked = insert(table).values(values)
    # Says nothing new, but locks the row that is there and gives it.
    unchanged = asked.on_conflict_do_update(index_elements=key, set_={key[0]: asked.excluded[key[0]]})
    return (await session.scalars(unchanged.returning(table))).one()


def storable_state(state: State) -> State:
    """The state as it will be read again, and as every database and backup can hold it.

    Raises `TypeError` or `ValueError` for what JSON does not have.
    """
    plain: State = _cleaned(json.loads(json.dumps(state, allow_nan=False)))
    return plain


async def forget_rows(database: Database, table: type[Base], whose: ColumnElement[bool]) -> int:
    """Lets those rows go; gives how many there were."""
    async with database.writing() as session:
        gone = await session.execute(delete(table).where(whose).returning(*inspect(table).primary_key))
        return len(gone.all())


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, list):
        return [_cleaned(one) for one in value]
    return {key: _cleaned(one) for key, one in value.items()} if isinstance(value, dict) else value
