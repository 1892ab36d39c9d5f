"""An open database for each test, of each kind in turn."""

from collections.abc import AsyncIterator

import pytest

from bot.store.database import Database
from bot.store.entries import CommunityEntries
from bot.store.store import Store
from tests.store.clocks import Clock


@pytest.fixture
async def database(address: str) -> AsyncIterator[Database]:
    """An open database in its newest shape."""
    async with Database.open(address) as database:
        await database.migrate()
        yield database


@pytest.fixture
def entries(database: Database, clock: Clock) -> CommunityEntries:
    return CommunityEntries(database, clock)


@pytest.fixture
async def store(address: str, clock: Clock) -> AsyncIterator[Store]:
    """All that is stored, opened at once, with the time of the test's clock."""
    async with Store.open(address, clock) as store:
        yield store
