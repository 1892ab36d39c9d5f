"""Channels to listen in: under a question that the coach can surely answer, a small offer, and nothing else."""

import asyncio
import datetime as dt

import discord
import structlog
from discord.ext import commands, tasks

from bot.errors import WaymarkError
from bot.front.client import WaymarkBot
from bot.front.offer_card import offer_view, offered_in, take_away
from bot.front.offers import LASTING, Offer
from bot.matching.answer import Kind

log = structlog.stdlib.get_logger("waymark")

#: Most characters of a message that is listened to, as many as `/ask` takes.
LONGEST = 1_000
#: So many messages wait to be thought about at most; whoever asks the bot comes first, so more are left out.
MOST_WAITING = 5
#: What commands of bots begin with.
PREFIXES = ("!", "/", "?", ".", "$", "%", "&", "+", "-", ";", "=", ">", "~")
#: How many of a channel's last messages are looked through for offers that outlived a restart.
LOOKED = 50


class Listening(commands.Cog):
    """Offers answers where the server lets it listen, and takes the offers away again.

    An offer goes when a person has answered: by a reply to the question, or in a forum's post by any message; when its
    asker gives thanks, when the question is deleted, or else after ten minutes.
    """

    def __init__(self, bot: WaymarkBot) -> None:
        self._bot = bot
        self._waiting = 0
        self._tasks: set[asyncio.Task[None]] = set()

    async def cog_load(self) -> None:
        """Begins with what was left when the bot last ended."""
        self.look_back.start()

    async def cog_unload(self) -> None:
        """Ends; what stands is taken up again by the next start."""
        self.look_back.cancel()
        for task in self._tasks:
            task.cancel()

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Listens to what members write to each other. Nobody is told when that fails, as nobody asked."""
        if message.guild is None or not self._bot.intents.message_content or not _is_from_a_person(message):
            return
        try:
            await self._take_answered(message)
            if _is_for_all(message) and await self._may_offer(message, message.guild):
                await self._listen(message, message.guild)
        except (WaymarkError, discord.HTTPException) as error:
            log.warning("a message could not be listened to", channel=message.channel.id, why=str(error))
        except Exception:
            log.exception("listening failed", channel=message.channel.id)

    @commands.Cog.listener()
    async def on_raw_message_delete(self, event: discord.RawMessageDeleteEvent) -> None:
        """Takes the offer away with its question."""
        await self._forget_deleted(event.channel_id, {event.message_id})

    @commands.Cog.listener()
    async def on_raw_bulk_message_delete(self, event: discord.RawBulkMessageDeleteEvent) -> None:
        """The same for many."""
        await self._forget_deleted(event.channel_id, event.message_ids)

    async def _forget_deleted(self, channel: int, gone: set[int]) -> None:
        for offer in self._bot.offers.of(channel):
            if offer.question in gone:
                await take_away(self._bot, offer.question)
            elif offer.message is not None and offer.message.id in gone:
                self._bot.offers.drop(offer.question)

    async def _take_answered(self, message: discord.Message) -> None:
        """Takes away the offers that are not needed any more after this message."""
        for offer in self._bot.offers.of(message.channel.id):
            if message.id != offer.question and await self._is_answered(offer, message):
                await take_away(self._bot, offer.question)

    async def _is_answered(self, offer: Offer, message: discord.Message) -> bool:
        if message.author.id == offer.asker:
            return await self._gives_thanks(message)
        replied_to = message.reference.message_id if message.reference else None
        return offer.is_post or replied_to == offer.question

    async def _gives_thanks(self, message: discord.Message) -> bool:
        if not message.content or len(message.content) > LONGEST or message.guild is None:
            return False
        asked = await self._bot.overhear(message.content, message.guild.id)
        return asked.answer.kind is Kind.SOCIAL

    async def _may_offer(self, message: discord.Message, server: discord.Guild) -> bool:
        """Whether an offer may be made there and then, and the bot could."""
        channel, author = message.channel, message.author
        if not self._bot.offers.may(channel.id, author.id, message.created_at):
            return False
        settings = await self._bot.store.settings.get(server.id)
        if _heard_as(message) not in settings.listening:
            return False
        may = channel.permissions_for(server.me)
        can_send = may.send_messages_in_threads if isinstance(channel, discord.Thread) else may.send_messages
        return may.view_channel and may.read_message_history and can_send

    async def _listen(self, message: discord.Message, server: discord.Guild) -> None:
        """Thinks about the message, and makes an offer if the coach is all but certain and nobody was faster."""
        offer = Offer(
            message.channel.id, message.id, message.author.id, is_post=isinstance(message.channel, discord.Thread)
        )
        # It is there from now on, so that whoever answers meanwhile takes it away.
        self._bot.offers.put(offer)
        try:
            if await self._is_sure(message.content, server.id):
                await self._post(message, offer)
        finally:
            if offer.message is None:
                self._bot.offers.drop(offer.question)

    async def _is_sure(self, words: str, server: int) -> bool:
        """Whether the coach would speak up; not when it is busy."""
        if self._waiting >= MOST_WAITING:
            return False
        self._waiting += 1
        try:
            return (await self._bot.overhear(words, server)).answer.interject
        finally:
            self._waiting -= 1

    async def _post(self, message: discord.Message, offer: Offer) -> None:
        offers = self._bot.offers
        if offers.get(offer.question) is not offer or not offers.may(offer.channel, offer.asker, message.created_at):
            return
        offers.pause(offer.channel, offer.asker, message.created_at)
        view = offer_view(offer.asker, offer.question)
        offer.message = await message.reply(view=view, mention_author=False, silent=True)
        if offers.get(offer.question) is offer:
            self._take_away_in(LASTING, offer)
        else:
            # A person answered, or the question was deleted, while it was on its way.
            offers.put(offer)
            await take_away(self._bot, offer.question)

    def _take_away_in(self, span: dt.timedelta, offer: Offer) -> None:
        task = asyncio.create_task(self._take_away_after(span.total_seconds(), offer.question), name="offer")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _take_away_after(self, seconds: float, question: int) -> None:
        await asyncio.sleep(seconds)
        await take_away(self._bot, question)

    @tasks.loop(count=1)
    async def look_back(self) -> None:
        """Finds the offers that outlived a restart: those that are due go, the others when their time comes."""
        for server in list(self._bot.guilds):
            try:
                for channel in await self._places(server):
                    await self._look_through(channel)
            except WaymarkError as error:
                log.warning("offers of before could not be looked for", server=server.id, why=str(error))

    @look_back.before_loop
    async def _until_ready(self) -> None:
        await self._bot.wait_until_ready()

    async def _places(self, server: discord.Guild) -> list[discord.TextChannel | discord.Thread]:
        """Where offers may stand."""
        listening = (await self._bot.store.settings.get(server.id)).listening
        posts = [thread for thread in server.threads if thread.parent_id in listening]
        return [one for one in server.text_channels if one.id in listening] + posts

    async def _look_through(self, channel: discord.TextChannel | discord.Thread) -> None:
        try:
            async for message in channel.history(limit=LOOKED):
                if message.author == self._bot.user:
                    self._take_up(message)
        except (discord.HTTPException, OSError) as error:
            log.warning("offers of before could not be looked for", channel=channel.id, why=str(error))

    def _take_up(self, message: discord.Message) -> None:
        """Lets the message stand as an offer, if it is one, for as long as it has left."""
        found = offered_in(message)
        if found is None or self._bot.offers.get(found[1]) is not None:
            return
        asker, question = found
        offer = Offer(message.channel.id, question, asker, message, isinstance(message.channel, discord.Thread))
        self._bot.offers.put(offer)
        left = message.created_at + LASTING - self._bot.store.clock()
        self._take_away_in(max(left, dt.timedelta()), offer)


def _is_from_a_person(message: discord.Message) -> bool:
    return not message.author.bot and message.webhook_id is None and not message.is_system()


def _is_for_all(message: discord.Message) -> bool:
    """Whether it is words to everybody: no reply, nobody named, no command, not too long."""
    return (
        message.reference is None
        and not message.mentions
        and 0 < len(message.content) <= LONGEST
        and not message.content.startswith(PREFIXES)
    )


def _heard_as(message: discord.Message) -> int | None:
    """The channel that stands for the message in the settings: in a forum only a post's first message counts."""
    channel = message.channel
    if not isinstance(channel, discord.Thread):
        return channel.id
    return channel.parent_id if channel.id == message.id else None
