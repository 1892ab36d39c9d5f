"""What all buttons and menus share: they outlive a restart, count for the cooldown, and lead errors to the funnel."""

import re
from typing import Any, ClassVar, Self, TypeVar

import discord
from discord import ui

from bot.front.client import Interaction
from bot.front.errors import answer_interaction

_Wrapped_co = TypeVar("_Wrapped_co", bound=ui.Item[Any], covariant=True)

Button = ui.Button[Any]
Select = ui.Select[Any]


class Persistent(ui.DynamicItem[_Wrapped_co], template=r"wm"):
    """A button or menu whose custom id holds all it needs.

    Each kind gives a `template` whose named groups are the arguments of its `__init__` as text, and `used`. One that is
    light for the bot, such as a step on one's own path, says so and may be used more often.
    """

    is_light: ClassVar[bool] = False

    @classmethod
    async def from_custom_id(cls, _: discord.Interaction[Any], __: ui.Item[Any], match: re.Match[str], /) -> Self:
        """The item that a member used, from what its custom id holds."""
        known: dict[str, Any] = match.groupdict()
        return cls(**known)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Does what the item is for; whatever goes wrong reaches the member and the log, not only the library's."""
        try:
            interaction.client.cooldown.check(interaction.user, interaction.created_at, light=self.is_light)
            await self.used(interaction)
        except Exception as error:  # noqa: BLE001 - the funnel takes all there is
            await answer_interaction(interaction, error)

    async def used(self, interaction: Interaction) -> None:
        """What happens when a member presses the button or picks from the menu."""
        raise NotImplementedError
