"""The database: opening it, its transactions, and bringing it to the shape that this code wants."""

import asyncio
import re
import sqlite3
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, closing, suppress
from pathlib import Path
from typing import Any, Self, TypeVar

from sqlalchemy import URL, Connection, event, func, make_url, select, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as SqlTimeoutError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry, NullPool, Pool

from bot.errors import WaymarkError
from bot.store import revisions

_Result = TypeVar("_Result")

#: How long a write waits for others to end theirs, in milliseconds (SQLite).
BUSY_TIMEOUT = 10_000
#: How long a server may take to let us in, in seconds (PostgreSQL).
CONNECT_TIMEOUT = 10
#: Whoever changes the shape of a PostgreSQL database holds this lock of it: "waymark" in ASCII.
_MIGRATION_LOCK = int.from_bytes(b"waymark")
_DRIVERS = {
    "sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg", "postgres": "postgresql+asyncpg",
}  # fmt: skip
#: How long closing waits for transactions that are under way, and again for connections to end, in seconds.
CLOSE_TIMEOUT = 3
#: What an address may say to SQLAlchemy that PostgreSQL's own client does not know.
_OF_SQLALCHEMY = {"async_fallback", "prepared_statement_cache_size", "prepared_statement_name_func"}
#: Alembic keeps what it works on in a global, so in one process only one may use it.
_alembic = threading.Lock()


class StoreUnavailableError(WaymarkError):
    """The database does not answer, or cannot write; whoever was saving has to look whether it was saved."""


class Database:
    """An open database; `async with Database.open(address)` makes one."""

    def __init__(self, url: URL, engine: AsyncEngine) -> None:
        self._url = url
        self._engine = engine
        self._writing = engine.execution_options(writing=True)
        self._under_way = 0
        self._ended = asyncio.Event()

    @classmethod
    @asynccontextmanager
    async def open(cls, address: str, *, create: bool = True) -> AsyncIterator[Self]:
        """A database by its SQLAlchemy address; raises `WaymarkError` in one line when it cannot be used.

        A SQLite file that is missing is made together with its folder, unless `create` is off. At the end, what others
        have under way is waited for.
        """
        url = _url(address)
        if url.get_backend_name() == "sqlite":
            await asyncio.to_thread(_prepare_file, url, create=create)
        engine = _engine(url)
        try:
            await _knock(url, engine)
            database = cls(url, engine)
            try:
                yield database
            finally:
                await database._finished()
        finally:
            # A server that went away without a word would be waited for until the system gives up, after minutes.
            with suppress(TimeoutError):
                async with asyncio.timeout(CLOSE_TIMEOUT):
                    await engine.dispose()

    @property
    def file(self) -> Path | None:
        """The file of a SQLite database, None for a server's."""
        return Path(self._url.database or "") if self._url.get_backend_name() == "sqlite" else None

    @property
    def name(self) -> str:
        """Its address as it may be shown: without the password."""
        return str(self.file or self._url.render_as_string(hide_password=True))

    @property
    def listening_options(self) -> dict[str, Any] | None:
        """What the address says, as PostgreSQL's own client takes it; None for SQLite, which announces nothing."""
        if self.file is not None:
            return None
        _, options = self._engine.dialect.create_connect_args(self._url)
        return {name: value for name, value in options.items() if name not in _OF_SQLALCHEMY}

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        """A transaction that only reads; it never waits for one that writes."""
        async with self._session(self._engine) as session:
            yield session

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncSession]:
        """A transaction that is kept as a whole when its block ends, and not at all when it raises.

        In SQLite it is the only one that writes, from its beginning; in PostgreSQL, lock the rows you read to change.
        """
        async with self._session(self._writing) as session:
            yield session

    async def migrate(self) -> tuple[str | None, str]:
        """Brings the database to the newest shape, and gives the revisions before and after.

        Several processes may do so at once: one goes, the others wait and find it done. Raises `WaymarkError` for a
        database that a newer Waymark has used, and changes nothing there.
        """
        before = await self.alone(revisions.upgrade)
        return before, revisions.newest()

    async def alone(self, work: Callable[[Connection], _Result]) -> _Result:
        """Does work that may change tables: in one transaction, in a thread, while nobody else does such work.

        Foreign keys are looked at when all is done, so that a table may be made anew without losing what hangs on it.
        """

        async def attempt(engine: AsyncEngine) -> _Result:
            async with engine.execution_options(writing=True).begin() as connection:
                if self.file is None:
                    await connection.execute(select(func.pg_advisory_xact_lock(_MIGRATION_LOCK)))
                result = await connection.run_sync(work)
                if self.file is not None and (await connection.execute(text("PRAGMA foreign_key_check"))).first():
                    raise WaymarkError("Rows were found that belong to nothing. Nothing was changed.")
                return result

        return await asyncio.to_thread(self._in_thread, attempt)

    async def snapshot(self, work: Callable[[Connection], _Result]) -> _Result:
        """Does work that reads the database as it stands at one moment, in a thread; others may go on writing."""

        async def attempt(engine: AsyncEngine) -> _Result:
            steady = engine if self.file else engine.execution_options(isolation_level="REPEATABLE READ")
            async with steady.connect() as connection:
                return await connection.run_sync(work)

        return await asyncio.to_thread(self._in_thread, attempt)

    def _in_thread(self, attempt: Callable[[AsyncEngine], Awaitable[_Result]]) -> _Result:
        """Runs it on an event loop and an engine of its own: those of the caller belong to the caller's thread."""

        async def run() -> _Result:
            engine = _engine(self._url, foreign_keys=False, poolclass=NullPool)
            try:
                async with self._faults():
                    return await attempt(engine)
            finally:
                await engine.dispose()

        with _alembic:
            return asyncio.run(run())

    @asynccontextmanager
    async def _session(self, engine: AsyncEngine) -> AsyncIterator[AsyncSession]:
        self._under_way += 1
        try:
            async with self._faults(), AsyncSession(engine, expire_on_commit=False) as session, session.begin():
                yield session
        finally:
            self._under_way -= 1
            self._ended.set()

    async def _finished(self) -> None:
        """Waits until no transaction is under way.

        A task that is cancelled in one still has to give its connection back; cancelled again meanwhile, as happens to
        all tasks when the event loop ends, aiosqlite 0.22 would wait for ever for the thread of that connection.
        """
        with suppress(TimeoutError):
            async with asyncio.timeout(CLOSE_TIMEOUT):
                while self._under_way:
                    self._ended.clear()
                    await self._ended.wait()

    @asynccontextmanager
    async def _faults(self) -> AsyncIterator[None]:
        """Turns whatever says that the database is away, locked or full into one sentence."""
        try:
            yield
        except _knocking_errors(self._url) as error:
            if isinstance(error, DBAPIError) and not (
                isinstance(error, OperationalError | InterfaceError) or error.connection_invalidated
            ):
                raise
            raise StoreUnavailableError(
                f"The database {self.name} does not do its work just now: {_reason(error)}. Look whether what you did "
                "last was saved, and try again."
            ) from error


