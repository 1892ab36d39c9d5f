"""`/help`: what the coach does, and the commands that the member may use."""

from typing import Any

import discord
import simcord
from discord import app_commands

from bot.front.client import Interaction, WaymarkBot
from bot.knowledge.knowledge import Knowledge
from bot.matching.coach import Coach
from tests.front.conftest import Community
from tests.front.reading import answered, seen


async def test_help_is_private_and_names_the_career(community: Community) -> None:
    result = answered(await community.newcomer.slash(community.channel, "help"))
    assert result.ephemeral
    assert "Baker" in seen(result).text


async def test_commands_are_clickable_mentions(community: Community) -> None:
    text = seen(answered(await community.newcomer.slash(community.channel, "help"))).text
    ids = {command.name: command.id for command in community.env.bot.synced}  # type: ignore[attr-defined]
    assert [f"</{name}:{ids[name]}>" in text for name in ("ask", "browse", "help")] == [True, True, True]


async def test_menus_of_messages_are_told_by_their_names(community: Community) -> None:
    text = seen(answered(await community.moderator.slash(community.channel, "help"))).text
    assert "**Add to FAQ** - make a new entry from a message; in the menu of a message, under Apps" in text
    assert "**See their path** - see the path of somebody who lets you; in the menu of a member, under Apps" in text
    assert "</Add to FAQ" not in text


async def test_every_menu_says_what_it_is_for(community: Community) -> None:
    text = seen(answered(await community.moderator.slash(community.channel, "help"))).text
    assert "** - in the menu" not in text


async def test_what_only_some_may_use_comes_last_under_its_own_title(community: Community) -> None:
    title = "**For moderators and admins**"
    first, last = seen(answered(await community.moderator.slash(community.channel, "help"))).text.split(title)
    assert "</faq inbox:" in last
    assert "</faq" not in first
    assert "</become:" in first
    assert title not in seen(answered(await community.newcomer.slash(community.channel, "help"))).text


async def test_help_tells_the_other_ways_to_ask(community: Community) -> None:
    text = seen(answered(await community.newcomer.slash(community.channel, "help"))).text
    assert "mention" in text
    assert "direct message" in text


def retire(**wanted: bool) -> app_commands.Command[Any, ..., None]:
    """A command as the bot has none yet, for members with these permissions by default."""

    @app_commands.command(name="retire", description="Take an entry out of the guide.")
    async def command(interaction: Interaction) -> None:
        await interaction.response.send_message("Gone.", ephemeral=True)

    command.default_permissions = discord.Permissions(**wanted) if wanted else None
    return command


async def add(bot: WaymarkBot, command: app_commands.Command[Any, ..., None] | app_commands.Group) -> None:
    """Registers a command with Discord, as the bot does with its own at the start."""
    bot.tree.add_command(command)
    bot.synced = tuple(await bot.tree.sync())


async def help_for(community: Community, member: simcord.MemberActor) -> str:
    return seen(answered(await member.slash(community.channel, "help"))).text


async def test_a_command_that_needs_a_permission_is_shown_to_who_has_it_only(
    community: Community, bot: WaymarkBot
) -> None:
    await add(bot, retire(manage_messages=True))
    assert "</retire:" in await help_for(community, community.moderator)
    assert "/retire" not in await help_for(community, community.newcomer)


async def test_a_command_that_needs_two_permissions_is_hidden_from_who_has_one(
    community: Community, bot: WaymarkBot
) -> None:
    await add(bot, retire(manage_messages=True, ban_members=True))
    assert "/retire" not in await help_for(community, community.moderator)


async def test_an_administrator_is_shown_every_command(community: Community, bot: WaymarkBot) -> None:
    await add(bot, retire(manage_messages=True, ban_members=True))
    role = community.guild.create_role("Owner", permissions=discord.Permissions(administrator=True))
    owner = community.guild.add_member(community.env.create_user("owner"), roles=[role])
    assert "</retire:" in await help_for(community, owner)


async def help_in_direct_message(community: Community) -> str:
    return seen(answered(await community.newcomer.user.slash("help"))).text


async def test_in_a_direct_message_the_commands_for_there_are_shown(community: Community) -> None:
    text = await help_in_direct_message(community)
    assert [f"</{name}:" in text for name in ("ask", "browse", "help")] == [True, True, True]


async def test_in_a_direct_message_a_command_for_servers_only_is_hidden(community: Community, bot: WaymarkBot) -> None:
    command = retire()
    command.allowed_contexts = app_commands.AppCommandContext(guild=True, dm_channel=False, private_channel=False)
    await add(bot, command)
    assert "/retire" not in await help_in_direct_message(community)


async def test_of_a_group_each_command_is_shown(community: Community, bot: WaymarkBot) -> None:
    group = app_commands.Group(name="manage", description="Look after the guide.")
    group.add_command(retire())
    await add(bot, group)
    assert "</manage retire:" in await help_for(community, community.newcomer)


async def test_a_bot_without_guides_has_a_name_for_what_it_knows(community: Community, bot: WaymarkBot) -> None:
    bot.coaches.base = Coach.knowing(Knowledge(entries=bot.coaches.base.knowledge.entries))
    assert "your community's questions" in await help_for(community, community.newcomer)
