"""What the log of a bot that runs says of a question: nothing of its words."""

import asyncio
import json
import signal
from pathlib import Path

import pytest

from tests.local_discord import local_discord
from tests.test_run import ended, logged, running

QUESTIONS = ("How long does marzipan take?", "zwieback " * 100, "What do you earn? Marzipan asks.", "thanks, marzipan")


@pytest.mark.parametrize("form", ["json", "text"])
async def test_no_word_of_a_question_gets_into_the_log(tmp_path: Path, form: str) -> None:
    async with local_discord() as discord:
        where = {"DISCORD_API_URL": f"{discord.address}/api", "WAYMARK_ENCODER": "off", "WAYMARK_LOG": form}
        async with running(tmp_path, **where) as process:
            ready = await logged(process, "ready")
            for question in QUESTIONS:
                await discord.send_slash("ask", question=question)
                await asyncio.wait_for(discord.answers.get(), 20)
            process.send_signal(signal.SIGTERM)
            _, log = await ended(process)
    # The local Discord answers with less than the library wants, so that there are tracebacks, too.
    assert "a request failed" in log
    assert "stopped" in log
    for secret in ("marzipan", "Marzipan", "zwieback", "interaction-token"):
        assert secret not in log
    if form == "json":
        assert all({"timestamp", "level", "event"} <= json.loads(line).keys() for line in [ready, *log.splitlines()])
