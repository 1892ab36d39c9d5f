"""Looks up who is still in a server, which needs no privileged intent, and notes it for the store."""

import datetime as dt

import discord
import structlog

from bot.front.client import WaymarkBot

log = structlog.stdlib.get_logger("waymark")

#: How many people are looked up in an hour in each server, at most: each is a request to Discord.
LOOKED_UP = 50
#: What Discord answers for who is not in a server, and for who is not anybody any more.
_NOT_THERE = {10007, 10013}


async def look_up(client: WaymarkBot) -> None:
    """Notes for some of those on whom something is held in each server whether they are there.

    A server of which Discord does not tell waits for another time; raises `StoreUnavailableError`.
    """
    store = client.store
    now = store.clock()
    for server in list(client.guilds):
        try:
            for person in whose_turn(await store.privacy.people(server.id), now):
                if await is_there(server, person):
                    await store.privacy.came_back(server.id, person)
                else:
                    await store.privacy.left(server.id, person, now)
        except (discord.HTTPException, OSError) as error:
            log.warning("who has left could not be looked up", server=server.id, why=str(error))


def whose_turn(people: tuple[int, ...], now: dt.datetime, most: int = LOOKED_UP) -> tuple[int, ...]:
    """Those who are looked up in this hour, at most so many: everybody in turn, whenever the bot was started."""
    rounds = -(-len(people) // most) or 1
    return people[int(now.timestamp() // 3600) % rounds :: rounds]


async def is_there(server: discord.Guild, person: int) -> bool:
    """Whether the person is in the server; raises `discord.HTTPException` when Discord does not tell."""
    try:
        await server.fetch_member(person)
    except discord.NotFound as error:
        if error.code not in _NOT_THERE:
            raise
        return False
    return True
