"""The operators' door: whether the bot is well, and its metrics, for this machine alone."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog
from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST

from bot.errors import WaymarkError
from bot.front.client import WaymarkBot
from bot.store.database import StoreUnavailableError

log = structlog.stdlib.get_logger("waymark")

#: Others on this machine get in, nobody else.
HOST = "127.0.0.1"
#: So long the database may take to answer, in seconds.
DATABASE_SECONDS = 3.0


@asynccontextmanager
async def served(bot: WaymarkBot, port: int) -> AsyncIterator[str]:
    """While this lasts, `GET /health` and `GET /metrics` are answered at the address that this gives.

    Port 0 stands for a free one. Raises `WaymarkError` when the port cannot be had.
    """
    door = _Door(bot)
    app = web.Application()
    app.router.add_get("/health", door.health)
    app.router.add_get("/metrics", door.metrics)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        site = web.TCPSite(runner, HOST, port)
        try:
            await site.start()
        except OSError as error:
            raise WaymarkError(
                f"WAYMARK_METRICS_PORT: {HOST}:{port} cannot be used ({error.strerror}). Name another port, or none."
            ) from None
        address = f"http://{HOST}:{runner.addresses[0][1]}"
        log.info("metrics are served", address=address)
        yield address
    finally:
        await runner.cleanup()


class _Door:
    """What is answered."""

    def __init__(self, bot: WaymarkBot) -> None:
        self._bot = bot

    async def health(self, _: web.Request) -> web.Response:
        """200 while members can be answered, else 503 with the reason on one line."""
        wrong = self._offline() or await self._without_database()
        return web.Response(status=503 if wrong else 200, text=f"{wrong or 'ok'}\n")

    async def metrics(self, _: web.Request) -> web.Response:
        """All numbers, as they stand now."""
        bot = self._bot
        guides = len(bot.coaches.base.knowledge.entries)
        bot.metrics.stands(guides=guides, own=bot.coaches.entries_held() - guides, servers=len(bot.guilds))
        promises = requests = None
        try:
            async with asyncio.timeout(DATABASE_SECONDS):
                promises = await bot.store.promises.due_count(bot.store.clock())
                requests = await bot.store.mentoring.waiting_count()
        except (StoreUnavailableError, TimeoutError):
            log.warning("the database does not tell what waits")
        bot.metrics.queue("promises", promises)
        bot.metrics.queue("mentor requests", requests)
        return web.Response(body=bot.metrics.text(), headers={"Content-Type": CONTENT_TYPE_LATEST})

    def _offline(self) -> str | None:
        if not self._bot.is_ready():
            return "not connected to Discord yet"
        if any(shard.is_closed() for shard in self._bot.shards.values()):
            return "the connection to Discord is lost; it is being opened anew"
        return None

    async def _without_database(self) -> str | None:
        try:
            async with asyncio.timeout(DATABASE_SECONDS):
                # Any server will do: what counts is that there is an answer.
                await self._bot.store.settings.get(0)
        except (StoreUnavailableError, TimeoutError):
            return "the database does not answer"
        return None
