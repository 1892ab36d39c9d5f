"""The sandbox: its world in this process, and the program as a person starts and ends it."""

import asyncio
import os
import re
import signal
import socket
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import discord
import pytest
import pytest_asyncio
import simcord

from bot import sandbox
from bot.errors import WaymarkError
from bot.sandbox import Page, World, local_discord, tour
from bot.settings import Settings
from tests.front.bakers import ENTRIES, GUIDE, WORDS
from tests.front.reading import seen
from tests.knowledge.folders import knowledge_folder
from tests.staying import staying

ROOT = Path(__file__).resolve().parents[1]
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+/#\S+")
#: Most seconds that a test waits for the program; it needs three or four.
PATIENCE = 60


# All share one world, and so one event loop; a test that makes worlds of its own needs a loop of its own.
pytestmark = pytest.mark.asyncio(loop_scope="module")
own_loop = pytest.mark.asyncio(loop_scope="function")


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    root = tmp_path_factory.mktemp("sandbox")
    folder = knowledge_folder(root, guide=GUIDE, entries=ENTRIES, words=WORDS)
    return Settings(_env_file=None, waymark_knowledge=folder, waymark_data=root / "data", waymark_encoder="off")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world(settings: Settings) -> AsyncIterator[World]:
    async with staying(local_discord(settings)) as world:
        yield world


def roles(world: World) -> dict[str, discord.Permissions]:
    return {role.name: role.permissions for guild in world.env.bot.guilds for role in guild.roles}


async def test_moderators_may_manage_messages_and_no_more(world: World) -> None:
    assert roles(world)["Moderator"] == discord.Permissions(manage_messages=True)


async def test_admins_may_manage_the_server(world: World) -> None:
    assert roles(world)["Admin"].administrator


async def test_mentors_have_a_role_without_permissions(world: World) -> None:
    assert roles(world)["Mentor"] == discord.Permissions.none()


async def test_the_newcomer_opens_the_channel_for_questions(world: World) -> None:
    assert world.places[sandbox.START].viewers[0] is world.personas["newcomer"]


async def test_everybody_is_in_the_channel_for_questions(world: World) -> None:
    assert list(world.personas) == ["newcomer", "mentor", "moderator", "admin"]
    assert list(world.places[sandbox.START].viewers) == list(world.personas.values())


async def test_the_newcomer_does_not_see_the_mentors_channel(world: World) -> None:
    assert world.personas["newcomer"] not in world.places["mentors"].viewers
    with pytest.raises(simcord.BackendError, match=r"Missing (Access|Permissions)"):
        await world.personas["newcomer"].send(world.places["mentors"].channel, "hello?")


async def test_mentors_write_in_their_channel(world: World) -> None:
    await world.personas["mentor"].send(world.places["mentors"].channel, "hello")


async def test_the_bot_sees_the_mentors_channel(world: World) -> None:
    await world.personas["mentor"].send(world.places["mentors"].channel, f"{world.mention} baker salary")
    assert "$30,000" in seen(world.places["mentors"].channel.last_message).text


async def test_each_persona_has_a_direct_message_with_the_bot(world: World) -> None:
    for name, persona in world.personas.items():
        assert [viewer.id for viewer in world.places[f"dm {name}"].viewers] == [persona.id]


async def test_the_bot_has_answered_one_of_the_first_messages(world: World) -> None:
    authors = {message.author.display_name for message in world.places["general"].channel.history()}
    assert "Waymark" in authors


async def test_the_page_opens_below_no_answer_where_it_would_stay(world: World) -> None:
    assert not any(message.author.bot for message in world.places[sandbox.START].channel.history())


@own_loop
async def test_ids_are_the_same_in_the_next_run(settings: Settings) -> None:
    async with local_discord(settings) as one:
        first = [persona.id for persona in one.personas.values()], [place.channel.id for place in one.places.values()]
    async with local_discord(settings) as two:
        assert first == (
            [persona.id for persona in two.personas.values()],
            [place.channel.id for place in two.places.values()],
        )


async def test_the_clock_goes_with_the_real_one(world: World) -> None:
    before = discord.utils.utcnow()
    async with asyncio.timeout(PATIENCE):
        while world.env.now() <= before:  # noqa: ASYNC110 - there is no event for a clock
            await asyncio.sleep(0)


@own_loop
async def test_what_the_bot_wrote_is_kept(settings: Settings) -> None:
    async with local_discord(settings):
        (settings.waymark_data / "sandbox" / "note").touch()
    async with local_discord(settings):
        assert (settings.waymark_data / "sandbox" / "note").exists()


@own_loop
async def test_a_folder_that_cannot_be_made_is_named(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "data").touch()
    with pytest.raises(WaymarkError, match=r"data/sandbox cannot be made .* WAYMARK_DATA"):
        async with local_discord(settings.model_copy(update={"waymark_data": tmp_path / "data"})):
            pass


