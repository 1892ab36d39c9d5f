"""The operators' door over a real socket: who is well, what is counted, and who gets in."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import aiohttp
import pytest
import simcord
from prometheus_client.parser import text_string_to_metric_families
from pydantic import SecretStr

from bot.app import opened
from bot.errors import WaymarkError
from bot.front.client import WaymarkBot
from bot.health import served
from bot.settings import Settings
from tests.front.bakers import ENTRIES, GUIDE, WORDS
from tests.knowledge.folders import knowledge_folder
from tests.local_discord import local_discord
from tests.store.doors import Door
from tests.test_run import ended, logged, running


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    folder = knowledge_folder(tmp_path, guide=GUIDE, entries=ENTRIES, words=WORDS)
    return Settings(_env_file=None, waymark_knowledge=folder, waymark_data=tmp_path / "data", waymark_encoder="off")


@asynccontextmanager
async def connected(settings: Settings) -> AsyncIterator[tuple[WaymarkBot, simcord.Env]]:
    """The bot in a local Discord."""
    async with opened(settings) as bot, simcord.run(bot, shard_count=1, settle_timeout=60.0) as env:
        yield bot, env


async def get(address: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.get(address) as response:
        return response.status, await response.text()


def numbers(text: str) -> dict[tuple[str, ...], float]:
    """The numbers by name and labels."""
    families = text_string_to_metric_families(text)
    return {(one.name, *one.labels.values()): one.value for family in families for one in family.samples}


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


async def test_a_bot_that_is_connected_is_well(settings: Settings) -> None:
    async with connected(settings) as (bot, _), served(bot, 0) as address:
        assert await get(f"{address}/health") == (200, "ok\n")


async def test_before_it_is_connected_it_is_not(settings: Settings) -> None:
    async with opened(settings) as bot, served(bot, 0) as address:
        assert await get(f"{address}/health") == (503, "not connected to Discord yet\n")


async def test_without_its_database_it_is_not_and_then_is_again(settings: Settings, postgres: str) -> None:
    async with Door(postgres).standing() as door:
        behind = settings.model_copy(update={"database_url": SecretStr(door.address)})
        async with connected(behind) as (bot, _), served(bot, 0) as address:
            door.shut()
            assert await get(f"{address}/health") == (503, "the database does not answer\n")
            status, text = await get(f"{address}/metrics")
            assert status == 200
            assert ("waymark_queue_length", "questions") in numbers(text)
            assert ("waymark_queue_length", "promises") not in numbers(text)
            door.open()
            assert await get(f"{address}/health") == (200, "ok\n")
            assert ("waymark_queue_length", "promises") in numbers((await get(f"{address}/metrics"))[1])


async def test_what_members_do_is_counted(settings: Settings) -> None:
    async with connected(settings) as (bot, env), served(bot, 0) as address:
        guild = env.create_guild("Bakers")
        channel, member = guild.create_text_channel("ask"), guild.add_member(env.create_user("ann"))
        for question in ("baker salary", "baker salary", "who won the cup"):
            await member.slash(channel, "ask", question=question)
        found = numbers((await get(f"{address}/metrics"))[1])
        missed = await bot.store.questions.recent(guild.id)
        await bot.store.mentoring.ask(server=guild.id, channel=channel.id, asker=member.id, anonymous=False, text="why")
        later = numbers((await get(f"{address}/metrics"))[1])
    assert found["waymark_questions_total", "answer"] == 2
    assert found["waymark_questions_total", "none"] == 1
    assert found["waymark_index_entries", "guides"] == len(bot.coaches.base.knowledge.entries)
    assert found["waymark_index_entries", "servers"] == 0
    assert found["waymark_servers",] == 1
    assert missed == ("who won the cup", "baker salary")
    assert (found["waymark_queue_length", "mentor requests"], later["waymark_queue_length", "mentor requests"]) == (
        0,
        1,
    )


async def test_nothing_in_the_numbers_tells_of_a_person_or_a_server(settings: Settings) -> None:
    async with connected(settings) as (bot, env), served(bot, 0) as address:
        guild = env.create_guild("Bakers")
        channel, member = guild.create_text_channel("ask"), guild.add_member(env.create_user("ann"))
        await member.slash(channel, "ask", question="baker salary")
        _, text = await get(f"{address}/metrics")
    for secret in (str(member.id), str(guild.id), str(channel.id), "salary", "Bakers", "ann"):
        assert secret not in text


async def test_a_port_that_is_taken_is_said_in_one_line(settings: Settings) -> None:
    async with opened(settings) as bot, served(bot, 0) as address:
        port = int(address.rpartition(":")[2])
        with pytest.raises(WaymarkError, match=f"WAYMARK_METRICS_PORT: 127.0.0.1:{port} cannot be used"):
            async with served(bot, port):
                pass


async def test_nothing_else_is_answered(settings: Settings) -> None:
    async with opened(settings) as bot, served(bot, 0) as address:
        assert (await get(f"{address}/"))[0] == 404
        assert (await get(f"{address}/../waymark.db"))[0] == 404


async def test_the_setting_opens_the_door_of_a_bot_that_runs(tmp_path: Path) -> None:
    port = free_port()
    async with local_discord() as discord:
        where = {"DISCORD_API_URL": f"{discord.address}/api", "WAYMARK_METRICS_PORT": str(port)}
        async with running(tmp_path, WAYMARK_ENCODER="off", **where) as process:
            await logged(process, "ready")
            assert await get(f"http://127.0.0.1:{port}/health") == (200, "ok\n")
            await discord.send_slash("ask", question="How long does it take?")
            await asyncio.wait_for(discord.answers.get(), 20)
            found = numbers((await get(f"http://127.0.0.1:{port}/metrics"))[1])
    assert sum(found["waymark_questions_total", kind] for kind in ("answer", "suggestions")) == 1
    assert found["waymark_acknowledge_seconds_count",] == 1


async def test_when_discord_is_gone_it_is_not_well(tmp_path: Path) -> None:
    port = free_port()
    async with AsyncExitStack() as until_it_goes:
        discord = await until_it_goes.enter_async_context(local_discord())
        where = {"DISCORD_API_URL": f"{discord.address}/api", "WAYMARK_METRICS_PORT": str(port)}
        async with running(tmp_path, WAYMARK_ENCODER="off", **where) as process, asyncio.timeout(60):
            await logged(process, "ready")
            await until_it_goes.aclose()
            while (await get(f"http://127.0.0.1:{port}/health"))[0] == 200:
                pass
            status, text = await get(f"http://127.0.0.1:{port}/health")
    assert (status, text) == (503, "the connection to Discord is lost; it is being opened anew\n")


async def test_a_port_that_is_taken_ends_the_start_with_one_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        async with running(tmp_path, WAYMARK_ENCODER="off", WAYMARK_METRICS_PORT=str(port)) as process:
            code, log = await ended(process)
    assert code == 2
    assert f"127.0.0.1:{port} cannot be used" in log
    assert "Traceback" not in log
