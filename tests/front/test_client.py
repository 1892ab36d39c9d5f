"""What the bot does with every question: it counts it, logs nothing of it, and can let go of who asked."""

import logging
import sqlite3
import traceback
from contextlib import closing

import pytest
from structlog.testing import capture_logs

from bot.front.client import WaymarkBot
from tests.front.conftest import Community
from tests.front.reading import answered, seen

WORD = "marzipan"
QUESTION = f"How much {WORD} does a baker earn?"


def told(line: object) -> str:
    """All that a line of the log would show, tracebacks included."""
    assert isinstance(line, dict)
    error = line.get("exc_info")
    fault = "".join(traceback.format_exception(error)) if isinstance(error, BaseException) else ""
    return f"{line} {fault}"


async def ask_everywhere(community: Community) -> None:
    """Asks in all ways there are."""
    result = await community.newcomer.slash(community.channel, "ask", question=QUESTION)
    await community.newcomer.click(answered(result), label=seen(result.response).buttons[0])
    bot = community.env.bot.user
    assert bot is not None
    await community.newcomer.send(community.channel, f"{bot.mention} {QUESTION}")
    await community.newcomer.send_dm(QUESTION)


async def test_no_word_of_a_question_gets_into_the_log(community: Community, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO), capture_logs() as logged:
        await ask_everywhere(community)
    assert WORD not in caplog.text
    assert not [line for line in logged if WORD in told(line)]


async def test_nor_when_it_cannot_be_stored_by_a_fault_of_ours(
    community: Community, bot: WaymarkBot, caplog: pytest.LogCaptureFixture
) -> None:
    with closing(sqlite3.connect(bot.store.database.file or "")) as connection:
        connection.execute("CREATE TRIGGER no BEFORE INSERT ON questions BEGIN SELECT RAISE(ABORT, 'no'); END")
    with caplog.at_level(logging.INFO), capture_logs() as logged:
        result = await community.newcomer.slash(community.channel, "ask", question=QUESTION)
    assert "Something went wrong on my side" in seen(result.response).text
    assert [line["event"] for line in logged] == ["a request failed"]
    assert "INSERT INTO questions" in told(logged[0])
    assert WORD not in told(logged[0])
    assert WORD not in caplog.text
    assert community.env.errors
