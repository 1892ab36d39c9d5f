"""The real bot in a local Discord, in which twenty members are to be told: a process to be killed.

Says on standard output who was sent a message, a line each: the member's id and the message's mark. Real are the bot,
its rounds, its database, the messages as it makes and looks for them, and the kill. Not real is Discord's memory, which
dies with the process: whoever starts it again tells what was sent before, and that is put where it had been.

Arguments: the database's address, the folder of the knowledge; by how many seconds the bot's clock is ahead; after how
many messages it stops for good, with `before` or `after` Discord has taken the last; and the lines of earlier runs.
"""

import asyncio
import datetime as dt
import sys
from pathlib import Path
from typing import Any

import discord
import simcord

from bot.app import opened
from bot.front.client import WaymarkBot
from bot.front.telling import told_view
from bot.log import configure_log
from bot.store.promises import Telling
from tests.publishing import say, settings

#: How many are to be told, and what they are told of.
PEOPLE, ENTRY = 20, "median-pay"
QUESTION = "Where may I park my bike?"


async def furnished(env: simcord.Env) -> tuple[simcord.GuildHandle, list[int]]:
    """A server and its members, whose ids are the same in every run."""
    await env.advance_time(1)
    guild = env.create_guild("Bakers")
    guild.create_text_channel("ask")
    people = [guild.add_member(env.create_user(f"member{number}")) for number in range(PEOPLE)]
    return guild, [who.id for who in people]


async def promise(bot: WaymarkBot, guild: simcord.GuildHandle, people: list[int]) -> None:
    """Lets all of them wait, and answers them."""
    channel = guild.channels["ask"].id
    for who in people:
        number = await bot.store.questions.record(
            server=guild.id, channel=channel, member=who, text=QUESTION, kind="none", entry_id=None
        )
        await bot.store.promises.promise(number, who, channel)
    await bot.store.inbox.answer(guild.id, ENTRY, range(1, PEOPLE + 1))


async def sent_before(bot: WaymarkBot, server: int, sent: list[str]) -> None:
    """Puts the messages of earlier runs where they had been."""
    entry = bot.coaches.base.knowledge.entry(ENTRY)
    assert entry is not None
    for line in sent:
        who, number, mark = line.split(",")
        telling = Telling(int(number), int(who), server, 0, QUESTION, ENTRY, "", maybe_sent=False)
        assert telling.mark == mark
        direct = await bot.create_dm(discord.Object(int(who)))
        await direct.send(view=told_view(telling, bot.coaches.base, entry))


def reporting(bot: WaymarkBot, stop: int, when: str) -> None:
    """Lets the bot say each message that Discord takes, and stop for good at one of them."""
    really = bot.http.send_message
    count = 0

    async def send_message(channel_id: str | int, *, params: Any) -> Any:
        nonlocal count
        count += 1
        if when == "before" and count == stop:
            await stand()
        made = await really(channel_id, params=params)
        custom_id = str(params.payload).split("wm:heard:")[1].split("'")[0]
        mark, number, who = custom_id.split(":")
        say(f"{who},{number},{mark}")
        if when == "after" and count == stop:
            await stand()
        return made

    bot.http.send_message = send_message  # type: ignore[method-assign]


async def stand() -> None:
    """Says so, and waits to be killed."""
    say("stands")
    await asyncio.Event().wait()


async def main(address: str, knowledge: str, ahead: str, stop: str, when: str, *sent: str) -> None:
    of_bot = settings(address, Path(knowledge))
    configure_log(of_bot)
    is_furnished = False

    def clock() -> dt.datetime:
        # Discord has its members before the bot starts. Here they come after it, and until then nothing is due.
        since = dt.timedelta(seconds=float(ahead)) if is_furnished else -dt.timedelta(days=1)
        return dt.datetime.now(tz=dt.UTC) + since

    async with opened(of_bot, clock) as bot, simcord.run(bot, shard_count=1, settle_timeout=60.0) as env:
        guild, people = await furnished(env)
        await sent_before(bot, guild.id, list(sent))
        reporting(bot, int(stop), when)
        is_furnished = True
        if float(ahead) == 0:
            await promise(bot, guild, people)
        await env.advance_time(60)
        say("done")


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
