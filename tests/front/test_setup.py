"""`/setup check` in a local Discord: what it reads there, what it says, and to whom."""

import sqlite3
from contextlib import closing

import discord
import pytest
import simcord
from simcord.results import ResponseMessage

from bot.front.client import WaymarkBot
from bot.front.server_facts import PERMISSIONS, ChannelFacts
from bot.front.setup_facts import facts_of, gathered
from bot.front.setup_report import FILE, report, report_text
from bot.store.server_settings import ServerSettings
from tests.front.conftest import Community
from tests.front.reading import answered, custom_ids, seen


@pytest.fixture
def admin(community: Community) -> simcord.MemberActor:
    admins = community.guild.create_role("Admin", permissions=discord.Permissions(manage_guild=True))
    return community.guild.add_member(community.env.create_user("admin"), roles=[admins])


async def check(community: Community, admin: simcord.MemberActor) -> ResponseMessage:
    return answered(await admin.slash(community.channel, "setup", what="check"))


def guild(community: Community, bot: WaymarkBot) -> discord.Guild:
    found = bot.get_guild(community.guild.id)
    assert found is not None
    return found


async def test_a_server_that_has_only_been_joined_has_no_fault(
    community: Community, admin: simcord.MemberActor
) -> None:
    message = await check(community, admin)
    assert message.ephemeral
    text = seen(message).text
    assert "Does not work" not in text
    assert "No role and channel for mentors is chosen" in text
    assert "In order: the database, the mentors' channel" in text
    assert seen(message).buttons == ("Check again",)


async def test_faults_stand_above_notes_each_with_its_fix(
    community: Community, bot: WaymarkBot, admin: simcord.MemberActor
) -> None:
    everyone = community.guild.default_role
    closed = community.guild.create_text_channel(
        "mentors", overwrites={everyone: discord.PermissionOverwrite(view_channel=False)}
    )
    await bot.store.settings.put(
        community.guild.id,
        ServerSettings(mentors_channel=closed.id, moderator_role=5, listening=(community.channel.id,)),
    )
    text = seen(await check(community, admin)).text
    assert text.index("Does not work") < text.index("Works in part") < text.index("Good to know")
    assert f"In <#{closed.id}> (the mentors' channel) I lack View Channel" in text
    assert "The moderators' role was deleted." in text
    assert "I listen nowhere" in text
    assert text.count("What to do: ") == text.count("Does not work.") + text.count("Works in part.") + text.count(
        "Good to know."
    )


async def test_what_was_mended_is_gone_when_it_checks_again(
    community: Community, bot: WaymarkBot, admin: simcord.MemberActor
) -> None:
    await bot.store.settings.put(community.guild.id, ServerSettings(mentor_role=5))
    message = await check(community, admin)
    assert "was deleted" in seen(message).text
    await bot.store.settings.put(community.guild.id, ServerSettings())
    assert "was deleted" not in seen((await admin.click(message, label="Check again")).response).text


async def test_the_card_leads_to_the_check_and_stays(community: Community, admin: simcord.MemberActor) -> None:
    card = answered(await admin.slash(community.channel, "setup"))
    found = await admin.click(card, label="Check")
    assert answered(found).id != card.id
    assert answered(found).ephemeral
    assert "In order: " in seen(found.response).text


async def test_the_check_works_after_a_restart(
    community: Community, next_bot: WaymarkBot, admin: simcord.MemberActor
) -> None:
    message = await check(community, admin)
    await community.env.restart_bot(next_bot)
    assert "In order: " in seen((await admin.click(message, label="Check again")).response).text


async def test_only_admins_may_check(community: Community, bot: WaymarkBot) -> None:
    (command,) = [one for one in bot.synced if one.name == "setup"]
    community.guild.set_command_permissions(command, {community.guild.default_role: True})
    result = answered(await community.newcomer.slash(community.channel, "setup", what="check"))
    assert result.ephemeral
    assert "This is for admins" in seen(result).text
    assert community.env.errors


async def test_while_the_database_is_away_the_rest_is_checked(
    community: Community, bot: WaymarkBot, admin: simcord.MemberActor
) -> None:
    with closing(sqlite3.connect(bot.store.database.file or "")) as connection:
        connection.execute("ALTER TABLE server_settings RENAME TO away")
    text = seen(await check(community, admin)).text
    assert "**Does not work.** The database does not answer" in text
    assert "I match questions by their words alone" in text
    assert "the mentors' channel" not in text


async def test_what_was_set_by_hand_for_a_command_is_read(community: Community, bot: WaymarkBot) -> None:
    (command,) = [one for one in bot.synced if one.name == "ask"]
    community.guild.set_command_permissions(command, {community.guild.default_role: False})
    facts = await gathered(bot, guild(community, bot))
    assert {one.name: one.overrides for one in facts.commands if one.overrides} == {"/ask": {community.guild.id: False}}
    assert "`/ask` is switched off" in report_text(facts)


async def test_when_discord_does_not_tell_of_commands_the_rest_is_checked(
    community: Community, bot: WaymarkBot
) -> None:
    community.env.inject_error("GET", "/applications/*/guilds/*/commands/*/permissions", status=403, times=99)
    facts = await gathered(bot, guild(community, bot))
    assert not facts.are_overrides_known
    assert {one.name for one in facts.commands} >= {"/ask", "/faq"}


async def test_what_is_read_of_a_server_is_as_it_is_there(community: Community, bot: WaymarkBot) -> None:
    everyone = community.guild.default_role
    mentors = community.guild.create_role("Mentors", permissions=discord.Permissions(manage_messages=True))
    channel = community.guild.create_text_channel(
        "quiet", overwrites={everyone: discord.PermissionOverwrite(send_messages=False)}
    )
    facts = facts_of(bot, guild(community, bot), ServerSettings())
    assert facts.roles[mentors.id].may_manage_messages
    assert facts.roles[everyone.id].is_everyone
    assert facts.channels[channel.id].allowed == PERMISSIONS.keys() - {"send_messages", "attach_files"}
    assert facts.channels[community.channel.id].is_open
    assert {one.name for one in facts.commands if one.is_hidden} >= {"/faq", "Add to FAQ"}
    assert facts.figures
    assert (facts.encoder, facts.hears_messages, facts.is_administrator) == (None, False, False)


async def test_a_long_report_goes_into_a_file_with_names(community: Community, bot: WaymarkBot) -> None:
    facts = facts_of(bot, guild(community, bot), ServerSettings(listening=tuple(range(100, 150))))
    for number in range(100, 150):
        facts.channels[number] = ChannelFacts(number, f"quiet-{number}", frozenset())  # type: ignore[index]
    view, files = report(facts)
    text = seen(view).text
    assert len(text) < 4_000
    assert "more stand in the file" in text
    assert [file.filename for file in files] == [FILE]
    whole = files[0].fp.read().decode()
    assert whole == report_text(facts)
    assert all(f"In #quiet-{number} (a channel to listen in) I lack" in whole for number in range(100, 150))
    assert custom_ids(view) == ["wm:setup-check:here"]


async def test_the_file_names_channels_and_roles(community: Community, bot: WaymarkBot) -> None:
    facts = facts_of(bot, guild(community, bot), ServerSettings(mentors_channel=7, mentor_role=community.guild.id))
    facts.channels[7] = ChannelFacts(7, "inner", frozenset())  # type: ignore[index]
    assert "In #inner (the mentors' channel) I lack View Channel" in report_text(facts)