def _url(address: str) -> URL:
    wanted = "DATABASE_URL wants an address like sqlite+aiosqlite:///file or postgresql+asyncpg://user@host/database."
    try:
        url = make_url(address)
    except ArgumentError:
        raise WaymarkError(wanted) from None
    url = url.set(drivername=_DRIVERS.get(url.drivername, url.drivername))
    if url.drivername not in _DRIVERS.values():
        raise WaymarkError(wanted)
    if url.get_backend_name() == "sqlite" and url.database in {None, "", ":memory:"}:
        raise WaymarkError("DATABASE_URL names no file. Write sqlite+aiosqlite:/// and the path of one after it.")
    return url


def _prepare_file(url: URL, *, create: bool) -> None:
    """Opens the file once without aiosqlite, whose thread may outlive the event loop when the file cannot be opened."""
    file = Path(url.database or "")
    if not create and not file.exists():
        raise WaymarkError(f"There is no database {file} yet. Look at DATABASE_URL and WAYMARK_DATA.")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WaymarkError(
            f"The folder {file.parent} for the database cannot be made: {error.strerror}. Name another in WAYMARK_DATA."
        ) from None
    try:
        with closing(sqlite3.connect(file, timeout=BUSY_TIMEOUT / 1000)) as connection:
            # The file stays in this mode, in which those who read and the one who writes do not wait for each other.
            connection.execute("PRAGMA journal_mode = WAL")
    except sqlite3.Error as error:
        raise _closed_door(str(file), error) from None


async def _knock(url: URL, engine: AsyncEngine) -> None:
    """Connects once, so that whatever is wrong with the address is said at once, and reads so much as to know it."""
    name = url.database if url.get_backend_name() == "sqlite" else url.render_as_string(hide_password=True)
    try:
        async with engine.connect() as connection:
            await connection.run_sync(revisions.revision_of)
    except _knocking_errors(url) as error:
        raise _closed_door(str(name), error) from None


def _knocking_errors(url: URL) -> tuple[type[Exception], ...]:
    """What goes wrong at the door. SQLAlchemy passes on as it comes what a PostgreSQL server says to those it does not
    let in.
    """
    errors: tuple[type[Exception], ...] = (DBAPIError, SqlTimeoutError, OSError)
    if url.get_backend_name() == "sqlite":
        return errors
    import asyncpg  # noqa: PLC0415 - most databases are SQLite, and need not load it

    return (*errors, asyncpg.PostgresError, asyncpg.InterfaceError)


def _closed_door(name: str, error: Exception) -> WaymarkError:
    return WaymarkError(
        f"The database {name} cannot be opened: {_reason(error)}. Nothing was changed; look at DATABASE_URL."
    )


def _reason(error: Exception) -> str:
    """The database's own words on one line."""
    cause: BaseException = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    # SQLAlchemy puts the class of asyncpg's errors before what they say.
    words = re.sub(r"^<class '[^']*'>: ", "", str(cause)) or type(cause).__name__
    return words.splitlines()[0].rstrip(".")


def _engine(url: URL, *, foreign_keys: bool = True, poolclass: type[Pool] | None = None) -> AsyncEngine:
    # What is written holds members' words, and an error that tells its parameters would bring them into the log.
    if url.get_backend_name() != "sqlite":
        return create_async_engine(
            url,
            poolclass=poolclass,
            pool_pre_ping=True,
            hide_parameters=True,
            connect_args={"timeout": CONNECT_TIMEOUT},
        )
    engine = create_async_engine(
        url, poolclass=poolclass, hide_parameters=True, connect_args={"timeout": BUSY_TIMEOUT / 1000}
    )

    def connected(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        # The driver would begin a transaction only at the first write; `begun` does so where SQLAlchemy says.
        connection.isolation_level = None
        cursor = connection.cursor()
        try:
            cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT}")
            cursor.execute(f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}")
            # Each commit is on the disk before it is acknowledged.
            cursor.execute("PRAGMA synchronous = FULL")
            cursor.close()
        except BaseException:
            # The pool does not know of it yet, and its thread would outlive the event loop.
            connection.close()
            raise

    def begun(connection: Connection) -> None:
        # A transaction that reads first and writes later may find that another wrote meanwhile, and could only fail.
        writing = connection.get_execution_options().get("writing", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    event.listen(engine.sync_engine, "connect", connected)
    event.listen(engine.sync_engine, "begin", begun)
    return engine
