"""Tells other processes on the same PostgreSQL that a server's entries have changed, by LISTEN and NOTIFY.

With SQLite there is one process, which knows what it does itself.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.database import Database

#: The channel of PostgreSQL on which changes are announced; a message is the server's id.
CHANNEL = "waymark_entries"
#: Seconds until a lost connection is tried again; each further time twice as long, up to the second number.
RETRY_SECONDS = (0.2, 30.0)

#: Is told which server's entries have changed, None when they may have in any.
Changed = Callable[[int | None], None]


async def announce(session: AsyncSession, server: int) -> None:
    """Announces a change in the server's entries; heard when the transaction ends, and not at all when it fails."""
    if session.get_bind().dialect.name == "postgresql":
        await session.execute(select(func.pg_notify(CHANNEL, str(server))))


@asynccontextmanager
async def listening(database: Database, changed: Changed) -> AsyncIterator[None]:
    """While this lasts, `changed` is told of each announcement, this process's own too.

    When the connection was lost, anything may have changed meanwhile, and `changed` is told so once it stands again.
    """
    address = database.listening_address
    if address is None:
        yield
        return
    task = asyncio.create_task(_listen(address, changed), name="announcements")
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _listen(address: str, changed: Changed) -> None:
    import asyncpg  # noqa: PLC0415 - most databases are SQLite, and need not load it

    def heard(_: object, __: int, ___: str, server: str) -> None:
        changed(int(server))

    wait, lost = RETRY_SECONDS[0], False
    while True:
        try:
            connection = await asyncpg.connect(address, timeout=RETRY_SECONDS[1])
        except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError):
            lost = True
        else:
            try:
                ended = asyncio.Event()
                connection.add_termination_listener(_ending(ended))
                await connection.add_listener(CHANNEL, heard)
                if lost:
                    changed(None)
                wait = RETRY_SECONDS[0]
                await ended.wait()
            except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
                pass
            finally:
                connection.terminate()
            lost = True
        await asyncio.sleep(wait)
        wait = min(wait * 2, RETRY_SECONDS[1])


def _ending(ended: asyncio.Event) -> Callable[[Any], None]:
    return lambda _: ended.set()
