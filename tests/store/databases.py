"""Databases for tests: SQLite files, and databases of a PostgreSQL server on this machine."""

import asyncio
import os
import secrets

import asyncpg
import pytest

#: Where the server listens; it lets everybody on this machine in.
SERVER = os.environ.get("WAYMARK_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432")


def postgres_missing() -> str | None:
    """Why there is no PostgreSQL to test with, None when there is."""

    async def knock() -> None:
        await (await asyncpg.connect(f"{SERVER}/postgres", timeout=5)).close()

    try:
        asyncio.run(knock())
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        return f"needs PostgreSQL: nothing lets us in at {SERVER} ({error or type(error).__name__})"
    return None


def skip_or_fail(missing: str) -> None:
    """Skips the test, or fails it where PostgreSQL is required, as in CI."""
    if os.environ.get("WAYMARK_REQUIRE_POSTGRES") == "1":
        pytest.fail(missing)
    pytest.skip(missing)


def say(*statements: str, database: str = "postgres") -> None:
    """Tells the server something outside of any transaction."""

    async def run() -> None:
        connection = await asyncpg.connect(f"{SERVER}/{database}")
        try:
            for statement in statements:
                await connection.execute(statement)
        finally:
            await connection.close()

    asyncio.run(run())


def new_name() -> str:
    """A name for a database that nobody else has."""
    return f"waymark_test_{os.getpid()}_{secrets.token_hex(4)}"
