"""The card of `/setup`: every setting as it stands, each changed by a menu of its own and saved at once."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import discord
from discord import ui

from bot.errors import WaymarkError
from bot.front.client import Interaction
from bot.front.dates import DATES, written
from bot.front.forms import Filled, Form, label, text_input
from bot.front.items import Button, Persistent, Select
from bot.front.layout import ANSWER, OFFER, Block, heading, layout, lines, small
from bot.front.member_path import soon
from bot.front.permissions import require_admin
from bot.front.reply import in_time, replace, reply
from bot.front.server_facts import Facts
from bot.front.setup_check import Severity, checks_of
from bot.front.setup_facts import facts_of, server_of
from bot.front.setup_report import CheckButton
from bot.store.server_settings import LEAST_KEPT_DAYS, MOST_KEPT_DAYS, ServerSettings

#: Most channels to listen in: as many as a menu of Discord's takes.
LISTENING_LIMIT = 25


@dataclass(frozen=True, slots=True)
class Named:
    """A setting that names roles or channels: what it is called, what it means, and what holds while it is empty."""

    called: str
    meaning: str
    empty: str


#: The settings that name roles, in the card's order.
ROLES: Mapping[str, Named] = {
    "moderator_role": Named(
        "Moderators' role",
        "Who has it may look after entries with `/faq`, as everybody may who has the permission Manage Messages.",
        "only who may manage messages",
    ),
    "mentor_role": Named(
        "Mentors' role",
        "Who has it may point members to answers and take over their questions.",
        "nobody but moderators",
    ),
}
#: The settings that name channels.
CHANNELS: Mapping[str, Named] = {
    "mentors_channel": Named(
        "Mentors' channel",
        "Questions that members put to the mentors appear there.",
        "not chosen, so members cannot ask mentors",
    ),
    "listening": Named(
        "Channels to listen in",
        "Under a question that I can surely answer there I put a small button; nothing else changes.",
        "none, so I only answer when I am asked",
    ),
    "digest_channel": Named(
        "Weekly digest",
        "Once a week I tell there what was asked, answered and missed. It names nobody.",
        "none is sent",
    ),
}
#: The kinds of channels that may be chosen: posts of forums can be listened to, but not written to a forum as such.
_WRITTEN_IN = [discord.ChannelType.text]
_TYPES = {
    "listening": [discord.ChannelType.text, discord.ChannelType.forum],
    "digest_channel": [discord.ChannelType.text, discord.ChannelType.news],
}
_NAMED = {**ROLES, **CHANNELS}
_FIELDS = "|".join(_NAMED)


async def show_card(interaction: Interaction) -> None:
    """Shows the card to the admin alone."""
    server_id = require_admin(interaction)
    async with in_time(interaction, private=True):
        settings = await interaction.client.store.settings.get(server_id)
        view = card(_facts(interaction, settings))
    await reply(interaction, view, private=True)


async def save(interaction: Interaction, field: str, value: object) -> None:
    """Saves one setting and shows the card as it stands then, with what that change means."""
    server_id = require_admin(interaction)
    async with in_time(interaction, private=True, in_place=True):
        settings = await interaction.client.store.settings.change(server_id, **{field: value})
        facts = _facts(interaction, settings)
        view = card(facts, _said(field, facts))
    await replace(interaction, view)


def card(facts: Facts, said: str = "") -> ui.LayoutView:
    """All settings as they stand, with what was just changed above them."""
    settings = facts.settings
    title = lines(heading("How I am set up here"), said or "A change is saved at once and holds from then on.")
    blocks: list[Block] = [title, ui.Separator[ui.LayoutView]()]
    for field in ROLES:
        blocks += [_standing(field, facts), RoleMenu(field, facts)]
    for field in CHANNELS:
        blocks += [_standing(field, facts), ChannelMenu(field, facts)]
    blocks += [
        lines(
            f"**Dates** in pictures and files: {written(facts.today, settings.dates)}",
            small("In messages Discord writes them as each reader is used to."),
        ),
        DatesMenu(settings.dates),
        lines(
            f"**Members' words** are kept for {settings.kept_days} days",
            small(
                "Then questions lose their text and their asker. As long after a member has left, all that I hold on "
                "them here goes."
            ),
        ),
        [KeptDaysButton(), CheckButton("below")],
        [ClearButton(field) for field in _NAMED if _gone(field, facts)],
    ]
    found = [finding for field in _NAMED for finding in checks_of(field, facts)]
    return layout(OFFER if any(one.severity < Severity.NOTE for one in found) else ANSWER, *blocks)


class RoleMenu(Persistent[ui.RoleSelect[Any]], template=rf"wm:setup-role:(?P<field>{'|'.join(ROLES)})"):
    """Chooses a role, or none."""

    is_light = True

    def __init__(self, field: str, facts: Facts | None = None) -> None:
        self.field = field
        chosen = [discord.Object(one) for one in _present(field, facts)] if facts else []
        super().__init__(
            ui.RoleSelect(
                custom_id=f"wm:setup-role:{field}", placeholder="No role", min_values=0, default_values=chosen
            )
        )

    async def used(self, interaction: Interaction) -> None:
        """Saves it; not one that everybody has."""
        require_admin(interaction)
        role = next(iter(self.item.values), None)
        if role is not None and role.is_default():
            raise WaymarkError(
                "Everybody has that role, so everybody would be let in. Nothing was changed; choose another role."
            )
        await save(interaction, self.field, role.id if role else None)


class ChannelMenu(Persistent[ui.ChannelSelect[Any]], template=rf"wm:setup-channel:(?P<field>{'|'.join(CHANNELS)})"):
    """Chooses a channel, or several to listen in, or none."""

    is_light = True

    def __init__(self, field: str, facts: Facts | None = None) -> None:
        self.field = field
        chosen = [discord.Object(one) for one in _present(field, facts)] if facts else []
        super().__init__(
            ui.ChannelSelect(
                custom_id=f"wm:setup-channel:{field}",
                placeholder="No channel",
                channel_types=_TYPES.get(field, _WRITTEN_IN),
                min_values=0,
                max_values=LISTENING_LIMIT if field == "listening" else 1,
                default_values=chosen,
            )
        )

    async def used(self, interaction: Interaction) -> None:
        """Saves them."""
        channels = tuple(channel.id for channel in self.item.values)
        await save(interaction, self.field, channels if self.field == "listening" else next(iter(channels), None))


class DatesMenu(Persistent[Select], template=r"wm:setup-dates"):
    """Chooses how dates are written."""

    is_light = True

    def __init__(self, chosen: str = "") -> None:
        options = [
            discord.SelectOption(label=dates.name, value=locale, default=locale == chosen)
            for locale, dates in DATES.items()
        ]
        super().__init__(Select(custom_id="wm:setup-dates", placeholder="Language of dates", options=options))

    async def used(self, interaction: Interaction) -> None:
        """Saves it."""
        await save(interaction, "dates", self.item.values[0])


class KeptDaysButton(Persistent[Button], template=r"wm:setup-kept"):
    """Opens the form for the days."""

    is_light = True

    def __init__(self) -> None:
        super().__init__(Button(custom_id="wm:setup-kept", label="Change the days"))

    async def used(self, interaction: Interaction) -> None:
        """Opens it with the days as they stand."""
        server_id = require_admin(interaction)
        settings = await soon(interaction.client.store.settings.get(server_id))
        await interaction.response.send_modal(KeptDaysForm(str(settings.kept_days)))


class KeptDaysForm(Form):
    """Asks for how many days members' words are kept."""

    template = re.compile(r"wm:setup-kept-form")
    is_light = True

    def __init__(self, days: str = "") -> None:
        super().__init__(title="Keeping members' words", custom_id="wm:setup-kept-form")
        wanted = f"A number from {LEAST_KEPT_DAYS} to {MOST_KEPT_DAYS}"
        self.add_item(label("For how many days?", text_input("days", default=days, most=5), wanted))

    async def filled(self, interaction: Interaction, values: Filled) -> None:
        """Saves it; raises `WaymarkError` for what is no such number."""
        require_admin(interaction)
        typed = values.text("days").strip()
        if not typed.isdecimal() or not LEAST_KEPT_DAYS <= int(typed) <= MOST_KEPT_DAYS:
            raise WaymarkError(
                f"Members' words can be kept for {LEAST_KEPT_DAYS} to {MOST_KEPT_DAYS} days; type a whole number of "
                "days. Nothing was changed."
            )
        await save(interaction, "kept_days", int(typed))


