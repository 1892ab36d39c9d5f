"""A local Discord with a web page, on SimCord: the real bot runs with no account.

This only sets the stage. SimCord is the Discord and its page the client; docs/sandbox.md tells what they lack.
"""

import asyncio
import datetime as dt
import errno
import logging
import os
import secrets
import signal
import sys
import threading
import webbrowser
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import discord

from bot.app import opened
from bot.errors import WaymarkError
from bot.log import configure_log
from bot.settings import Settings

INSTALL = (
    "The sandbox needs SimCord, which is not installed here. Use `make sandbox` in a checkout, or install it with "
    "`pip install 'waymark-bot[sandbox]'`."
)
try:
    import simcord
    from simcord.preview import Preview
except ImportError:
    raise WaymarkError(INSTALL) from None

#: Who one is on the page at first; a member without a role.
NEWCOMER = "newcomer"
#: The other personas, with the permissions of the role that each has.
ROLES = {
    "mentor": discord.Permissions.none(),
    "moderator": discord.Permissions(manage_messages=True),
    "admin": discord.Permissions(administrator=True),
}
#: The channels with their topics.
CHANNELS = {
    "welcome": "What this server is for",
    "ask-the-coach": "Type /ask and press Enter, then your question",
    "general": "Everything else",
    "mentors": "For mentors, moderators and admins",
}
#: Where the page opens.
START = "ask-the-coach"
#: Who wrote what where before the visitor came. {bot} mentions the bot, which then really answers. None of its answers
#: stands where the page opens: there the page would stay at that answer, and not go along with what comes below it.
MESSAGES = (
    ("welcome", "admin", "Welcome! We help each other into a new career."),
    ("welcome", "admin", "Questions about the way there go to #ask-the-coach, anything else to #general."),
    ("general", "newcomer", "Hi all! I have taught for six years and would like to move over to the library."),
    ("general", "mentor", "Good to have you here! I made the same move. Have you met our coach?"),
    ("general", "mentor", "{bot} what does a library media specialist do?"),
    ("general", "moderator", "A reminder for everyone: please leave the names of schools and pupils out."),
    ("mentors", "moderator", "Several new people this week. Who has time for a call?"),
    ("mentors", "mentor", "I can take two. Most ask about the degree first, so I send them to the coach."),
    ("ask-the-coach", "admin", "Here you ask our coach, Waymark: type `/ask`, press Enter, and type your question."),
    ("ask-the-coach", "moderator", "It keeps to its guide. When it misses your point, press *Not this one*."),
    ("ask-the-coach", "newcomer", "I wonder how long it takes if I already teach…"),
    ("ask-the-coach", "mentor", "Then ask it just that, in your own words!"),
)
#: Time between two of these messages.
PAUSE = dt.timedelta(minutes=4)
#: How far the local Discord's clock may lag behind.
TICK_SECONDS = 0.25

GUIDANCE = """\
Waymark is in a local Discord now. Its page:

  {address}

You are {me} in #{start}; "Viewing as" on the page makes you somebody else.
Try   /ask and Enter, then: how long does it take if I already teach?
      /browse and Enter, twice
      {mention} which degree do I need?
Go    elsewhere: type where here, press Enter, and reload the page. There are
      {places}
End   with Ctrl-C
"""

Overwrites = dict[Any, discord.PermissionOverwrite]
#: What the visitor or the system wants next: a place's name as it was typed, or None for the end.
Wishes = asyncio.Queue[str | None]


@dataclass(frozen=True)
class Place:
    """A channel or a direct message that the page can show, and as whom; the first viewer is who one is at first."""

    channel: simcord.ChannelHandle
    viewers: Sequence[simcord.MemberActor | simcord.UserHandle]


@dataclass(frozen=True)
class World:
    """The server with the bot in it; `personas` and `places` by name."""

    env: simcord.Env
    personas: dict[str, simcord.MemberActor]
    places: dict[str, Place]
    #: What mentions the bot in a message.
    mention: str


