"""What each server has set with `/setup`."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from bot.store.database import Database
from bot.store.tables import ServerRow

#: How long members' words are kept where a server has set nothing else, in days.
KEPT_DAYS = 90


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """A server's settings; ids of Discord's roles and channels, None and empty for what is not set.

    `listening`: the channels in which the coach may offer an answer unasked. `kept_days`: how long members' words are
    kept. `dates`: how dates are written, as a locale of Discord's. `digest_channel`: where the weekly digest goes.
    """

    moderator_role: int | None = None
    mentor_role: int | None = None
    mentors_channel: int | None = None
    listening: tuple[int, ...] = ()
    kept_days: int = KEPT_DAYS
    dates: str = "en-US"
    digest_channel: int | None = None

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
        async with self._database.writing() as session:
            await session.merge(ServerRow(server=server, values=asdict(settings)))
