"""The real bot, killed in the middle of telling twenty: each is told once. `tests.telling` says what is real."""

import asyncio
import signal
import sys
from pathlib import Path

import pytest

from bot.store.promises import STALE
from tests.knowledge.folders import knowledge_folder
from tests.telling import PEOPLE


async def run(of: Path, address: str, number: int, sent: list[str], *, stop: int = 0, when: str = "after") -> list[str]:
    """Runs the bot until it stands, and kills it, or until it is done; gives the lines of what it sent."""
    ahead = number * (STALE.total_seconds() + 1)
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.telling", address, str(of), str(ahead), str(stop), when, *sent,
        cwd=Path(__file__).parent.parent, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    lines: list[str] = []
    while line := (await process.stdout.readline()).decode().strip():
        if line in {"stands", "done"}:
            break
        lines.append(line)
    if line == "stands":
        process.kill()
        assert await process.wait() == -signal.SIGKILL
    else:
        assert (line, await process.wait()) == ("done", 0)
    return lines


@pytest.mark.parametrize("when", ["before", "after"])
async def test_each_of_twenty_is_told_once_when_the_bot_is_killed_in_between(
    address: str, tmp_path: Path, when: str
) -> None:
    knowledge = knowledge_folder(tmp_path)
    sent: list[str] = []
    for number, stop in enumerate((1, 6)):
        more = await run(knowledge, address, number, sent, stop=stop, when=when)
        assert len(more) == (stop if when == "after" else stop - 1)
        sent += more
    sent += await run(knowledge, address, 2, sent)
    assert len(sent) == len({line.split(",")[0] for line in sent}) == PEOPLE
    assert await run(knowledge, address, 3, sent) == []
