"""What each server has set with `/setup`."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite

from bot.store.database import Database
from bot.store.member_rows import made_once
from bot.store.tables import ServerRow

#: How long members' words are kept where a server has set nothing else, in days; and how long at least and at most.
KEPT_DAYS, LEAST_KEPT_DAYS, MOST_KEPT_DAYS = 90, 7, 365


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """A server's settings; ids of Discord's roles and channels, None and empty for what is not set.

    `listening`: the channels in which the coach may offer an answer unasked. `kept_days`: how long members' words are
    kept. `dates`: how dates are written, as a locale of Discord's. `digest_channel`: where the weekly digest goes, and
    `digest_posted_at`: the moment, in ISO 8601 and UTC, that the last one was due.
    """

    moderator_role: int | None = None
    mentor_role: int | None = None
    mentors_channel: int | None = None
    listening: tuple[int, ...] = ()
    kept_days: int = KEPT_DAYS
    dates: str = "en-US"
    digest_channel: int | None = None
    digest_posted_at: str | None = None

    def has_digest_of(self, due: dt.datetime) -> bool:
        """Whether the digest that is due at that moment was claimed, or a later one."""
        return self.digest_posted_at is not None and self.digest_posted_at >= _moment(due)

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> "ServerSettings":
        """The settings from what was stored; what this version does not know is left out."""
        known = {field.name for field in fields(cls)}
        found = {name: value for name, value in values.items() if name in known}
        return cls(**{**found, "listening": tuple(found.get("listening", ()))})


class AllServerSettings:
    """The settings of all servers in a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, server: int) -> ServerSettings:
        """The server's settings as they stand now; the defaults where it has set nothing."""
        async with self._database.reading() as session:
            row = await session.get(ServerRow, server)
        return ServerSettings.of(row.values) if row else ServerSettings()

    async def put(self, server: int, settings: ServerSettings) -> None:
        """Stores the server's settings in the place of those before."""
        row = {"server": server, "values": asdict(settings)}
        async with self._database.writing() as session:
            # Two admins may set up the same server at once.
            insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
            asked = insert(ServerRow).values(row)
            await session.execute(asked.on_conflict_do_update(index_elements=["server"], set_=row))

    async def claim_digest(self, server: int, due: dt.datetime) -> bool:
        """Whether the digest that is due at that moment is the caller's to post: one gets it of all who ask."""
        async with self._database.writing() as session:
            row = await made_once(session, ServerRow, server=server, values={})
            if ServerSettings.of(row.values).has_digest_of(due):
                return False
            row.values = {**row.values, "digest_posted_at": _moment(due)}
            return True

    async def change(self, server: int, **values: object) -> ServerSettings:
        """Changes these settings alone, by the names of `ServerSettings`, and gives all as they stand then.

        What others set at the same time stays, unless it is the same setting: there the last one wins.
        """
        unknown = values.keys() - {field.name for field in fields(ServerSettings)}
        if unknown:
            raise TypeError(f"there are no settings called {', '.join(sorted(unknown))}")
        async with self._database.writing() as session:
            row = await made_once(session, ServerRow, server=server, values={})
            # A dictionary of its own: SQLAlchemy does not look for changes inside the one that it read.
            row.values = {**row.values, **values}
            return ServerSettings.of(row.values)


def _moment(at: dt.datetime) -> str:
    """A moment so written that later ones come later in the alphabet, too."""
    return at.astimezone(dt.UTC).isoformat(timespec="seconds")
