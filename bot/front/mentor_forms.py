"""The forms by which mentors and askers write to each other, and the buttons that open them.

What becomes of a form once it is sent stands in `mentor_letters`.
"""

import re

import discord

from bot.errors import WaymarkError
from bot.front.client import Interaction
from bot.front.forms import Form, label, text_input
from bot.front.items import Button, Persistent
from bot.front.mentor_relay import WRITTEN_LIMIT
from bot.front.permissions import require_mentor, require_moderator
from bot.store.drafts import REASON_LIMIT
from bot.store.mentor_request import MentorRequest, MissingRequestError

#: The number of a request in a custom id.
NUMBER = r"(?P<number>[0-9]{1,19})"
#: What becomes of what is written.
_BROUGHT = "I bring it to them as plain text"


async def request_here(interaction: Interaction, number: int) -> MentorRequest:
    """The request, for a mentor of the server in which it was asked; raises `WaymarkError` else."""
    server = await require_mentor(interaction)
    request = await interaction.client.store.mentoring.get(number)
    if request.server != server:
        raise MissingRequestError("This question was put to the mentors of another server. Nothing was changed.")
    return request


async def own_request(interaction: Interaction, number: int) -> MentorRequest:
    """The request, for whoever asked it; raises `WaymarkError` for others, and when it is not kept any more."""
    store = interaction.client.store
    request = await store.mentoring.get(number)
    asker = await store.anonymity.recipient(number)
    if asker is None:
        raise MissingRequestError("This question is not kept any more, so nothing was sent. Ask anew with `/ask`.")
    if asker != interaction.user.id:
        raise WaymarkError("This is about somebody else's question, so it is theirs to press. Nothing was changed.")
    return request


class MentorReplyForm(Form):
    """A mentor's reply."""

    template = re.compile(rf"wm:mentor-reply-form:{NUMBER}")

    def __init__(self, number: int | str) -> None:
        self.number = int(number)
        super().__init__(title="Your reply", custom_id=f"wm:mentor-reply-form:{number}")
        self.add_item(label("What you reply", text_input("text", long=True, most=WRITTEN_LIMIT), _BROUGHT))


class MentorReplyButton(Persistent[Button], template=rf"wm:mentor-reply:{NUMBER}"):
    """Opens the form of a mentor's reply."""

    def __init__(self, number: int | str) -> None:
        self.number = int(number)
        super().__init__(Button(custom_id=f"wm:mentor-reply:{number}", label="Reply"))

    async def used(self, interaction: Interaction) -> None:
        """Opens it."""
        await request_here(interaction, self.number)
        await interaction.response.send_modal(MentorReplyForm(self.number))


class AskerReplyForm(Form):
    """What the asker writes back."""

    template = re.compile(rf"wm:asker-reply-form:{NUMBER}")

    def __init__(self, number: int | str) -> None:
        self.number = int(number)
        super().__init__(title="Write to the mentors", custom_id=f"wm:asker-reply-form:{number}")
        self.add_item(label("What you write", text_input("text", long=True, most=WRITTEN_LIMIT), _BROUGHT))


class AskerReplyButton(Persistent[Button], template=rf"wm:asker-reply:{NUMBER}"):
    """Opens the form in which the asker writes back."""

    def __init__(self, number: int | str, text: str = "Reply") -> None:
        self.number = int(number)
        super().__init__(Button(custom_id=f"wm:asker-reply:{number}", label=text))

    async def used(self, interaction: Interaction) -> None:
        """Opens it."""
        await own_request(interaction, self.number)
        await interaction.response.send_modal(AskerReplyForm(self.number))


class ReportForm(Form):
    """Why a mentor reports what was asked without a name."""

    template = re.compile(rf"wm:mentor-report-form:{NUMBER}")

    def __init__(self, number: int | str) -> None:
        self.number = int(number)
        super().__init__(title="Report this to the moderators", custom_id=f"wm:mentor-report-form:{number}")
        reason = text_input("reason", long=True, required=False, most=REASON_LIMIT)
        self.add_item(label("What is wrong with it?", reason, "Optional. The moderators may then look up who asked"))


class ReportButton(Persistent[Button], template=rf"wm:mentor-report:{NUMBER}"):
    """Opens the form of a report."""

    def __init__(self, number: int | str) -> None:
        self.number = int(number)
        super().__init__(Button(custom_id=f"wm:mentor-report:{number}", label="Report"))

    async def used(self, interaction: Interaction) -> None:
        """Opens it."""
        await request_here(interaction, self.number)
        await interaction.response.send_modal(ReportForm(self.number))


class UnmaskForm(Form):
    """Why a moderator has to know who asked."""

    template = re.compile(rf"wm:unmask-form:{NUMBER}")

    def __init__(self, number: int | str) -> None:
        self.number = int(number)
        super().__init__(title="Look up who asked", custom_id=f"wm:unmask-form:{number}")
        reason = text_input("reason", long=True, most=REASON_LIMIT)
        self.add_item(label("Why do you have to know?", reason, "It is logged with your name, and the asker is told"))


class UnmaskButton(Persistent[Button], template=rf"wm:unmask:{NUMBER}"):
    """Opens the form by which a moderator learns who asked."""

    def __init__(self, number: int | str) -> None:
        self.number = int(number)
        button = Button(custom_id=f"wm:unmask:{number}", label="Unmask", style=discord.ButtonStyle.danger)
        super().__init__(button)

    async def used(self, interaction: Interaction) -> None:
        """Opens it."""
        await require_moderator(interaction)
        await request_here(interaction, self.number)
        await interaction.response.send_modal(UnmaskForm(self.number))
