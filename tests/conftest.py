"""What holds for all tests: a data folder of their own, and matching by words alone unless a test asks for more.

And an empty database for each test: every test that asks for its `address` runs on SQLite and on PostgreSQL.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.store.clocks import Clock
from tests.store.databases import SERVER, new_name, postgres_missing, say, skip_or_fail

# A machine that is busy for a moment fails no test.
settings.register_profile("waymark", settings(), deadline=None)
settings.load_profile("waymark")


@pytest.fixture(autouse=True)
def own_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keeps the tests off the person's own data, token and folders, and spares them the encoder's start."""
    for name in (
        "DATABASE_URL", "DISCORD_TOKEN", "DISCORD_API_URL", "WAYMARK_KNOWLEDGE",
        "WAYMARK_LISTENING", "WAYMARK_LOG", "WAYMARK_METRICS_PORT",
    ):  # fmt: skip
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("WAYMARK_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("WAYMARK_ENCODER", "off")


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
def clock() -> Clock:
    return Clock()
