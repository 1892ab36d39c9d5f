"""`waymark run` as a process of its own, against a local Discord over real sockets."""

import asyncio
import ctypes
import json
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.knowledge.folders import ENTRY, knowledge_folder, write_entries
from tests.local_discord import TOKEN, LocalDiscord, local_discord
from tests.matching.encoders import real_encoder


def as_anybody() -> None:
    """Takes from root that it may write where the mode of a folder forbids it; Linux has a capability for that.

    The numbers are those of `man 2 prctl` (PR_CAPBSET_DROP) and `man 7 capabilities` (CAP_DAC_OVERRIDE).
    """
    if os.geteuid() == 0:
        ctypes.CDLL(None).prctl(24, 1, 0, 0, 0)


@asynccontextmanager
async def running(folder: Path, **settings: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """The bot as a process, whose log is on its standard error; ended with the block if it has not ended by then."""
    environment = {"WAYMARK_DATA": str(folder / "data"), "DISCORD_TOKEN": TOKEN, **settings}
    kept = {key: value for key, value in os.environ.items() if key.startswith(("PATH", "HOME", "COV"))}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", cwd=Path(__file__).parent.parent, env={**kept, **environment},
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE, preexec_fn=as_anybody,
    )  # fmt: skip
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def logged(process: asyncio.subprocess.Process, word: str) -> str:
    """The first line of the log that holds the word; fails when the process ends, or 20 seconds pass, without one."""
    assert process.stderr is not None
    async with asyncio.timeout(20):
        async for line in process.stderr:
            if word in line.decode():
                return line.decode()
    raise AssertionError(f"the bot ended without a line with {word!r}")


async def ended(process: asyncio.subprocess.Process) -> tuple[int, str]:
    """The exit code, and what was still written to standard error."""
    async with asyncio.timeout(30):
        _, error = await process.communicate()
    assert process.returncode is not None
    return process.returncode, error.decode()


@pytest.fixture
async def discord() -> AsyncIterator[LocalDiscord]:
    async with local_discord() as discord:
        yield discord


async def test_rest_and_gateway_go_where_the_setting_says(discord: LocalDiscord, tmp_path: Path) -> None:
    async with running(tmp_path, DISCORD_API_URL=f"{discord.address}/api") as process:
        await logged(process, "ready")
        assert "GET /api/v10/gateway/bot" in discord.requests
        assert "GET /gateway" in discord.requests


async def test_no_privileged_intent_is_asked_for(discord: LocalDiscord, tmp_path: Path) -> None:
    members, presences, content = 1 << 1, 1 << 8, 1 << 15
    async with running(tmp_path, DISCORD_API_URL=f"{discord.address}/api"):
        identity = await asyncio.wait_for(discord.identified.get(), 20)
    assert identity["intents"] & (members | presences | content) == 0


async def test_listening_asks_for_the_content_of_messages_alone(discord: LocalDiscord, tmp_path: Path) -> None:
    members, presences, content = 1 << 1, 1 << 8, 1 << 15
    async with running(tmp_path, DISCORD_API_URL=f"{discord.address}/api", WAYMARK_LISTENING="on"):
        identity = await asyncio.wait_for(discord.identified.get(), 20)
    assert identity["intents"] & (members | presences | content) == content


async def test_an_intent_that_discord_refuses_is_told_with_what_to_do(discord: LocalDiscord, tmp_path: Path) -> None:
    discord.refuses_content = True
    async with running(tmp_path, DISCORD_API_URL=f"{discord.address}/api", WAYMARK_LISTENING="on") as process:
        code, log = await ended(process)
    assert code == 2
    assert "Discord refuses the Message Content intent, which WAYMARK_LISTENING=on asks for." in log.replace("\n", " ")
    assert "Traceback" not in log


async def test_a_question_over_the_gateway_is_answered_over_rest(discord: LocalDiscord, tmp_path: Path) -> None:
    folder = str(knowledge_folder(tmp_path))
    async with running(tmp_path, DISCORD_API_URL=f"{discord.address}/api", WAYMARK_KNOWLEDGE=folder) as process:
        await logged(process, "ready")
        await discord.send_slash("ask", question="baker salary")
        answer = await asyncio.wait_for(discord.answers.get(), 20)
    assert answer["type"] == 4
    assert "$30,000" in str(answer["data"]["components"])


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_ends_it_in_order(discord: LocalDiscord, tmp_path: Path, number: signal.Signals) -> None:
    async with running(tmp_path, DISCORD_API_URL=f"{discord.address}/api") as process:
        await logged(process, "ready")
        process.send_signal(number)
        code, log = await ended(process)
    assert code == 0
    assert "stopped" in log
    assert "Traceback" not in log


async def test_the_log_can_be_json(discord: LocalDiscord, tmp_path: Path) -> None:
    async with running(tmp_path, DISCORD_API_URL=f"{discord.address}/api", WAYMARK_LOG="json") as process:
        assert '"event": "ready"' in await logged(process, "ready")


async def said_of_matching(discord: LocalDiscord, folder: Path, **settings: str) -> dict[str, object]:
    """What the log says at the start about the encoder."""
    knowledge = str(knowledge_folder(folder))
    async with running(
        folder, DISCORD_API_URL=f"{discord.address}/api", WAYMARK_KNOWLEDGE=knowledge, WAYMARK_LOG="json", **settings
    ) as process:
        line: dict[str, object] = json.loads(await logged(process, "matching"))
    return line


