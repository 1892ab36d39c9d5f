"""How everything about a member's path is answered: for them alone, and in the place of what it follows on."""

from collections.abc import Awaitable
from typing import Any, ClassVar, Generic, TypeVar

from discord import ui

from bot.front.client import Interaction
from bot.front.items import Persistent
from bot.front.layout import Shown
from bot.front.reply import in_time, replace, reply

_Wrapped_co = TypeVar("_Wrapped_co", bound=ui.Item[Any], covariant=True)


async def show(interaction: Interaction, making: Awaitable[Shown], *, below: bool = False) -> None:
    """Shows what is made privately: in the place of the private message that the button is on, or else below it.

    `below`: in a message of its own in any case. A message that others see is never replaced.
    """
    message = interaction.message
    in_place = not below and message is not None and message.flags.ephemeral
    async with in_time(interaction, private=True, in_place=in_place):
        shown = await making
    if in_place:
        await replace(interaction, shown.view, files=shown.files())
    else:
        await reply(interaction, shown.view, private=True, files=shown.files())


class OnPath(Persistent[_Wrapped_co], Generic[_Wrapped_co], template=r"wm:path"):
    """A button or menu that leads on along the path of whoever uses it; each kind gives `shown`.

    `is_below`: whether what it shows leaves the message that it is on.
    """

    is_light = True
    is_below: ClassVar[bool] = False

    async def used(self, interaction: Interaction) -> None:
        """Shows what comes next."""
        await show(interaction, self.shown(interaction), below=self.is_below)

    async def shown(self, interaction: Interaction) -> Shown:
        """What comes next; whatever changes is saved before this returns."""
        raise NotImplementedError
