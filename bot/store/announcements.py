"""Tells other processes on the same PostgreSQL that a server's entries have changed, by LISTEN and NOTIFY.

With SQLite there is one process, which knows what it does itself.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from typing import Any

from sqlalchemy import Connection, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.database import Database

log = logging.getLogger("waymark.store")

#: The channel of PostgreSQL on which changes are announced; a message is the server's id, or empty for all servers.
CHANNEL = "waymark_entries"
#: Seconds until a lost connection is tried again; each further time twice as long, up to the second number.
RETRY_SECONDS = (0.2, 30.0)
#: Seconds between two looks whether the connection still stands, and how many a look may take: routers and firewalls
#: drop a connection on which nothing happens without a word to either end.
CHECK_SECONDS = (60.0, 10.0)

#: Is told which server's entries have changed, None when they may have in any.
Changed = Callable[[int | None], None]


async def announce(session: AsyncSession, server: int) -> None:
    """Announces a change in the server's entries; heard when the transaction ends, and not at all when it fails."""
    if session.get_bind().dialect.name == "postgresql":
        await session.execute(select(func.pg_notify(CHANNEL, str(server))))


def announce_all(connection: Connection) -> None:
    """Announces that anything may have changed, when the transaction ends."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_notify(CHANNEL, "")))


@asynccontextmanager
async def listening(database: Database, changed: Changed) -> AsyncIterator[None]:
    """While this lasts, `changed` is told of each announcement, this process's own too.

    Each time the connection stands, the first time too, `changed` is told that anything may have changed before.
    """
    options = database.listening_options
    if options is None:
        yield
        return
    task = asyncio.create_task(_listen(options, changed), name="announcements")
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _listen(options: Mapping[str, Any], changed: Changed) -> None:
    import asyncpg  # noqa: PLC0415 - most databases are SQLite, and need not load it

    wait = RETRY_SECONDS[0]

    def standing() -> None:
        nonlocal wait
        wait = RETRY_SECONDS[0]
        log.info("changes by other processes are heard")
        changed(None)

    while True:
        try:
            connection = await asyncpg.connect(**{**options, "timeout": RETRY_SECONDS[1]})
            try:
                await _hear(connection, changed, standing)
            finally:
                connection.terminate()
            why = "the connection was closed"
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            why = str(error) or type(error).__name__
        log.warning("changes by other processes are not heard, trying again in %g s: %s", wait, why)
        await asyncio.sleep(wait)
        wait = min(wait * 2, RETRY_SECONDS[1])


async def _hear(connection: Any, changed: Changed, standing: Callable[[], None]) -> None:
    """Passes on what is announced until the connection ends; raises what it ended with where that is known."""
    ended = asyncio.Event()

    def heard(_: object, __: int, ___: str, server: str) -> None:
        changed(int(server) if server else None)

    connection.add_termination_listener(lambda _: ended.set())
    await connection.add_listener(CHANNEL, heard)
    standing()
    while not ended.is_set():
        try:
            async with asyncio.timeout(CHECK_SECONDS[0]):
                await ended.wait()
        except TimeoutError:
            await connection.execute("SELECT 1", timeout=CHECK_SECONDS[1])
