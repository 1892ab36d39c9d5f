"""Keeps the promises to tell members when there is an answer: by direct message, or by a mention where they asked.

The order of steps that makes each told once is described in `bot.store.promises`.
"""

import asyncio
import datetime as dt

import discord
import structlog
from discord import ui
from discord.ext import commands, tasks

from bot.errors import WaymarkError
from bot.front.client import Interaction, WaymarkBot
from bot.front.entry_card import entry_card
from bot.front.items import Button, Persistent
from bot.front.layout import lines, small
from bot.front.pinging import pinging_only
from bot.front.rounds import EVERY_MINUTE, Rounds
from bot.front.standing_message import changed, matches_in
from bot.front.text import quoted
from bot.knowledge.models import Entry
from bot.matching.coach import Coach
from bot.store.promises import Telling

log = structlog.stdlib.get_logger("waymark")

#: How many are claimed at once, and how many seconds each may take: together well below `bot.store.promises.STALE`.
BATCH, PATIENCE = 4, 60.0
#: When it is tried again where the bot may not write.
LATER = dt.timedelta(hours=6)
#: How many of the last messages are looked through for one that may have been sent.
LOOKED = 200


class TellingRounds(Rounds):
    """Goes a round each minute, and as soon as moderators say that something is answered."""

    @commands.Cog.listener()
    async def on_answered(self) -> None:
        """Goes a round at once, as there may be somebody to be told now."""
        await self.go_round()

    @tasks.loop(time=EVERY_MINUTE)
    async def go_round(self) -> None:
        """Tells all who are to be told; what goes wrong is tried again in a later round."""
        async with self.going:
            try:
                while not self.ending and (batch := await self._claimed()):
                    for telling in batch:
                        await self._tell(telling)
            except WaymarkError as error:
                log.warning("members have to wait for what was promised", why=str(error))
            except Exception:
                # A fault in one round must not end all rounds.
                log.exception("a round of telling failed")

    @go_round.before_loop
    async def _until_ready(self) -> None:
        await self._bot.wait_until_ready()

    async def _claimed(self) -> tuple[Telling, ...]:
        return await self._bot.store.promises.claim(BATCH, self._bot.store.clock())

    async def _tell(self, telling: Telling) -> None:
        """Tells one; when it is not known whether that went well, the claim is left to become stale."""
        try:
            async with asyncio.timeout(PATIENCE):
                await tell(self._bot, telling)
        except WaymarkError:
            raise
        except (discord.DiscordException, OSError, TimeoutError) as error:
            log.warning("a member could not be told for now", question=telling.question, why=str(error))
        except Exception:
            # A fault with one must not keep the others waiting.
            log.exception("a member could not be told", question=telling.question)


async def tell(client: WaymarkBot, telling: Telling) -> None:
    """Tells a member of the answer, if nobody has; raises what Discord raises when it is not known whether they were.

    Where they cannot be reached any more, in no direct message and in no channel, they count as told.
    """
    promises = client.store.promises
    found = await _answer(client, telling)
    if found is None:
        await promises.reopen(telling)
    elif telling.maybe_sent and await _was_sent(client, telling):
        await promises.told(telling)
    elif await promises.sending(telling):
        is_done = await _sent_directly(client, telling, *found) or await _sent_in_channel(client, telling, *found)
        if is_done:
            await promises.told(telling)
        else:
            await promises.put_off(telling, client.store.clock() + LATER)


async def _answer(client: WaymarkBot, telling: Telling) -> tuple[Coach, Entry] | None:
    """The entry that answers, with the coach that knows it; None when it is gone."""
    coach = await client.coaches.of(telling.server)
    if coach.knowledge.entry(telling.entry_id) is None:
        if await client.store.entries.get(telling.server, telling.entry_id) is None:
            return None
        # It was published by another process, or while the database was away.
        await client.coaches.refresh(telling.server)
        coach = await client.coaches.of(telling.server)
    entry = coach.knowledge.entry(telling.entry_id)
    return (coach, entry) if entry else None


async def _was_sent(client: WaymarkBot, telling: Telling) -> bool:
    """Whether the message is there already; where one cannot look, it is taken for sent, so as never to tell twice."""
    for channel in (await _direct(client, telling), await _channel(client, telling)):
        try:
            if channel is not None and await _holds(channel, telling.mark):
                return True
        except discord.Forbidden:
            log.warning("a channel cannot be looked through", question=telling.question, channel=telling.channel)
            return True
        except discord.NotFound:
            continue
    return False


