"""The weekly digest: on Mondays, what `/insights` tells of the last seven days, in the channel that `/setup` names."""

import datetime as dt

import discord
import structlog
from discord.ext import tasks

from bot.errors import WaymarkError
from bot.front.insights_view import insights_shown, told_of
from bot.front.layout import small
from bot.front.rounds import EVERY_HOUR, Rounds

log = structlog.stdlib.get_logger("waymark")

#: When it is due: on that day of the week, 0 for Monday, at that hour in UTC.
DAY, HOUR = 0, 9


class Digest(Rounds):
    """Goes a round each hour.

    A digest that was not posted on time, as while the bot was down, is posted in the first round after it. The claim of
    it stands before the posting: what fails on the way is left out for a week rather than ever posted twice.
    """

    @tasks.loop(time=EVERY_HOUR)
    async def go_round(self) -> None:
        """Posts what is due in each server; one that fails leaves the others be."""
        due = last_due(self._bot.store.clock())
        async with self.going:
            for server in list(self._bot.guilds):
                try:
                    await self._post(server, due)
                except (WaymarkError, discord.HTTPException) as error:
                    log.warning("a digest could not be posted", server=server.id, why=str(error))
                except Exception:
                    log.exception("a digest failed", server=server.id)

    @go_round.before_loop
    async def _until_ready(self) -> None:
        await self._bot.wait_until_ready()

    async def _post(self, server: discord.Guild, due: dt.datetime) -> None:
        """Posts the server's digest if it wants one and has not had it; a week with nothing to tell has none."""
        all_settings = self._bot.store.settings
        settings = await all_settings.get(server.id)
        channel = server.get_channel(settings.digest_channel or 0)
        if not isinstance(channel, discord.TextChannel) or settings.has_digest_of(due):
            return
        told = await told_of(self._bot, server.id, "week")
        attach = channel.permissions_for(server.me).attach_files
        shown = await insights_shown(self._bot, told, small(_FOOT), with_picture=attach)
        if await all_settings.claim_digest(server.id, due) and not told.is_empty:
            await channel.send(view=shown.view, files=shown.files(), silent=True)


_FOOT = "Each Monday here, as long as `/setup` names this channel. Moderators see more with `/insights`."


def last_due(now: dt.datetime) -> dt.datetime:
    """The last moment before now at which a digest was due."""
    day = now.astimezone(dt.UTC).replace(hour=HOUR, minute=0, second=0, microsecond=0)
    due = day - dt.timedelta(days=(day.weekday() - DAY) % 7)
    return due if due <= now else due - dt.timedelta(days=7)
