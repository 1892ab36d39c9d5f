"""All rows of a database as text, the same whichever database they come from, and back again.

The first line tells the format and the revision; then comes a line for each row, table by table, those that others
hang on first; the last line has the number of rows and a checksum of all lines before it, so that a file which was cut
off or changed is known as such.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    DateTime,
    Integer,
    MetaData,
    String,
    Table,
    func,
    insert,
    inspect,
    select,
)
from sqlalchemy.types import TypeEngine

from bot.errors import WaymarkError
from bot.store import revisions
from bot.store.tables import OURS

#: What the first line says this is. A change of the form gets the next number.
FORMAT = 1
_KEY = "waymark_backup"


@dataclass(frozen=True, slots=True)
class Dump:
    """What a dump holds: its revision, and for each table its rows, with values as JSON has them."""

    revision: str
    rows: tuple[tuple[str, dict[str, object]], ...]


def lines(connection: Connection) -> Iterator[str]:
    """The lines of a dump, each with its end; raises `WaymarkError` for a database that holds nothing of Waymark's."""
    revision = revisions.revision_of(connection)
    if revision is None:
        raise WaymarkError("The database holds nothing of Waymark's yet. `waymark migrate` sets it up.")
    digest, number = hashlib.sha256(), 0
    first = _line({_KEY: FORMAT, "revision": revision})
    digest.update(first.encode())
    yield first
    for table in _tables(connection):
        for row in connection.execute(select(table).order_by(*_order(connection, table))).mappings():
            line = _line({"table": table.name, "row": {name: _as_json(value) for name, value in row.items()}})
            digest.update(line.encode())
            number += 1
            yield line
    yield _line({"rows": number, "sha256": digest.hexdigest()})


def read(text: Iterable[str], name: str) -> Dump:
    """What the lines of a dump say; raises `WaymarkError`, with the file's name, for all that is not a whole dump."""
    digest, ended = hashlib.sha256(), False
    rows: list[tuple[str, dict[str, object]]] = []
    revision: str | None = None
    for line in text:
        try:
            said = json.loads(line)
        except ValueError:
            said = None
        if revision is None:
            revision = _revision(said, name)
        elif ended or not isinstance(said, dict):
            raise _damaged(name)
        elif said.keys() == {"rows", "sha256"}:
            if said != {"rows": len(rows), "sha256": digest.hexdigest()}:
                raise _damaged(name)
            ended = True
        elif said.get("table") in OURS and isinstance(said.get("row"), dict):
            rows.append((str(said["table"]), said["row"]))
        else:
            raise _damaged(name)
        digest.update(line.encode())
    if revision is None or not ended:
        raise _damaged(name)
    return Dump(revision, tuple(rows))


def load(connection: Connection, dump: Dump) -> None:
    """Puts what a dump holds in the place of all that the database has of Waymark's, in the newest shape.

    Runs in a transaction of the caller's: what raises leaves the database as it was.
    """
    revisions.revision_of(connection)
    for table in reversed(_tables(connection)):
        table.drop(connection)
    if inspect(connection).has_table(revisions.VERSION_TABLE):
        Table(revisions.VERSION_TABLE, MetaData()).drop(connection)
    # The rows go into tables as they were when the rows were written, and change with them from there.
    revisions.upgrade(connection, dump.revision)
    for table in _tables(connection):
        rows = [_as_values(connection, table, row) for name, row in dump.rows if name == table.name]
        if rows:
            connection.execute(insert(table), rows)
        _count_on(connection, table)
    revisions.upgrade(connection)


def _revision(said: object, name: str) -> str:
    if not isinstance(said, dict) or _KEY not in said:
        raise WaymarkError(f"{name} is no backup of Waymark's. Nothing was changed; name a file that `backup` wrote.")
    revision = said.get("revision")
    if said[_KEY] != FORMAT or not isinstance(revision, str) or not revisions.known(revision):
        raise WaymarkError(f"{name} was written by a newer Waymark. Nothing was changed; update Waymark, then restore.")
    return revision


def _damaged(name: str) -> WaymarkError:
    return WaymarkError(f"{name} is damaged or not whole. Nothing was changed; restore from another backup.")


def _tables(connection: Connection) -> list[Table]:
    """Waymark's tables as the database has them, those that others hang on first."""
    found = MetaData()
    present = OURS & set(inspect(connection).get_table_names())
    found.reflect(connection, only=sorted(present))
    return found.sorted_tables


def _order(connection: Connection, table: Table) -> list[ColumnElement[Any]]:
    """By the primary key; texts by their bytes, as a PostgreSQL server may sort them by a language's rules."""
    plain = connection.dialect.name == "postgresql"
    keys = table.primary_key.columns
    return [key.collate("C") if plain and isinstance(key.type, String) else key for key in keys]


def _line(value: dict[str, object]) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"


def _as_json(value: object) -> object:
    if isinstance(value, dt.datetime):
        # SQLite knows no zones; what is there is UTC.
        return value.replace(tzinfo=value.tzinfo or dt.UTC).astimezone(dt.UTC).isoformat(timespec="microseconds")
    return value


def _as_values(connection: Connection, table: Table, row: dict[str, object]) -> dict[str, object]:
    naive = connection.dialect.name == "sqlite"

    def value(kind: TypeEngine[object], said: object) -> object:
        if isinstance(kind, DateTime) and isinstance(said, str):
            moment = dt.datetime.fromisoformat(said)
            return moment.replace(tzinfo=None) if naive else moment
        return said

    return {column.name: value(column.type, row[column.name]) for column in table.columns}


def _count_on(connection: Connection, table: Table) -> None:
    """Lets a key that counts up by itself go on after the highest that is there; SQLite does so anyway."""
    keys = list(table.primary_key.columns)
    if connection.dialect.name != "postgresql" or len(keys) != 1 or not isinstance(keys[0].type, Integer):
        return
    sequence = connection.scalar(select(func.pg_get_serial_sequence(table.name, keys[0].name)))
    highest = connection.scalar(select(func.max(keys[0])))
    if sequence is not None and highest is not None:
        connection.execute(select(func.setval(sequence, highest)))