async def test_the_address_stays_good_when_the_page_changes_place(world: World) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        page = Page(free.getsockname()[1])
    async with page.showing(world, world.places["general"]) as preview:
        before = preview.url
    async with page.showing(world, world.places["dm newcomer"]) as preview:
        assert preview.url == before


async def test_the_page_goes_where_one_wishes(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    await tour(world, Page(), wishes("  #General ", None), open_browser=False)
    assert "The page shows general now." in capsys.readouterr().out


async def test_a_wish_for_no_place_lists_them_all(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    await tour(world, Page(), wishes("the moon", None), open_browser=False)
    assert f"There is no place of that name. There are: {', '.join(world.places)}" in capsys.readouterr().out


async def test_the_guidance_names_the_mention_of_the_bot(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    await tour(world, Page(), wishes(None), open_browser=False)
    assert world.mention in capsys.readouterr().out


def wishes(*wanted: str | None) -> "asyncio.Queue[str | None]":
    queue: asyncio.Queue[str | None] = asyncio.Queue()
    for wish in wanted:
        queue.put_nowait(wish)
    return queue


async def test_without_the_parts_of_its_page_it_says_how_to_install_them(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> None:
        raise simcord.SetupError("Preview requires PIL")

    monkeypatch.setattr("simcord.preview._require_preview_runtime", missing)
    with pytest.raises(WaymarkError, match=r"waymark-bot\[sandbox\]"):
        async with Page().showing(world, world.places["general"]):
            pass


@asynccontextmanager
async def started(settings: Settings, *arguments: str, **environment: str) -> AsyncIterator[Process]:
    """The program while this lasts; it is gone afterwards, whatever happened."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "sandbox", *arguments, cwd=ROOT, stdin=PIPE, stdout=PIPE, stderr=PIPE,
        env=os.environ | {
            "WAYMARK_DATA": str(settings.waymark_data), "WAYMARK_KNOWLEDGE": str(settings.waymark_knowledge),
            "WAYMARK_ENCODER": "off",
        } | environment,
    )  # fmt: skip
    try:
        async with asyncio.timeout(PATIENCE):
            yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def printed(process: Process, wanted: re.Pattern[str]) -> str:
    """The first match in what the program prints."""
    assert process.stdout is not None
    async for line in process.stdout:
        if match := wanted.search(line.decode()):
            return match.group()
    raise AssertionError("the program ended without printing it")


async def ended(process: Process) -> tuple[int, str]:
    """Exit code and standard error."""
    _, errors = await process.communicate()
    assert process.returncode is not None
    return process.returncode, errors.decode()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


async def test_the_printed_address_is_the_page(settings: Settings) -> None:
    port = free_port()
    async with started(settings, "--no-browser", "--port", str(port)) as process:
        address = await printed(process, ADDRESS)
        assert address.startswith(f"http://127.0.0.1:{port}/")
        async with aiohttp.ClientSession() as session, session.get(address) as response:
            assert response.status == 200
            assert response.content_type == "text/html"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_a_signal_ends_it_in_order(settings: Settings, number: signal.Signals) -> None:
    async with started(settings, "--no-browser") as process:
        await printed(process, ADDRESS)
        process.send_signal(number)
        assert await ended(process) == (0, "")


async def test_a_taken_port_is_one_clear_line(settings: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        async with started(settings, "--no-browser", "--port", str(port)) as process:
            code, errors = await ended(process)
    assert (code, errors.count("\n")) == (2, 1)
    assert errors.startswith(f"waymark: Port {port} is taken by another program.")


async def test_without_simcord_it_says_how_to_install_it() -> None:
    program = (
        "import sys; sys.modules['simcord'] = None; sys.argv = ['waymark', 'sandbox']; import bot.cli as c; c.main()"
    )
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", program, cwd=ROOT, stderr=PIPE)
    async with asyncio.timeout(PATIENCE):
        code, errors = await ended(process)
    assert (code, errors.count("\n")) == (2, 1)
    assert "pip install 'waymark-bot[sandbox]'" in errors
    assert "make sandbox" in errors


async def test_typing_a_place_moves_the_page(settings: Settings) -> None:
    async with started(settings, "--no-browser") as process:
        await printed(process, ADDRESS)
        assert process.stdin is not None
        process.stdin.write(b"DM newcomer\n")
        assert "dm newcomer" in await printed(process, re.compile("The page shows .*"))


async def test_it_opens_the_browser(settings: Settings, tmp_path: Path) -> None:
    browser = tmp_path / "browser"
    browser.write_text('#!/bin/sh\necho "opened $1" >&2\n', encoding="utf-8")
    browser.chmod(0o755)
    async with started(settings, BROWSER=f"{browser} %s") as process:
        address = await printed(process, ADDRESS)
        assert process.stderr is not None
        assert (await process.stderr.readline()).decode() == f"opened {address}\n"
