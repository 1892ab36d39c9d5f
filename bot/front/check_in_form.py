"""The form of check-ins, how they stand, and what ends them: whatever of them needs no step's card."""

import re

import discord
from discord import ui

from bot.errors import WaymarkError
from bot.front.client import Interaction
from bot.front.forms import Form, label, text_input
from bot.front.items import Button, Persistent
from bot.front.layout import ANSWER, MISS, Shown, heading, layout, lines
from bot.front.member_path import GUIDE, guide_of, soon
from bot.front.path_reply import show
from bot.front.reply import in_time, replace
from bot.knowledge.knowledge import key_of
from bot.store.check_ins import CheckIn

#: Most characters of a time zone as somebody types it; IANA's longest name has 32.
ZONE_LIMIT = 40
#: How often somebody may be asked.
EVERY = {"week": "Once a week", "month": "Once a month"}
#: The hour that is asked at by who chose none.
USUAL_HOUR = 18
MEMBER = r"(?P<member>[0-9]{1,20})"
#: Tells one due check-in from all others, empty in a message that is none.
NONCE = r"(?P<nonce>(?:[0-9a-f]{24})?)"


class CheckInForm(Form):
    """The form as it is opened. `guide`: as custom ids name it."""

    template = re.compile(rf"wm:check-in-sent:{GUIDE}")
    is_light = True

    def __init__(self, guide: str) -> None:
        self.guide = guide
        super().__init__(title="Check in on me", custom_id=f"wm:check-in-sent:{guide}")

    def showing(self, every: str = "", hour: str = "", zone: str = "") -> "CheckInForm":
        """The form with its questions, answered so far."""
        often: ui.RadioGroup[ui.LayoutView] = ui.RadioGroup(
            custom_id="every",
            options=[
                discord.RadioGroupOption(label=name, value=value, default=value == (every or "week"))
                for value, name in EVERY.items()
            ],
        )
        hours: ui.Select[ui.LayoutView] = ui.Select(
            custom_id="hour",
            options=[
                discord.SelectOption(label=f"{at:02}:00", value=str(at), default=str(at) == (hour or str(USUAL_HOUR)))
                for at in range(24)
            ],
        )
        where = text_input("zone", default=zone, placeholder="Europe/Berlin", most=ZONE_LIMIT)
        self.add_item(label("How often shall I ask how it goes?", often))
        self.add_item(label("At which hour?", hours, "By your own clock"))
        self.add_item(label("Your time zone", where, "Like Europe/Berlin or America/New_York"))
        return self


class CheckInButton(Persistent[Button], template=rf"wm:check-in:{GUIDE}:{NONCE}"):
    """Opens the form; for who is asked already, shows how that stands."""

    is_light = True

    def __init__(self, guide: str, nonce: str = "", text: str = "Check in on me") -> None:
        self.guide = guide
        super().__init__(Button(custom_id=f"wm:check-in:{guide}:{nonce}", label=text))

    async def used(self, interaction: Interaction) -> None:
        """Does so."""
        client = interaction.client
        made = await soon(client.store.check_ins.get(interaction.user.id, guide_of(client, self.guide)))
        if made is None:
            await interaction.response.send_modal(CheckInForm(self.guide).showing())
        else:
            await show(interaction, _at_once(Shown(standing_view(made))), below=True)


async def _at_once(shown: Shown) -> Shown:
    return shown


class CheckInFormButton(
    Persistent[Button],
    template=(
        rf"wm:check-in-form:{GUIDE}:(?P<every>(?:week|month)?):(?P<hour>[0-9]{{0,2}}):(?P<zone>.{{0,{ZONE_LIMIT}}})"
    ),
):
    """Opens the form with what was put in before."""

    is_light = True

    def __init__(self, guide: str, every: str, hour: str, zone: str, text: str = "") -> None:
        self.guide, self.every, self.hour, self.zone = guide, every, hour, zone
        super().__init__(Button(custom_id=f"wm:check-in-form:{guide}:{every}:{hour}:{zone}", label=text or None))

    async def used(self, interaction: Interaction) -> None:
        """Opens it."""
        await interaction.response.send_modal(CheckInForm(self.guide).showing(self.every, self.hour, self.zone))


class OnCheckIn(Persistent[Button], template=r"wm:check-in"):
    """A button under what a member was asked; each kind gives `member` and `shown`.

    In a private thread moderators may read along, so it is looked at who presses it.
    """

    is_light = True
    member: int

    async def used(self, interaction: Interaction) -> None:
        """Shows what comes next in the place of the message; raises `WaymarkError` for anybody but the member."""
        require_theirs(interaction, self.member)
        async with in_time(interaction, private=True, in_place=True):
            view = await self.shown(interaction)
        await replace(interaction, view)

    async def shown(self, interaction: Interaction) -> ui.LayoutView:
        """What comes next; whatever changes is saved before this returns."""
        raise NotImplementedError


class StopButton(OnCheckIn, template=rf"wm:check-in-stop:{GUIDE}:{MEMBER}:{NONCE}"):
    """Ends the check-ins of a member."""

    def __init__(self, guide: str, member: str | int, nonce: str = "") -> None:
        self.guide, self.member = guide, int(member)
        super().__init__(Button(custom_id=f"wm:check-in-stop:{guide}:{member}:{nonce}", label="Stop"))

    async def shown(self, interaction: Interaction) -> ui.LayoutView:
        """That they have ended."""
        await interaction.client.store.check_ins.stop(self.member, guide_of(interaction.client, self.guide))
        text = "I do not ask you any more. Your path stays as it is, and `/become` opens it at any time."
        return layout(MISS, text, CheckInButton(self.guide))


def require_theirs(interaction: Interaction, member: int) -> None:
    """Raises `WaymarkError` when the check-in is another member's."""
    if interaction.user.id != member:
        raise WaymarkError("This asks another member, so nothing was changed. `/become` opens your own path.")


def standing_view(made: CheckIn, told: str = "") -> ui.LayoutView:
    """How a member is asked, and what changes it. `told`: what has just become of it."""
    key = key_of(made.guide)
    where = f"in <#{made.thread}>" if made.thread else "by direct message"
    text = (
        f"I ask you {EVERY[made.every].lower()} at {made.hour:02}:00 ({made.zone}), {where}. The next time is "
        f"<t:{int(made.next_at.timestamp())}:F>."
    )
    change = CheckInFormButton(key, made.every, str(made.hour), made.zone, "Change it")
    return layout(ANSWER, lines(heading("Check-ins"), told, text), [change, StopButton(key, made.member)])