@dataclass(frozen=True)
class Page:
    """Where the page is served. The key is part of its address, which so stays good while the page changes place."""

    port: int | None = None
    key: str = field(default_factory=lambda: secrets.token_urlsafe(32))

    @asynccontextmanager
    async def showing(self, world: World, place: Place) -> AsyncIterator[Preview]:
        """Serves the page while this lasts; raises `WaymarkError` when that cannot be done."""
        preview = world.env.preview(place.channel, viewers=place.viewers, layout="channel", port=self.port)
        preview.capability = self.key
        try:
            await preview.__aenter__()
        except simcord.SetupError as error:
            raise self._refusal(error) from None
        try:
            yield preview
        finally:
            await preview.close()

    def _refusal(self, error: simcord.SetupError) -> WaymarkError:
        if not isinstance(error.__cause__, OSError):
            return WaymarkError(INSTALL)
        taken = error.__cause__.errno == errno.EADDRINUSE
        why = "is taken by another program" if taken else "cannot be used here"
        return WaymarkError(f"Port {self.port} {why}. Name another with --port, or leave --port out for a free one.")


def run(settings: Settings, *, port: int | None, open_browser: bool) -> None:
    """Runs the sandbox until SIGINT, SIGTERM, or the page's own end; raises `WaymarkError` when it cannot start."""
    configure_log(settings)
    logging.getLogger().setLevel(logging.WARNING)
    # SimCord's clock wakes loops a hair early, which discord.py takes for a clock that drifts, and mends by itself.
    logging.getLogger("discord.ext.tasks").setLevel(logging.ERROR)
    asyncio.run(_run(settings, Page(port), open_browser=open_browser))


async def _run(settings: Settings, page: Page, *, open_browser: bool) -> None:
    wishes: Wishes = asyncio.Queue()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, wishes.put_nowait, None)
    async with local_discord(settings) as world:
        with _typed_into(wishes):
            await tour(world, page, wishes, open_browser=open_browser)
    print("The sandbox has ended.", flush=True)


async def tour(world: World, page: Page, wishes: Wishes, *, open_browser: bool) -> None:
    """Shows the first place, then whichever is wished for, until the wish is to end."""
    async with page.showing(world, world.places[START]) as preview:
        address = preview.url
        print(_guidance(world, address), flush=True)
        if open_browser:
            _open(address)
        name = await _next_place(world, preview, wishes)
    page = Page(urlsplit(address).port, page.key)
    while name is not None:
        async with page.showing(world, world.places[name]) as preview:
            print(f"The page shows {name} now. Reload it.", flush=True)
            name = await _next_place(world, preview, wishes)


async def _next_place(world: World, preview: Preview, wishes: Wishes) -> str | None:
    """The name of the place that is wished for, or None when the sandbox is to end."""
    ending = asyncio.create_task(_end_with(preview, wishes))
    try:
        while (wish := await wishes.get()) is not None:
            name = " ".join(wish.lower().replace("#", " ").split())
            if name in world.places:
                return name
            print(f"There is no place of that name. There are: {', '.join(world.places)}", flush=True)
    finally:
        ending.cancel()
    return None


async def _end_with(preview: Preview, wishes: Wishes) -> None:
    await preview.wait_closed()
    wishes.put_nowait(None)


def _guidance(world: World, address: str) -> str:
    places = ", ".join(world.places)
    return GUIDANCE.format(address=address, me=NEWCOMER, start=START, mention=world.mention, places=places)


def _open(address: str) -> None:
    """Opens the address in a browser, unless the only ones there are would run inside this terminal."""
    if sys.platform == "linux" and not {"DISPLAY", "WAYLAND_DISPLAY", "BROWSER"} & set(os.environ):
        return
    threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()


@contextmanager
def _typed_into(wishes: Wishes) -> Iterator[None]:
    """While this lasts, each line typed on the terminal is a wish; input that cannot be waited for is left alone."""
    loop = asyncio.get_running_loop()

    def read(terminal: int) -> None:
        # The system stops whoever reads a terminal in the background.
        foreground = not os.isatty(terminal) or os.tcgetpgrp(terminal) == os.getpgrp()
        typed = os.read(terminal, 4096) if foreground else b""
        for line in typed.decode(errors="replace").splitlines():
            wishes.put_nowait(line)
        if not typed:
            loop.remove_reader(terminal)

    terminal = -1
    with suppress(AttributeError, OSError, ValueError):  # no standard input, a file, a closed one
        terminal = sys.stdin.fileno()
        loop.add_reader(terminal, read, terminal)
    try:
        yield
    finally:
        if terminal >= 0:
            loop.remove_reader(terminal)


