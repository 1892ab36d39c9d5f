"""The card of `/setup`: each change saved at once, told, and for admins alone, also after a restart."""

from dataclasses import replace

import discord
import pytest
import simcord
from simcord.results import InteractionResult, ResponseMessage

from bot.front.client import WaymarkBot
from bot.front.setup_card import CHANNELS, ROLES, ChannelMenu
from bot.store.server_settings import ServerSettings
from tests.front.conftest import Community
from tests.front.filling import filled_in
from tests.front.reading import answered, custom_ids, option, seen


@pytest.fixture
def admin(community: Community) -> simcord.MemberActor:
    admins = community.guild.create_role("Admin", permissions=discord.Permissions(manage_guild=True))
    return community.guild.add_member(community.env.create_user("admin"), roles=[admins])


@pytest.fixture
def mentors(community: Community) -> simcord.RoleHandle:
    return community.guild.create_role("Mentors")


async def card(community: Community, admin: simcord.MemberActor) -> ResponseMessage:
    return answered(await admin.slash(community.channel, "setup"))


async def change_days(admin: simcord.MemberActor, message: ResponseMessage, days: str) -> InteractionResult:
    shown = await admin.click(message, label="Change the days")
    return await admin.submit_modal(shown, {"days": days})


async def test_the_form_begins_with_the_days_as_they_stand(
    community: Community, bot: WaymarkBot, admin: simcord.MemberActor
) -> None:
    await bot.store.settings.put(community.guild.id, ServerSettings(kept_days=30))
    shown = await admin.click(await card(community, admin), label="Change the days")
    assert filled_in(shown) == {"days": "30"}


async def stored(community: Community, bot: WaymarkBot) -> ServerSettings:
    return await bot.store.settings.get(community.guild.id)


async def test_the_card_is_private_and_shows_that_nothing_is_set(
    community: Community, admin: simcord.MemberActor
) -> None:
    message = await card(community, admin)
    assert message.ephemeral
    text = seen(message).text
    assert "**Moderators' role**: only who may manage messages" in text
    assert "**Mentors' channel**: not chosen" in text
    assert "kept for 90 days" in text
    assert seen(message).buttons == ("Change the days", "Check")


async def test_roles_are_saved_at_once_and_told(
    community: Community, bot: WaymarkBot, admin: simcord.MemberActor, mentors: simcord.RoleHandle
) -> None:
    message = await card(community, admin)
    after = await admin.select(message, [mentors], custom_id="wm:setup-role:mentor_role")
    assert "**Saved.** Mentors' role: <@&" in seen(after.response).text
    assert await stored(community, bot) == ServerSettings(mentor_role=mentors.id)


async def test_channels_are_saved_at_once(community: Community, bot: WaymarkBot, admin: simcord.MemberActor) -> None:
    message, other = await card(community, admin), community.guild.create_text_channel("other")
    for field, chosen in (("mentors_channel", [other]), ("listening", [community.channel, other]),
                          ("digest_channel", [community.channel])):  # fmt: skip
        await admin.select(message, chosen, custom_id=f"wm:setup-channel:{field}")
    assert await stored(community, bot) == ServerSettings(
        mentors_channel=other.id, listening=(community.channel.id, other.id), digest_channel=community.channel.id
    )


async def test_dates_are_saved_and_shown_as_they_will_be(
    community: Community, bot: WaymarkBot, admin: simcord.MemberActor
) -> None:
    message = await card(community, admin)
    custom_id, value = option(message, "Deutsch")
    after = await admin.select(message, [value], custom_id=custom_id)
    assert (await stored(community, bot)).dates == "de"
    assert f"Today is written {bot.store.clock():%d.%m.%Y}" in seen(after.response).text


async def test_days_are_saved_by_a_form(community: Community, bot: WaymarkBot, admin: simcord.MemberActor) -> None:
    after = await change_days(admin, await card(community, admin), " 30 ")
    assert (await stored(community, bot)).kept_days == 30
    assert "older than 30 days" in seen(after.response).text
    assert "are kept for 30 days" in seen(after.response).text