class ClearButton(Persistent[Button], template=rf"wm:setup-clear:(?P<field>{_FIELDS})"):
    """Takes out of a setting what is gone."""

    is_light = True

    def __init__(self, field: str) -> None:
        self.field = field
        super().__init__(Button(custom_id=f"wm:setup-clear:{field}", label=f"Clear: {_NAMED[field].called}"))

    async def used(self, interaction: Interaction) -> None:
        """Leaves what is still there as it is."""
        server_id = require_admin(interaction)
        async with in_time(interaction, private=True, in_place=True):
            settings = await interaction.client.store.settings.get(server_id)
            left = _present(self.field, _facts(interaction, settings))
        await save(interaction, self.field, tuple(left) if self.field == "listening" else next(iter(left), None))


def _facts(interaction: Interaction, settings: ServerSettings) -> Facts:
    return facts_of(interaction.client, server_of(interaction), settings)


def _ids(field: str, facts: Facts) -> Iterator[int]:
    """The ids that the setting names."""
    value = getattr(facts.settings, field)
    if isinstance(value, tuple):
        yield from value
    elif value is not None:
        yield value


def _present(field: str, facts: Facts) -> list[int]:
    there = facts.roles if field in ROLES else facts.channels
    return [one for one in _ids(field, facts) if one in there]


def _gone(field: str, facts: Facts) -> list[int]:
    there = facts.roles if field in ROLES else facts.channels
    return [one for one in _ids(field, facts) if one not in there]


def _standing(field: str, facts: Facts) -> str:
    """The setting as it stands and what it means; a mention pings nobody."""
    named, sign = _NAMED[field], "@&" if field in ROLES else "#"
    shown = [f"<{sign}{one}>" for one in _present(field, facts)]
    if gone := len(_gone(field, facts)):
        kind = "role" if field in ROLES else "channel"
        shown.append(f"a {kind} that was deleted" if gone == 1 else f"{gone} {kind}s that were deleted")
    meaning = named.meaning
    if field == "listening" and not facts.hears_messages:
        meaning += (
            " **Just now I cannot:** I run without the Message Content Intent, which whoever runs me has to turn on."
        )
    return lines(f"**{named.called}**: {', '.join(shown) or named.empty}", small(meaning))


def _said(field: str, facts: Facts) -> str:
    """What a change means, and what is in its way."""
    settings = facts.settings
    if field == "kept_days":
        return f"**Saved.** Within the hour I let go of words that are older than {settings.kept_days} days."
    if field == "dates":
        return f"**Saved.** Today is written {written(facts.today, settings.dates)}."
    named = _NAMED[field]
    shown = _present(field, facts)
    told = f"**Saved.** {named.called}: " + (
        ", ".join(f"<{'@&' if field in ROLES else '#'}{one}>" for one in shown) if shown else named.empty
    )
    return lines(f"{told}.", *(f"▲ {one.what} {one.fix}" for one in checks_of(field, facts)))
