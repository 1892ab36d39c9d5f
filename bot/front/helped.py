"""`That helped` under an answer: what the person for whom it was meant says of it, and nobody else."""

from dataclasses import dataclass

import discord
import structlog

from bot.errors import WaymarkError
from bot.front.client import Interaction, WaymarkBot
from bot.front.items import Button, Persistent
from bot.front.standing_message import changed, matches_in
from bot.store.database import StoreUnavailableError
from bot.store.questions import Outcome

log = structlog.stdlib.get_logger("waymark.front")

#: Whether a number is that of a recorded question or of something that a mentor pointed to.
QUESTION, POINT = "q", "p"
#: What the button says once it was pressed.
THANKS = "Thank you!"


@dataclass(frozen=True, slots=True)
class Meant:
    """The person for whom an answer is meant, and the number under which what they say of it is kept."""

    kind: str
    number: int
    person: int

    async def tell(self, client: WaymarkBot, outcome: Outcome) -> None:
        """Keeps what the person said of it."""
        kept = client.store.questions if self.kind == QUESTION else client.store.points
        await kept.tell(self.number, outcome)


class HelpedButton(
    Persistent[Button],
    template=r"wm:helped:(?P<kind>[qp])(?P<number>[0-9]{1,19}):(?P<person>[0-9]{1,20})",
):
    """Counts the answer as one that helped, when the person presses it for whom it was meant."""

    def __init__(self, kind: str, number: int | str, person: int | str) -> None:
        self.meant = Meant(kind, int(number), int(person))
        super().__init__(Button(custom_id=f"wm:helped:{kind}{number}:{person}", label="That helped"))

    async def used(self, interaction: Interaction) -> None:
        """Keeps it, and thanks."""
        if interaction.user.id != self.meant.person:
            raise WaymarkError("This answer was meant for somebody else, so only they can say whether it helped.")
        await self.meant.tell(interaction.client, "helped")
        assert interaction.message is not None, "a button is on a message"
        await interaction.response.edit_message(view=changed(interaction.message, self._thank))

    def _thank(self, button: Button) -> None:
        if button.custom_id == self.custom_id:
            button.label, button.disabled = THANKS, True


def meant_by(message: discord.Message | None) -> Meant | None:
    """For whom the message is meant, as its button says; None where it has none."""
    for found in matches_in(message, HelpedButton.__discord_ui_compiled_template__):
        return Meant(found["kind"], int(found["number"]), int(found["person"]))
    return None


async def tell_missed(interaction: Interaction, meant: Meant | None) -> None:
    """Keeps that the answer was not the right one, if the person says so for whom it is meant.

    When the database is away, only the log tells: what the person is shown next does not need it.
    """
    if meant is None or interaction.user.id != meant.person:
        return
    try:
        await meant.tell(interaction.client, "missed")
    except StoreUnavailableError as error:
        log.warning("a miss could not be kept", why=str(error))