async def _holds(channel: discord.abc.Messageable, mark: str) -> bool:
    template = HeardButton.__discord_ui_compiled_template__
    async for message in channel.history(limit=LOOKED):
        if any(found["mark"] == mark for found in matches_in(message, template)):
            return True
    return False


async def _direct(client: WaymarkBot, telling: Telling) -> discord.DMChannel | None:
    """The direct messages with the member; None when there can be none, as with an account that is gone."""
    try:
        return await client.create_dm(discord.Object(telling.member))
    except discord.DiscordServerError:
        raise
    except discord.HTTPException as error:
        log.info("a member has no direct messages", question=telling.question, why=error.text)
        return None


async def _channel(client: WaymarkBot, telling: Telling) -> discord.abc.Messageable | None:
    """The channel in which they asked to be told; None when it is gone, or the bot may not see it."""
    try:
        found = client.get_channel(telling.channel) or await client.fetch_channel(telling.channel)
    except (discord.NotFound, discord.Forbidden):
        return None
    return found if isinstance(found, discord.abc.Messageable) else None


async def _sent_directly(client: WaymarkBot, telling: Telling, coach: Coach, entry: Entry) -> bool:
    """Sends a direct message; False when Discord does not let the bot write to the member."""
    direct = await _direct(client, telling)
    if direct is None:
        return False
    try:
        await direct.send(view=told_view(telling, coach, entry), nonce=telling.mark)
    except discord.Forbidden as error:
        log.info("a member takes no direct messages", question=telling.question, code=error.code)
        return False
    return True


async def _sent_in_channel(client: WaymarkBot, telling: Telling, coach: Coach, entry: Entry) -> bool:
    """Mentions the member where they asked; False when the bot may not write there, to be tried again.

    Gives up where nobody could be reached: the channel is gone, or the member has left.
    """
    try:
        channel = client.get_channel(telling.channel) or await client.fetch_channel(telling.channel)
        assert isinstance(channel, discord.abc.GuildChannel | discord.Thread), "promises are made in servers"
        assert isinstance(channel, discord.abc.Messageable), "one can type commands there"
        member = await channel.guild.fetch_member(telling.member)
        if not channel.permissions_for(member).view_channel:
            return False
        await channel.send(
            view=told_view(telling, coach, entry, mention=True), nonce=telling.mark,
            allowed_mentions=pinging_only(telling.member),
        )  # fmt: skip
    except discord.NotFound as error:
        log.info("a member cannot be told any more", question=telling.question, why=error.text)
    except discord.Forbidden as error:
        log.warning("a member cannot be told there", question=telling.question, why=error.text)
        return False
    return True


def told_view(telling: Telling, coach: Coach, entry: Entry, *, mention: bool = False) -> ui.LayoutView:
    """The answer as it is told, with the question; `mention`: whether it names the member."""
    lead = lines(
        f"<@{telling.member}>" if mention else "",
        "You asked me to tell you when there is an answer. Here it is; should it miss your point, use `/ask` again.",
        small(f"asked: {quoted(telling.text)}") if telling.text else "",
    )
    heard = HeardButton(telling.mark, telling.question, telling.member)
    return entry_card(coach, entry, quote=lead, more=[heard])


class HeardButton(
    Persistent[Button],
    template=r"wm:heard:(?P<mark>[0-9a-f]{16}):(?P<number>[0-9]{1,19}):(?P<member>[0-9]{1,20})",
):
    """`That helped` under what was told. Its custom id holds the mark by which the message is known."""

    def __init__(self, mark: str, number: int | str, member: int | str) -> None:
        self.number, self.member = int(number), int(member)
        super().__init__(Button(custom_id=f"wm:heard:{mark}:{number}:{member}", label="That helped"))

    async def used(self, interaction: Interaction) -> None:
        """Thanks, and keeps it if the question was theirs."""
        if interaction.user.id != self.member:
            raise WaymarkError("This answer was meant for somebody else, so only they can say whether it helped.")
        questions = interaction.client.store.questions
        question = await questions.get(self.number)
        if question is not None and question.member == self.member:
            await questions.tell(self.number, "helped")
        assert interaction.message is not None, "a button is on a message"
        await interaction.response.edit_message(view=changed(interaction.message, self._thank))

    def _thank(self, button: Button) -> None:
        if button.custom_id == self.custom_id:
            button.label, button.disabled = "Thank you!", True