@pytest.mark.parametrize("days", ["6", "366", "-7", "soon", "7.5", "²", "99999"])
async def test_other_days_change_nothing(
    community: Community, bot: WaymarkBot, admin: simcord.MemberActor, days: str
) -> None:
    after = await change_days(admin, await card(community, admin), days)
    assert "for 7 to 365 days" in seen(after.response).text
    assert answered(after).ephemeral
    assert (await stored(community, bot)).kept_days == 90


@pytest.mark.parametrize("days", ["7", "365"])
async def test_the_first_and_the_last_day_that_may_be_can_be_set(
    community: Community, bot: WaymarkBot, admin: simcord.MemberActor, days: str
) -> None:
    await change_days(admin, await card(community, admin), days)
    assert (await stored(community, bot)).kept_days == int(days)


async def test_choosing_none_clears_a_setting(
    community: Community, bot: WaymarkBot, admin: simcord.MemberActor, mentors: simcord.RoleHandle
) -> None:
    await bot.store.settings.put(
        community.guild.id, ServerSettings(mentor_role=mentors.id, listening=(community.channel.id,))
    )
    message = await card(community, admin)
    await admin.select(message, [], custom_id="wm:setup-role:mentor_role")
    after = await admin.select(message, [], custom_id="wm:setup-channel:listening")
    assert await stored(community, bot) == ServerSettings()
    assert "**Saved.** Channels to listen in: none" in seen(after.response).text


async def test_the_role_of_everybody_is_refused(
    community: Community, bot: WaymarkBot, admin: simcord.MemberActor
) -> None:
    message = await card(community, admin)
    after = await admin.select(message, [community.guild.default_role], custom_id="wm:setup-role:moderator_role")
    assert "Nothing was changed" in seen(after.response).text
    assert await stored(community, bot) == ServerSettings()


async def test_a_forum_may_be_listened_in_but_takes_no_digest(
    community: Community, bot: WaymarkBot, admin: simcord.MemberActor
) -> None:
    forum = community.guild.create_forum_channel("questions")
    message = await card(community, admin)
    await admin.select(message, [forum], custom_id="wm:setup-channel:listening")
    assert (await stored(community, bot)).listening == (forum.id,)
    assert discord.ChannelType.forum not in ChannelMenu("digest_channel").item.channel_types


async def test_two_admins_lose_nothing_to_each_other(
    community: Community, bot: WaymarkBot, admin: simcord.MemberActor, mentors: simcord.RoleHandle
) -> None:
    deputy = community.guild.add_member(
        community.env.create_user("deputy"),
        roles=[community.guild.create_role("Deputy", permissions=discord.Permissions(administrator=True))],
    )
    mine, theirs = await card(community, admin), await card(community, deputy)
    await admin.select(mine, [mentors], custom_id="wm:setup-role:mentor_role")
    await deputy.select(theirs, [community.channel], custom_id="wm:setup-channel:digest_channel")
    after = await change_days(admin, mine, "14")
    expected = ServerSettings(mentor_role=mentors.id, digest_channel=community.channel.id, kept_days=14)
    assert await stored(community, bot) == expected
    assert f"<#{community.channel.id}>" in seen(after.response).text


@pytest.mark.parametrize("field", [*ROLES, *CHANNELS])
async def test_what_is_gone_is_said_and_cleared_by_a_button(
    community: Community, bot: WaymarkBot, admin: simcord.MemberActor, field: str
) -> None:
    gone = 123_456_789_012_345_678
    value = (gone, community.channel.id) if field == "listening" else gone
    settings = ServerSettings.of({field: value, "kept_days": 30})
    await bot.store.settings.put(community.guild.id, settings)
    message = await card(community, admin)
    assert "that was deleted" in seen(message).text
    assert str(gone) not in seen(message).text
    label = seen(message).buttons[-1]
    assert label.startswith("Clear: ")
    after = await admin.click(message, label=label)
    left = (community.channel.id,) if field == "listening" else None
    assert await stored(community, bot) == replace(settings, **{field: left})  # type: ignore[arg-type]
    assert "deleted" not in seen(after.response).text
    assert "Clear: " not in "".join(seen(after.response).buttons)


