"""The real bot, killed in the middle of publishing: what a moderator was told is live is there when it starts again."""

import asyncio
import random
import signal
import sys
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from bot.app import opened
from bot.front.client import WaymarkBot
from bot.store.store import Store
from bot.store.tables import PendingRow
from bot.store.values import Version
from tests import publishing
from tests.knowledge.folders import knowledge_folder
from tests.making import said

#: How often it is killed, and how many seconds after the first entry of each run, at random.
KILLS, SECONDS = 4, (0.0, 5.0)


@dataclass(frozen=True)
class Told:
    """What a moderator was told is live."""

    entry_id: str
    version: int
    number: str


async def killed(address: str, knowledge: Path, run: int, after: float) -> tuple[int, list[Told]]:
    """The server, and what its moderator was told until the bot was killed, that long after the first time."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.publishing", address, str(knowledge), str(run),
        cwd=Path(__file__).parent.parent, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    server, first = [(await process.stdout.readline()).decode() for _ in range(2)]
    asyncio.get_running_loop().call_later(after, process.kill)
    lines = [first, *(await process.stdout.read()).decode().splitlines(keepends=True)]
    assert await process.wait() == -signal.SIGKILL
    # The last may be half a line.
    words = [line.split() for line in lines if line.endswith("\n")]
    return int(server), [Told(entry_id, int(version), number) for entry_id, version, number in words]


def is_whole(version: Version) -> bool:
    entry, number = version.draft.answer.split()[:2]
    return version.draft == publishing.draft(entry, number)


def number_of(version: Version) -> str:
    return version.draft.answer.split()[1]


async def waiting(store: Store) -> set[str]:
    """The numbers of the texts that wait to be published."""
    async with store.database.reading() as session:
        return {text.split()[1] for text in await session.scalars(select(PendingRow.answer))}


async def nothing_is_lost_or_half_there(bot: WaymarkBot, server: int, told: list[Told], kills: int) -> None:
    entries = {entry.id: entry for entry in await bot.store.entries.all(server)}
    histories = {entry_id: await bot.store.entries.history(server, entry_id) for entry_id in entries}
    versions = {(entry_id, one.number): one for entry_id, history in histories.items() for one in history}
    saved = {Told(entry_id, number, number_of(version)) for (entry_id, number), version in versions.items()}
    assert set(told) - saved == set()
    assert [version for version in versions.values() if not is_whole(version)] == []
    # Besides what was told, each run may have saved the one entry about which it was killed before it could tell.
    assert len(told) <= len(versions) <= len(told) + kills
    for entry_id, history in histories.items():
        assert [one.number for one in history] == list(range(entries[entry_id].version, 0, -1))
    log = await bot.store.entries.audit(server, 100_000)
    assert sorted((change.entry_id, change.version) for change in log) == sorted(versions)
    assert await waiting(bot.store) & {number_of(version) for version in versions.values()} == set()
    coach = await bot.coaches.of(server)
    for entry in entries.values():
        assert said(coach, entry.draft.question) == entry.draft.answer


async def test_nothing_that_was_told_is_live_is_lost_when_the_bot_is_killed(address: str, tmp_path: Path) -> None:
    chance = random.Random(4)
    knowledge = knowledge_folder(tmp_path)
    told: list[Told] = []
    for run in range(KILLS):
        server, more = await killed(address, knowledge, run, chance.uniform(*SECONDS))
        told += more
        async with opened(publishing.settings(address, knowledge)) as bot:
            await nothing_is_lost_or_half_there(bot, server, told, run + 1)
    assert len(told) >= KILLS