async def test_the_log_says_at_the_start_that_words_alone_decide(discord: LocalDiscord, tmp_path: Path) -> None:
    line = await said_of_matching(discord, tmp_path, WAYMARK_ENCODER="off")
    assert (line["event"], line["encoder"]) == ("matching by words alone", None)


async def test_the_log_says_at_the_start_which_encoder_is_in_use(discord: LocalDiscord, tmp_path: Path) -> None:
    real_encoder()
    line = await said_of_matching(discord, tmp_path)
    assert (line["event"], line["encoder"]) == ("matching by words and meaning", "all-MiniLM-L6-v2")


async def test_broken_knowledge_while_running_keeps_the_last_good_and_says_so(
    discord: LocalDiscord, tmp_path: Path
) -> None:
    folder = knowledge_folder(tmp_path)
    async with running(tmp_path, DISCORD_API_URL=f"{discord.address}/api", WAYMARK_KNOWLEDGE=str(folder)) as process:
        await logged(process, "ready")
        write_entries(folder, "[")
        assert "pay.yaml:3" in await logged(process, "last good version stays")
        await discord.send_slash("ask", question="baker salary")
        answer = await asyncio.wait_for(discord.answers.get(), 20)
    assert "$30,000" in str(answer["data"]["components"])


async def test_changed_knowledge_is_taken_over_while_running(discord: LocalDiscord, tmp_path: Path) -> None:
    folder = knowledge_folder(tmp_path)
    async with running(tmp_path, DISCORD_API_URL=f"{discord.address}/api", WAYMARK_KNOWLEDGE=str(folder)) as process:
        await logged(process, "ready")
        write_entries(folder, ENTRY.replace("The median is {median_pay} a year.", "Not much."))
        await logged(process, "knowledge reloaded")
        await discord.send_slash("ask", question="baker salary")
        answer = await asyncio.wait_for(discord.answers.get(), 20)
    assert "Not much." in str(answer["data"]["components"])


async def one_line_and_exit_code_2(folder: Path, wanted: str, **settings: str) -> None:
    async with running(folder, **settings) as process:
        code, error = await ended(process)
    lines = error.strip().splitlines()
    assert code == 2
    assert wanted in lines[-1]
    assert "Traceback" not in error


async def test_no_token_is_one_line(tmp_path: Path) -> None:
    await one_line_and_exit_code_2(tmp_path, "DISCORD_TOKEN is not set", DISCORD_TOKEN="")


async def test_a_wrong_token_is_one_line(discord: LocalDiscord, tmp_path: Path) -> None:
    address = f"{discord.address}/api"
    await one_line_and_exit_code_2(tmp_path, "refused the token", DISCORD_TOKEN="wrong", DISCORD_API_URL=address)


async def test_an_unreachable_discord_is_one_line(tmp_path: Path) -> None:
    # Port 1 of this machine has no listener, so the connection is refused at once.
    await one_line_and_exit_code_2(tmp_path, "cannot be reached", DISCORD_API_URL="http://127.0.0.1:1/api")


async def test_a_broken_knowledge_file_is_one_line(tmp_path: Path) -> None:
    folder = knowledge_folder(tmp_path)
    write_entries(folder, "[")
    await one_line_and_exit_code_2(tmp_path, "pay.yaml:3: this is not valid YAML", WAYMARK_KNOWLEDGE=str(folder))


async def test_a_database_that_cannot_be_reached_is_one_line(tmp_path: Path) -> None:
    address = "postgresql+asyncpg://me:secret@127.0.0.1:1/x"
    shown = "The database postgresql+asyncpg://me:***@127.0.0.1:1/x cannot be opened: "
    await one_line_and_exit_code_2(tmp_path, shown, DATABASE_URL=address)


async def test_a_database_that_is_not_there_is_one_line(tmp_path: Path, postgres: str) -> None:
    await one_line_and_exit_code_2(tmp_path, '_none" does not exist', DATABASE_URL=f"{postgres}_none")


async def test_a_database_address_that_is_none_is_one_line(tmp_path: Path) -> None:
    await one_line_and_exit_code_2(tmp_path, "DATABASE_URL wants an address like", DATABASE_URL="mysql://me@here/x")


async def test_a_data_folder_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir(mode=0o555)
    knowledge = str(knowledge_folder(tmp_path))
    await one_line_and_exit_code_2(tmp_path, "waymark.db cannot be opened", WAYMARK_KNOWLEDGE=knowledge)


async def test_a_data_folder_that_cannot_be_made_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0o555)
    await one_line_and_exit_code_2(
        tmp_path, "for the database cannot be made: Permission denied", WAYMARK_DATA=str(tmp_path / "closed" / "data")
    )


async def test_with_its_data_on_a_server_the_bot_needs_no_folder_to_write(
    discord: LocalDiscord, tmp_path: Path, postgres: str
) -> None:
    (tmp_path / "data").mkdir(mode=0o555)
    folder = str(knowledge_folder(tmp_path))
    async with running(
        tmp_path, DISCORD_API_URL=f"{discord.address}/api", DATABASE_URL=postgres, WAYMARK_KNOWLEDGE=folder
    ) as process:
        await logged(process, "ready")
        await discord.send_slash("ask", question="baker salary")
        answer = await asyncio.wait_for(discord.answers.get(), 20)
    assert "$30,000" in str(answer["data"]["components"])
