"""Who may do what, at the moment of the click: by Discord's permissions and by the roles that a server has named."""

import discord
import pytest
import simcord
from discord import app_commands
from discord.ext import commands

from bot import app
from bot.front.client import Interaction, Parts, WaymarkBot
from bot.front.items import Button, Persistent
from bot.front.layout import ANSWER, layout, notice
from bot.front.permissions import require_admin, require_mentor, require_moderator
from bot.store.server_settings import ServerSettings
from tests.front.conftest import Community
from tests.front.reading import answered, seen


class Doors(commands.Cog):
    """A command for each kind of person, which names the server, and a button for moderators that all can see."""

    def __init__(self, _: WaymarkBot) -> None:
        pass

    @app_commands.command()
    async def moderate(self, interaction: Interaction) -> None:
        """For moderators."""
        await _let_in(interaction, await require_moderator(interaction))

    @app_commands.command()
    async def mentor(self, interaction: Interaction) -> None:
        """For mentors."""
        await _let_in(interaction, await require_mentor(interaction))

    @app_commands.command()
    async def administer(self, interaction: Interaction) -> None:
        """For admins."""
        await _let_in(interaction, require_admin(interaction))

    @app_commands.command()
    async def door(self, interaction: Interaction) -> None:
        """Puts up the button."""
        await interaction.response.send_message(view=layout(ANSWER, "A door.", DoorButton()))


class DoorButton(Persistent[Button], template=r"wm:door"):
    """Lets moderators in."""

    def __init__(self) -> None:
        super().__init__(Button(custom_id="wm:door", label="Open"))

    async def used(self, interaction: Interaction) -> None:
        await _let_in(interaction, await require_moderator(interaction))


async def _let_in(interaction: Interaction, server: int) -> None:
    await interaction.response.send_message(view=notice(f"Welcome to {server}."), ephemeral=True)


@pytest.fixture(autouse=True)
def parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bot with the commands of this module."""
    monkeypatch.setattr(app, "PARTS", Parts((*app.GROUPS, Doors), (*app.ITEMS, DoorButton), app.PARTS.receive))


@pytest.fixture
def guide(community: Community) -> simcord.RoleHandle:
    return community.guild.create_role("Guide")


def member(community: Community, name: str, *roles: simcord.RoleHandle) -> simcord.MemberActor:
    return community.guild.add_member(community.env.create_user(name), roles=list(roles))


def permitted(community: Community, **permissions: bool) -> simcord.MemberActor:
    role = community.guild.create_role("Permitted", permissions=discord.Permissions(**permissions))
    return member(community, "permitted", role)


def welcome(community: Community) -> str:
    return f"Welcome to {community.guild.id}."


async def said(community: Community, actor: simcord.MemberActor, command: str) -> str:
    """What somebody is told, privately; a refusal has gone through the funnel."""
    result = answered(await actor.slash(community.channel, command))
    text = seen(result).text
    assert result.ephemeral
    assert bool(community.env.errors) == (text != welcome(community))
    return text


@pytest.mark.parametrize(
    ("command", "permission"),
    [
        ("moderate", "manage_messages"), ("moderate", "administrator"),
        ("mentor", "manage_messages"), ("mentor", "administrator"),
        ("administer", "manage_guild"), ("administer", "administrator"),
    ],
)  # fmt: skip
async def test_a_permission_of_discords_lets_in(community: Community, command: str, permission: str) -> None:
    assert await said(community, permitted(community, **{permission: True}), command) == welcome(community)


@pytest.mark.parametrize(
    ("command", "permission"),
    [("moderate", "manage_guild"), ("mentor", "manage_guild"), ("administer", "manage_messages")],
)
async def test_another_permission_does_not(community: Community, command: str, permission: str) -> None:
    assert "Nothing was changed." in await said(community, permitted(community, **{permission: True}), command)


@pytest.mark.parametrize(
    ("command", "for_whom", "what"),
    [("moderate", "moderators", "Manage Messages"), ("mentor", "mentors", "mentor role"),
     ("administer", "admins", "Manage Server")],
)  # fmt: skip
async def test_whoever_may_not_is_told_privately_what_it_needs(
    community: Community, command: str, for_whom: str, what: str
) -> None:
    text = await said(community, community.newcomer, command)
    assert text.startswith(f"This is for {for_whom}")
    assert what in text
    assert text.endswith("Nothing was changed.")


@pytest.mark.parametrize(
    ("setting", "open_to_it"),
    [("moderator_role", {"moderate", "mentor"}), ("mentor_role", {"mentor"})],
)
async def test_a_role_that_the_server_named_lets_in_where_it_is_for(
    community: Community, bot: WaymarkBot, guide: simcord.RoleHandle, setting: str, open_to_it: set[str]
) -> None:
    await bot.store.settings.put(community.guild.id, ServerSettings.of({setting: guide.id}))
    actor = member(community, "guide", guide)
    commands = ("mentor", "moderate", "administer")
    results = {command: answered(await actor.slash(community.channel, command)) for command in commands}
    assert {command for command in commands if seen(results[command]).text == welcome(community)} == open_to_it
    assert community.env.errors


async def test_a_role_that_another_server_named_does_not(
    community: Community, bot: WaymarkBot, guide: simcord.RoleHandle
) -> None:
    await bot.store.settings.put(community.guild.id + 1, ServerSettings(moderator_role=guide.id))
    assert "for moderators" in await said(community, member(community, "guide", guide), "moderate")


async def test_a_role_of_the_same_name_does_not(community: Community, bot: WaymarkBot) -> None:
    named, other = (community.guild.create_role("Guide") for _ in range(2))
    await bot.store.settings.put(community.guild.id, ServerSettings(moderator_role=named.id))
    assert "for moderators" in await said(community, member(community, "guide", other), "moderate")


async def test_a_button_that_all_can_see_looks_at_who_presses_it(community: Community) -> None:
    message = answered(await community.moderator.slash(community.channel, "door"))
    let_in = await community.moderator.click(message, label="Open")
    sent_away = await community.newcomer.click(message, label="Open")
    assert seen(let_in.response).text == welcome(community)
    assert answered(sent_away).ephemeral
    assert "for moderators" in seen(sent_away.response).text


async def test_a_button_looks_at_what_holds_when_it_is_pressed(
    community: Community, bot: WaymarkBot, guide: simcord.RoleHandle
) -> None:
    actor = member(community, "guide", guide)
    await bot.store.settings.put(community.guild.id, ServerSettings(moderator_role=guide.id))
    message = answered(await actor.slash(community.channel, "door"))
    await bot.store.settings.put(community.guild.id, ServerSettings())
    assert "for moderators" in seen((await actor.click(message, label="Open")).response).text


@pytest.mark.parametrize("command", ["moderate", "mentor", "administer"])
async def test_in_a_direct_message_nobody_is_let_in(community: Community, command: str) -> None:
    result = answered(await community.moderator.user.slash(command))
    assert seen(result).text == "This works in a server only; nothing was changed."
    assert community.env.errors
