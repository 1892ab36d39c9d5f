"""An empty database for each test: every test that asks for one runs on SQLite and on PostgreSQL."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.store.database import Database
from bot.store.entries import CommunityEntries
from tests.store.clocks import Clock
from tests.store.databases import SERVER, new_name, postgres_missing, say, skip_or_fail


@pytest.fixture(scope="session")
def no_postgres() -> str | None:
    return postgres_missing()


@pytest.fixture(scope="module")
def postgres_database(no_postgres: str | None) -> Iterator[str]:
    """The name of a database of the module's own, which is dropped afterwards."""
    if no_postgres is not None:
        skip_or_fail(no_postgres)
    name = new_name()
    say(f"CREATE DATABASE {name}")
    yield name
    say(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def postgres(postgres_database: str) -> str:
    """The address of an empty PostgreSQL database."""
    say("DROP SCHEMA public CASCADE", "CREATE SCHEMA public", database=postgres_database)
    return f"{SERVER}/{postgres_database}".replace("postgresql:", "postgresql+asyncpg:")


@pytest.fixture
def sqlite(tmp_path: Path) -> str:
    """The address of a SQLite file that is not there yet."""
    return f"sqlite+aiosqlite:///{tmp_path / 'database' / 'waymark.db'}"


@pytest.fixture(params=["sqlite", "postgres"])
def address(request: pytest.FixtureRequest) -> str:
    """The address of an empty database, of each kind in turn."""
    found: str = request.getfixturevalue(request.param)
    return found


@pytest.fixture
async def database(address: str) -> AsyncIterator[Database]:
    """An open database in its newest shape."""
    async with Database.open(address) as database:
        await database.migrate()
        yield database


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def entries(database: Database, clock: Clock) -> CommunityEntries:
    return CommunityEntries(database, clock)
