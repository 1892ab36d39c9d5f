"""`waymark migrate`, `backup`, `restore` and `export`: the database from the terminal."""

import asyncio
import sys
from pathlib import Path

from bot.errors import WaymarkError
from bot.knowledge.exchange.writing import write_entries
from bot.knowledge.models import Entry
from bot.settings import Settings
from bot.store import moving
from bot.store.database import Database
from bot.store.entries import CommunityEntries


def migrate(settings: Settings) -> None:
    """Sets the database up, or brings it to the newest shape, and tells what it did."""

    async def work() -> tuple[str, str | None, str]:
        async with Database.open(settings.database_address) as database:
            return database.name, *await database.migrate()

    name, before, after = asyncio.run(work())
    if before == after:
        print(f"{name} is up to date (revision {after}).")
    elif before is None:
        print(f"{name} is set up (revision {after}).")
    else:
        print(f"{name} went from revision {before} to {after}.")


def backup(settings: Settings, file: Path) -> None:
    """Writes all that the database holds to a file."""

    async def work() -> str:
        async with Database.open(settings.database_address, create=False) as database:
            await moving.backup(database, file)
            return database.name

    print(f"{asyncio.run(work())} is saved in {file} ({file.stat().st_size:,} bytes).")


def restore(settings: Settings, file: Path, *, yes: bool) -> bool:
    """Puts a backup in the place of what the database holds; asks first when that are entries. False: better not."""

    async def work() -> tuple[str, int | None]:
        await asyncio.to_thread(moving.read, file)
        async with Database.open(settings.database_address) as database:
            there = await moving.entries_in(database)
            if there and not yes and not _agreed(database.name, there):
                return database.name, None
            return database.name, await moving.restore(database, file)

    name, restored = asyncio.run(work())
    print(f"{name} holds the {_number(restored)} of {file} now." if restored is not None else "Nothing was changed.")
    return restored is not None


def export(settings: Settings, file: Path | None, server: int | None) -> None:
    """Writes the entries of one server or of all, those in the bin left out, as a community's file."""

    async def work() -> dict[int, list[Entry]]:
        async with Database.open(settings.database_address, create=False) as database:
            await database.migrate()
            entries = CommunityEntries(database)
            servers = await entries.servers() if server is None else [server]
            return {each: [stored.draft.entry(stored.id) for stored in await entries.all(each)] for each in servers}

    found = _together(asyncio.run(work()))
    text = write_entries(found)
    if file is None or str(file) == "-":
        sys.stdout.buffer.write(text.encode())
        sys.stdout.flush()
        return
    try:
        file.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise WaymarkError(f"{file} cannot be written: {error.strerror}. Name another file.") from None
    print(f"{_number(len(found))} written to {file}.", file=sys.stderr)


def _together(servers: dict[int, list[Entry]]) -> list[Entry]:
    """The entries of all servers; raises `WaymarkError` when two have different ones under the same id."""
    found: dict[str, tuple[int, Entry]] = {}
    for server, entries in servers.items():
        for entry in entries:
            first, known = found.setdefault(entry.id, (server, entry))
            if known != entry:
                raise WaymarkError(
                    f"The servers {first} and {server} each have their own entry `{entry.id}`, and one file cannot "
                    "hold both. Nothing was written; export them one at a time with --server."
                )
    return [entry for _, entry in found.values()]


def _agreed(name: str, entries: int) -> bool:
    """Whether the person at the terminal, or what is piped in, says yes."""
    question = f"{name} holds {_number(entries)}, which the backup replaces. Go on? [y/N] "
    print(question, end="", file=sys.stderr, flush=True)
    answer = sys.stdin.readline()
    if not answer:
        print(file=sys.stderr)
        raise WaymarkError("Nobody answered, so nothing was changed. Add --yes to restore without being asked.")
    return answer.strip().lower() in {"y", "yes"}


def _number(entries: int) -> str:
    return f"{entries:,} {'entry' if entries == 1 else 'entries'}"
