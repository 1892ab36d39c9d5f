"""The one funnel for whatever goes wrong: a short private sentence for the member, all the rest for the log."""

import secrets

import discord
import structlog
from discord import app_commands

from bot.errors import WaymarkError
from bot.front.layout import notice
from bot.front.reply import reply

log = structlog.stdlib.get_logger("waymark.front")

#: What Discord answers when an interaction is no longer known: the member will see Discord's own notice.
_UNKNOWN_INTERACTION = 10062


def explain(error: BaseException, **where: object) -> str:
    """The sentence for the member; a fault of ours is logged in full under the number that the sentence names."""
    cause = error.original if isinstance(error, app_commands.CommandInvokeError) else error
    if isinstance(cause, WaymarkError):
        return str(cause)
    if isinstance(cause, discord.Forbidden):
        log.warning("Discord does not allow this here", reason=cause.text, **where)
        return (
            "I lack a permission in this channel, so I could not answer here. Try another channel or a direct message, "
            "and tell a moderator."
        )
    if isinstance(cause, app_commands.CheckFailure):
        return "This command is not open to you here. `/help` lists those that are."
    number = secrets.token_hex(3).upper()
    log.error("a request failed", number=number, exc_info=cause, **where)
    return (
        "Something went wrong on my side; nothing of yours was lost. Try again in a moment. If it stays, give the "
        f"moderators the number **{number}**."
    )


async def answer_interaction(interaction: discord.Interaction, error: BaseException) -> None:
    """Tells the member privately what went wrong. Never raises: when even that fails, the log has it."""
    if isinstance(error, discord.NotFound) and error.code == _UNKNOWN_INTERACTION:
        log.warning("an interaction was answered too late", interaction=interaction.id)
        return
    command = interaction.command.qualified_name if interaction.command else interaction.type.name
    view = notice(explain(error, what=command, guild=interaction.guild_id, channel=interaction.channel_id))
    try:
        await reply(interaction, view, private=True)
    except discord.HTTPException as failure:
        log.warning("the member could not be told", reason=str(failure))


async def answer_message(message: discord.Message, error: BaseException) -> None:
    """Tells the author of a message by direct message, or, where those are closed, in reply. Never raises."""
    view = notice(explain(error, what="message", channel=message.channel.id))
    for send in (message.author.send, message.reply):
        try:
            await send(view=view)
        except discord.HTTPException as failure:
            log.info("the member could not be told that way", reason=str(failure))
        else:
            return
