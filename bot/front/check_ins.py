"""Asks members how their path goes, each at their hour: those who wanted it, and as kindly as they wanted it.

The order of steps that makes each due one sent, and sent once, is described in `bot.store.check_ins`.
"""

import asyncio
import datetime as dt

import aiohttp
import discord
import structlog
from discord.ext import tasks

from bot.coaching.card import card_of
from bot.errors import WaymarkError
from bot.front.check_in_card import Farewell, due_view, farewell_view
from bot.front.check_in_delivery import AS_BEFORE, DIRECTLY, Place, has_left, reach
from bot.front.check_in_form import CheckInButton, StopButton
from bot.front.client import WaymarkBot
from bot.front.member_path import MemberPath
from bot.front.path_glance import glance
from bot.front.pinging import pinging_only
from bot.front.rounds import EVERY_MINUTE, Rounds
from bot.front.standing_message import matches_in
from bot.store.check_ins import DueCheckIn
from bot.store.database import StoreUnavailableError

log = structlog.stdlib.get_logger("waymark")

#: Shortest time between two rounds, by the store's clock.
PAUSE = dt.timedelta(seconds=30)
#: Most that are sent in a second. Each takes up to four requests, of which Discord takes fifty a second from a bot.
A_SECOND = 4
#: How long one may take: so that those claimed with it are sent before their claim is over.
PATIENCE = 30.0
#: When it is tried again: while Discord is away, and where the member or their path cannot be reached.
SOON, LATER = dt.timedelta(minutes=15), dt.timedelta(days=1)
#: Whoever could not be reached for so long is not asked any more.
GIVES_UP = dt.timedelta(days=7)
#: How many of the last messages are looked through for one that may have been sent.
LOOKED = 200


class OvertakenError(Exception):
    """The check-in is not to be sent any more by whoever was given it."""


class CheckInRounds(Rounds):
    """Goes a round when the bot is ready, and each minute from then on.

    By the store's clock, by which they are due: where that stood still, as in a sandbox whose own time jumps over
    months, none has become due.
    """

    def __init__(self, bot: WaymarkBot) -> None:
        super().__init__(bot)
        self._done_at: dt.datetime | None = None

    @tasks.loop(time=EVERY_MINUTE)
    async def go_round(self) -> None:
        """Asks all who are due; what goes wrong is tried again in a later round."""
        now = self._bot.store.clock()
        if self._done_at is not None and now - self._done_at < PAUSE:
            return
        async with self.going:
            self._done_at = now if await self._ask_due() else None

    @go_round.before_loop
    async def _until_ready(self) -> None:
        await self._bot.wait_until_ready()

    async def _ask_due(self) -> bool:
        """Asks all who are due; whether the database was there for it."""
        store = self._bot.store
        try:
            while not self.ending and (due := await store.check_ins.claim_due(store.clock(), A_SECOND)):
                for one in due:
                    await ask(self._bot, one)
                if len(due) < A_SECOND:
                    break
                await asyncio.sleep(1)
        except StoreUnavailableError as error:
            log.warning("check-ins have to wait", why=str(error))
            return False
        except Exception:
            # A fault in one round must not end all rounds.
            log.exception("a round of check-ins failed")
            return False
        return True


async def ask(client: WaymarkBot, due: DueCheckIn) -> None:
    """Asks a member, if nobody has; puts it off when they cannot be reached for now.

    Raises `StoreUnavailableError`; the claim then runs out, and another round looks whether it was sent.
    """
    check_ins, now = client.store.check_ins, client.store.clock()
    try:
        async with asyncio.timeout(PATIENCE):
            await _asked(client, due)
    except OvertakenError:
        log.info("a check-in was changed before it was sent")
    except StoreUnavailableError:
        raise
    except (discord.DiscordException, aiohttp.ClientError, OSError, TimeoutError) as error:
        log.warning("a check-in has to wait for Discord", why=str(error))
        await check_ins.failed(due, now + SOON)
    except WaymarkError as error:
        log.warning("a check-in has to wait for its path", guide=due.guide, why=str(error))
        await check_ins.failed(due, now + LATER)


async def _asked(client: WaymarkBot, due: DueCheckIn) -> None:
    check_ins = client.store.check_ins
    path = await glance(client, due.member, due.guide)
    is_gone = await has_left(client, due)
    farewell = _farewell(path) or (Farewell.LEFT if is_gone else None)

    async def send(place: Place) -> None:
        if due.again and await _stands(place, due):
            return
        if not await check_ins.renew(due):
            raise OvertakenError
        in_thread = isinstance(place, discord.Thread)
        if farewell is None and path is not None:
            view = due_view(path, due, mention=in_thread)
        else:
            view = farewell_view(farewell or Farewell.GONE, due, mention=in_thread)
        await place.send(view=view, nonce=due.nonce, allowed_mentions=pinging_only(due.member))

    # In a thread of the server, somebody who has left would not see it.
    is_reached = await reach(client, due, send, DIRECTLY if is_gone else AS_BEFORE) is not None
    if farewell is not None:
        # What the member has set anew meanwhile stays.
        if await check_ins.renew(due):
            await check_ins.stop(due.member, due.guide)
    elif is_reached:
        await check_ins.sent(due)
    elif client.store.clock() - due.due_at < GIVES_UP:
        await check_ins.failed(due, client.store.clock() + LATER)
    elif await check_ins.renew(due):
        log.info("a member cannot be reached any more, so they are not asked")
        await check_ins.stop(due.member, due.guide)


def _farewell(path: MemberPath | None) -> Farewell | None:
    """Why the member is asked for the last time; None when they are not."""
    if path is None:
        return Farewell.GONE
    return Farewell.FINISHED if card_of(path.plan, path.progress, path.today).is_finished else None


async def _stands(place: Place, due: DueCheckIn) -> bool:
    """Whether the message was sent already, by somebody who could not save it any more."""
    kinds = [kind.__discord_ui_compiled_template__ for kind in (StopButton, CheckInButton)]
    async for message in place.history(limit=LOOKED):
        if any(found["nonce"] == due.nonce for kind in kinds for found in matches_in(message, kind)):
            return True
    return False
