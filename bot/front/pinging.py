"""Whom a message pings: nobody, which is the bot's rule, or the one person that it is for."""

import discord


def pinging_only(person: int, *, reply: bool = False) -> discord.AllowedMentions:
    """What lets a message ping that person alone; `reply`: whether it replies to a message of theirs."""
    return discord.AllowedMentions(everyone=False, roles=False, users=[discord.Object(person)], replied_user=reply)