async def test_listening_says_that_it_lacks_its_intent(community: Community, admin: simcord.MemberActor) -> None:
    message = await card(community, admin)
    assert "**Just now I cannot:** I run without the Message Content Intent" in seen(message).text
    after = await admin.select(message, [community.channel], custom_id="wm:setup-channel:listening")
    assert "I listen nowhere, though channels are chosen" in seen(after.response).text


async def test_with_the_intent_nothing_is_said_of_it(
    community: Community, bot: WaymarkBot, admin: simcord.MemberActor
) -> None:
    bot._connection._intents.message_content = True  # noqa: SLF001 - as a bot is started with it
    assert "Intent" not in seen(await card(community, admin)).text


async def test_a_channel_in_which_it_may_not_write_is_saved_and_warned_of(
    community: Community, bot: WaymarkBot, admin: simcord.MemberActor
) -> None:
    everyone = community.guild.default_role
    channel = community.guild.create_text_channel(
        "mentors", overwrites={everyone: discord.PermissionOverwrite(send_messages=False)}
    )
    after = await admin.select(await card(community, admin), [channel], custom_id="wm:setup-channel:mentors_channel")
    assert (await stored(community, bot)).mentors_channel == channel.id
    assert "I lack Send Messages" in seen(after.response).text
    assert "allow Send Messages" in seen(after.response).text


async def test_the_fullest_card_keeps_discords_limits(
    community: Community, bot: WaymarkBot, admin: simcord.MemberActor
) -> None:
    gone = 123_456_789_012_345_678
    there = [community.guild.create_text_channel(f"channel-{number}").id for number in range(12)]
    await bot.store.settings.put(
        community.guild.id, ServerSettings(gone, gone, gone, (*there, *range(gone, gone + 13)), digest_channel=gone)
    )
    message = await card(community, admin)
    after = await change_days(admin, message, "365")
    ids = custom_ids(after.response)
    assert len(ids) == len(set(ids)) == 13
    assert max(map(len, ids)) <= 100
    assert len([one for one in seen(after.response).buttons if one.startswith("Clear: ")]) == 5


async def test_a_card_from_before_a_restart_goes_on_working(
    community: Community, next_bot: WaymarkBot, admin: simcord.MemberActor, mentors: simcord.RoleHandle
) -> None:
    message = await card(community, admin)
    shown = await admin.click(message, label="Change the days")
    await community.env.restart_bot(next_bot)
    await admin.select(message, [mentors], custom_id="wm:setup-role:mentor_role")
    await admin.select(message, [community.channel], custom_id="wm:setup-channel:listening")
    await admin.submit_modal(shown, {"days": "60"})
    assert await stored(community, next_bot) == ServerSettings(
        mentor_role=mentors.id, listening=(community.channel.id,), kept_days=60
    )


async def test_the_command_is_for_admins(community: Community, bot: WaymarkBot) -> None:
    (command,) = [one for one in bot.synced if one.name == "setup"]
    everyone = community.guild.default_role
    community.guild.set_command_permissions(command, {everyone: True})
    result = answered(await community.moderator.slash(community.channel, "setup"))
    assert result.ephemeral
    assert "This is for admins" in seen(result).text
    assert community.env.errors


async def test_whoever_is_no_admin_any_more_changes_nothing(
    community: Community, bot: WaymarkBot, admin: simcord.MemberActor, mentors: simcord.RoleHandle
) -> None:
    await bot.store.settings.put(community.guild.id, ServerSettings(digest_channel=123_456_789_012_345_678))
    before = await stored(community, bot)
    message = await card(community, admin)
    shown = await admin.click(message, label="Change the days")
    community.env.backend.remove_member_role(community.guild.id, admin.id, community.guild.roles["Admin"].id)
    custom_id, value = option(message, "Deutsch")
    results = [
        await admin.select(message, [mentors], custom_id="wm:setup-role:mentor_role"),
        await admin.select(message, [community.channel], custom_id="wm:setup-channel:listening"),
        await admin.select(message, [value], custom_id=custom_id),
        await admin.submit_modal(shown, {"days": "60"}),
        await admin.click(message, label="Change the days"),
        await admin.click(message, label="Clear: Weekly digest"),
        await admin.click(message, label="Check"),
    ]
    for result in results:
        assert answered(result).ephemeral
        assert "This is for admins" in seen(result.response).text
    assert await stored(community, bot) == before
