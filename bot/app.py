"""The composition root: builds the coach and the bot from the settings, runs them, and ends them in order."""

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import aiohttp
import discord
import structlog
from watchfiles import awatch

from bot.assembly import Assembly, find_embedder, find_spaces, knowledge_folder
from bot.errors import WaymarkError
from bot.front.ask import Ask
from bot.front.browse import Browse
from bot.front.client import WaymarkBot
from bot.front.conversation import Conversation
from bot.front.entry_card import EntryButton
from bot.front.help import Help
from bot.front.themes import BackButton, EntryMenu, ThemeButton, ThemeMenu
from bot.front.verdicts import NotThisOneButton, PickButton
from bot.knowledge.faults import KnowledgeError
from bot.settings import Settings

log = structlog.stdlib.get_logger("waymark")

GROUPS = (Ask, Browse, Help, Conversation)
ITEMS = (EntryButton, PickButton, NotThisOneButton, ThemeButton, ThemeMenu, EntryMenu, BackButton)
#: Longest wait in seconds for Discord to take the token and the commands, retries of discord.py included.
LOGIN_SECONDS = 60


def build(settings: Settings) -> WaymarkBot:
    """The bot, ready to be started; raises `KnowledgeError` when a knowledge file cannot be used."""
    embedder, spaces = find_embedder(settings, _Told()), find_spaces(settings)
    assembly = Assembly(knowledge_folder(settings), embedder=embedder, spaces=spaces)
    return WaymarkBot(assembly.coach, groups=GROUPS, items=ITEMS, api_url=settings.discord_api_url)


class _Told:
    """Logs how far the vectors of new phrasings are, about ten times in all."""

    def __init__(self) -> None:
        self._next = 0

    def __call__(self, done: int, total: int) -> None:
        if done >= min(self._next, total):
            log.info("learning new phrasings", done=done, of=total)
            self._next = done + total // 10


@asynccontextmanager
async def watching(bot: WaymarkBot, settings: Settings) -> AsyncIterator[None]:
    """While this lasts, a change in the knowledge files gives the bot a new coach; broken files leave the last good."""
    stop = asyncio.Event()
    task = asyncio.create_task(_reload_on_change(bot, knowledge_folder(settings), stop), name="knowledge watch")
    try:
        yield
    finally:
        stop.set()
        await task


async def _reload_on_change(bot: WaymarkBot, folder: Path, stop: asyncio.Event) -> None:
    async for _ in awatch(folder, stop_event=stop):
        await reload(bot)


async def reload(bot: WaymarkBot) -> None:
    """Reads the folder again, off the event loop, and swaps the coach whole; on a fault the last good one stays."""
    try:
        bot.coach = await asyncio.to_thread(bot.make_coach)
    except KnowledgeError as error:
        log.warning(
            "knowledge files are broken, the last good version stays", faults=[str(fault) for fault in error.faults]
        )
    else:
        log.info("knowledge reloaded", entries=len(bot.coach.knowledge.entries))


async def run(settings: Settings) -> None:
    """Runs the bot until SIGTERM or SIGINT; raises `WaymarkError` when it cannot start."""
    if settings.discord_token is None:
        raise WaymarkError(
            "DISCORD_TOKEN is not set, so the bot cannot log in. Put it into the environment or a .env file; "
            "`waymark sandbox` runs without one."
        )
    bot = build(settings)
    encoder = bot.coach.encoder
    log.info("matching by words and meaning" if encoder else "matching by words alone", encoder=encoder)
    serving = asyncio.create_task(_serve(bot, settings, settings.discord_token.get_secret_value()), name="serve")
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, serving.cancel)
    # Cancelled, the bot closes its connections on the way out; whatever else ended it is raised here.
    with suppress(asyncio.CancelledError):
        await serving
    log.info("stopped")


async def _serve(bot: WaymarkBot, settings: Settings, token: str) -> None:
    async with bot, watching(bot, settings):
        await _login(bot, token)
        await bot.connect()


async def _login(bot: WaymarkBot, token: str) -> None:
    where = discord.http.Route.BASE
    try:
        async with asyncio.timeout(LOGIN_SECONDS):
            await bot.login(token)
    except discord.LoginFailure:
        raise WaymarkError(
            "Discord refused the token in DISCORD_TOKEN. Copy it anew from the Bot page of the developer portal."
        ) from None
    except TimeoutError:
        raise WaymarkError(f"Discord did not answer at {where} in {LOGIN_SECONDS} s. Try again in a while.") from None
    except (aiohttp.ClientError, discord.DiscordException, OSError) as error:
        raise WaymarkError(f"Discord cannot be reached at {where} ({error}). Try again in a while.") from None
