"""A process that is killed in the middle of its writes: what it had acknowledged is there when one opens again."""

import subprocess
import sys

from bot.store.database import Database
from bot.store.entries import CommunityEntries

#: Adds entries and edits one, several at once, and says each that is done; never ends by itself.
WRITER = """
import asyncio, sys
from itertools import count
from bot.store.database import Database
from bot.store.drafts import Draft
from bot.store.entries import CommunityEntries

async def add(entries, task):
    for number in count():
        entry = await entries.add(1, Draft(f"Task {task} number {number}?", "x" * 2000), 7)
        sys.stdout.write(f"{entry.id} {entry.version}\\n"); sys.stdout.flush()
        for version in (1, 2):
            entry = await entries.edit(1, entry.id, Draft("?", f"{version}"), 7, expected_version=version)
            sys.stdout.write(f"{entry.id} {entry.version}\\n"); sys.stdout.flush()

async def main():
    async with Database.open(sys.argv[1]) as database:
        await database.migrate()
        await asyncio.gather(*(add(CommunityEntries(database), task) for task in range(4)))

asyncio.run(main())
"""


async def acknowledged(address: str, lines: int) -> list[tuple[str, int]]:
    """What a process said it had written until it was killed after so many lines; the last may be half a line."""
    process = subprocess.Popen([sys.executable, "-c", WRITER, address], stdout=subprocess.PIPE, text=True)  # noqa: ASYNC220
    assert process.stdout is not None
    said = [process.stdout.readline() for _ in range(lines)]
    process.kill()
    said += process.stdout.readlines()
    process.wait()
    process.stdout.close()
    return [(line.split()[0], int(line.split()[1])) for line in said if line.endswith("\n")]


async def test_nothing_acknowledged_is_lost_when_a_process_is_killed(address: str) -> None:
    for lines in (1, 37, 80):
        said = await acknowledged(address, lines)
        assert len(said) >= lines
        async with Database.open(address) as database:
            entries = CommunityEntries(database)
            versions = {entry.id: entry.version for entry in await entries.all(1)}
            assert [(entry_id, number) for entry_id, number in said if versions.get(entry_id, 0) < number] == []
            # Nothing is half there either: each version stands in the history and in the log.
            logged = [(change.entry_id, change.version) for change in await entries.audit(1, 100_000)]
            kept = [(each, v.number) for each in versions for v in await entries.history(1, each)]
            assert sorted(kept) == sorted(logged)
