"""What becomes of the form of check-ins once it is sent: they are switched on if a first message reaches the member."""

from functools import partial
from typing import cast

import aiohttp
import discord
from discord import ui

from bot.errors import WaymarkError
from bot.front.check_in_card import first_view
from bot.front.check_in_delivery import ANEW, THREAD_NEEDS, Place, reach
from bot.front.check_in_form import EVERY, USUAL_HOUR, ZONE_LIMIT, CheckInForm, CheckInFormButton, standing_view
from bot.front.client import Interaction
from bot.front.forms import Filled
from bot.front.layout import MISS, Shown, layout
from bot.front.member_path import guide_of
from bot.front.path_glance import glance
from bot.front.path_reply import show
from bot.front.pinging import pinging_only
from bot.store.check_ins import CheckIn, Every, known_zone


class SentCheckInForm(CheckInForm):
    """The form as it comes back."""

    async def filled(self, interaction: Interaction, values: Filled) -> None:
        """Switches them on, or tells why not; what was typed is kept for another try."""
        every, hour = values.text("every"), values.text("hour")
        every = every if every in EVERY else "week"
        hour = hour if hour in map(str, range(24)) else str(USUAL_HOUR)
        zone = " ".join(values.text("zone").split())[:ZONE_LIMIT]
        await show(interaction, self._shown(interaction, every, hour, zone), below=True)

    async def _shown(self, interaction: Interaction, every: str, hour: str, zone: str) -> Shown:
        again = CheckInFormButton(self.guide, every, hour, zone, "Open the form again")
        try:
            known = known_zone(zone)
            made = await self._set(interaction, cast("Every", every), int(hour), known)
            return Shown(await self._tried(interaction, made))
        except WaymarkError as error:
            return Shown(layout(MISS, str(error), again))

    async def _set(self, interaction: Interaction, every: Every, hour: int, zone: str) -> CheckIn:
        client, member, guide = interaction.client, interaction.user.id, guide_of(interaction.client, self.guide)
        if await glance(client, member, guide) is None:
            raise WaymarkError("You have no path yet that I could ask about. Begin one with `/become`.")
        return await client.store.check_ins.set(
            member, guide, every=every, hour=hour, zone=zone, server=interaction.guild_id,
            channel=_thread_channel(interaction),
        )  # fmt: skip

    async def _tried(self, interaction: Interaction, made: CheckIn) -> ui.LayoutView:
        """How they stand after a first message; raises `WaymarkError`, and has them off, when it did not go."""
        client, check_ins = interaction.client, interaction.client.store.check_ins
        try:
            place = await reach(client, made, partial(_send_first, made), ANEW)
        except (discord.DiscordException, aiohttp.ClientError, OSError) as error:
            await check_ins.stop(made.member, made.guide)
            raise WaymarkError(
                "Discord did not take my first message, so check-ins are off. Try again in a few minutes."
            ) from error
        if place is None:
            await check_ins.stop(made.member, made.guide)
            raise WaymarkError(_nowhere(made))
        if not isinstance(place, discord.Thread):
            await check_ins.at_thread(made.member, made.guide, None)
        told = (
            "Your direct messages are closed to me, so I opened a private thread. Besides you, this server's "
            "moderators may read it."
            if isinstance(place, discord.Thread)
            else "They are on. I have just sent you a first message, so that you know where to look."
        )
        return standing_view(await check_ins.get(made.member, made.guide) or made, told)


async def _send_first(made: CheckIn, place: Place) -> None:
    in_thread = isinstance(place, discord.Thread)
    await place.send(view=first_view(made, mention=in_thread), allowed_mentions=pinging_only(made.member))


def _thread_channel(interaction: Interaction) -> int | None:
    """The channel in which a private thread may be opened for the member, None when there is none."""
    channel = interaction.channel.parent if isinstance(interaction.channel, discord.Thread) else interaction.channel
    may = interaction.app_permissions >= THREAD_NEEDS
    return channel.id if isinstance(channel, discord.TextChannel) and may else None


def _nowhere(made: CheckIn) -> str:
    here = "and I may not open a private thread here" if made.server else "and there is no channel here for a thread"
    return (
        f"Check-ins are off: your direct messages are closed to me, {here}. Allow direct messages from this server's "
        "members in its privacy settings, or ask in a text channel where I may open private threads. Then try again."
    )