@asynccontextmanager
async def local_discord(settings: Settings) -> AsyncIterator[World]:
    """The real bot in its world while this lasts. What it writes is kept between runs, apart from `waymark run`'s.

    Raises `WaymarkError` when there can be no folder for it, `KnowledgeError` when a knowledge file cannot be used.
    """
    data = settings.waymark_data / "sandbox"
    try:
        data.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WaymarkError(
            f"The folder {data} cannot be made ({error.strerror}). Name another in WAYMARK_DATA."
        ) from None
    settings = _set_apart(settings, data)
    async with opened(settings) as bot, _running(bot) as (env, world):
        clock = asyncio.create_task(_keep_time(env), name="clock")
        try:
            yield world
        finally:
            clock.cancel()


@asynccontextmanager
async def _running(bot: discord.Client) -> AsyncIterator[tuple[simcord.Env, World]]:
    """The bot started in its furnished world."""
    # No privileged intent is approved but that of WAYMARK_LISTENING, and the bot itself logs what goes wrong in it.
    approved = discord.Intents.default()
    approved.message_content = bot.intents.message_content
    env = simcord.Env(bot, shard_count=1, approved_intents=approved, check_errors=False)
    # All is there at SimCord's own beginning, so that ids are the same in every run; the bot comes when the time is
    # right, as its loops would go through every minute in between.
    personas, places = _stage(env)
    env.backend.advance_clock((dt.datetime.now(tz=dt.UTC) - PAUSE * len(MESSAGES) - env.now()).total_seconds())
    await env.start()
    try:
        with env.time_context():
            yield env, await _furnish(env, personas, places)
    finally:
        await env.shutdown()


def _set_apart(settings: Settings, data: Path) -> Settings:
    """The settings with that data folder, the sentence encoder of the one before, and no other Discord."""
    there = any(settings.encoder_folder.glob("*.safetensors"))
    encoder = settings.waymark_encoder or (settings.encoder_folder if there else None)
    return settings.model_copy(update={"waymark_data": data, "waymark_encoder": encoder, "discord_api_url": None})


def _stage(env: simcord.Env) -> tuple[dict[str, simcord.MemberActor], dict[str, Place]]:
    """The server with its members and channels; the bot, which is a member from now on, joins it when it starts."""
    env.backend.edit_bot_profile("Waymark")
    users = {name: env.create_user(name) for name in (NEWCOMER, *ROLES)}
    server = env.create_guild("Waymark Sandbox")
    roles = {name: server.create_role(name.title(), permissions=may) for name, may in ROLES.items()}
    personas = {
        name: server.add_member(user, roles=[roles[name]] if name in roles else []) for name, user in users.items()
    }
    places = _channels(server, personas)
    places |= {f"dm {name}": Place(user.dm_channel, [user]) for name, user in users.items()}
    return personas, places


async def _furnish(env: simcord.Env, personas: dict[str, simcord.MemberActor], places: dict[str, Place]) -> World:
    """Lets the first messages be written."""
    bot = env.bot.user
    assert bot is not None
    for channel, author, text in MESSAGES:
        await personas[author].send(places[channel].channel, text.format(bot=bot.mention))
        await env.advance_time(PAUSE.total_seconds())
    return World(env, personas, places, bot.mention)


def _channels(server: simcord.GuildHandle, personas: dict[str, simcord.MemberActor]) -> dict[str, Place]:
    """The channels: only admins write in #welcome, and who has no role does not see #mentors."""
    everyone = server.default_role
    invited = [role for role in server.roles.values() if role.id != everyone.id]  # the bot's own role, too
    rules: dict[str, Overwrites] = {
        "welcome": {everyone: discord.PermissionOverwrite(send_messages=False)},
        "mentors": {everyone: discord.PermissionOverwrite(view_channel=False)}
        | {role: discord.PermissionOverwrite(view_channel=True) for role in invited},
    }
    return {
        name: Place(
            server.create_text_channel(name, topic=topic, overwrites=rules.get(name)),
            [persona for who, persona in personas.items() if name != "mentors" or who != NEWCOMER],
        )
        for name, topic in CHANNELS.items()
    }


async def _keep_time(env: simcord.Env) -> None:
    """Lets SimCord's clock, which stands still by itself, go with the real one, for cooldowns and the age of figures.

    `Env.advance_time` would do, but while it runs SimCord turns away what a member does on the page.
    """
    while True:
        late = dt.datetime.now(tz=dt.UTC) - env.now()
        env.backend.advance_clock(max(0.0, late.total_seconds()))
        await asyncio.sleep(TICK_SECONDS)
