"""Posting one's path: a preview first, a card without what is nobody's business, and taking it down again."""

from pathlib import Path

import discord
import pytest
from simcord.results import ResponseMessage

from bot.front.client import WaymarkBot
from bot.settings import Settings
from bot.store.server_settings import ServerSettings
from tests.front.conftest import Community
from tests.front.looking_in import overview
from tests.front.reading import answered, custom_ids, seen
from tests.front.walking import ANSWERS, bakers_folder, begin, card, path_of, pick, start


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    folder = bakers_folder(tmp_path)
    return Settings(_env_file=None, waymark_knowledge=folder, waymark_data=tmp_path / "data", waymark_encoder="off")


async def preview(community: Community, target: str = "2030-06-17") -> ResponseMessage:
    """What the newcomer sees who wants to share; the first step is done, the second has a note."""
    message = await start(community.newcomer, community, target=target)
    await community.newcomer.click(message, label="Done")
    shown = await community.newcomer.click(message, label="Add a note")
    await community.newcomer.submit_modal(shown, {"note": "Ask aunt Mary"})
    shown = await community.newcomer.click(await overview(community.newcomer, community), label="Share")
    return answered(shown)


def cards(community: Community) -> list[discord.Message]:
    """What everybody in the channel sees."""
    messages = community.channel.history(viewer=community.other)
    return [message for message in messages if message.components and not message.flags.ephemeral]


async def test_one_sees_first_what_would_be_posted(community: Community) -> None:
    message = await preview(community)
    text = seen(message).text
    assert message.ephemeral
    assert "### Shall I post this here?" in text
    assert "### Becoming a baker" in text
    assert "✓ **1. Go to baking school** · done" in text
    assert "→ **2. Join the guild** · now" in text
    assert "☐ **3. Work at night**" in text
    assert seen(message).buttons == ("Post it", "Cancel")
    assert seen(message).options == ("My state or country", "The date by which I want to be done")
    assert cards(community) == []


async def test_state_and_date_are_left_out_unless_they_are_wanted(community: Community) -> None:
    message = await preview(community)
    assert "Ohio" not in seen(message).text
    assert "2030" not in seen(message).text
    await pick(community.newcomer, message, "My state or country", "The date by which I want to be done")
    assert "**State or country:** Ohio\n**Wants to be done by:** Jun 2030" in seen(message).text
    await community.newcomer.click(message, label="Post it")
    (card_,) = cards(community)
    assert "**State or country:** Ohio\n**Wants to be done by:** Jun 2030" in seen(card_).text


async def test_what_was_not_told_cannot_be_chosen(community: Community) -> None:
    assert seen(await preview(community, target="")).options == ("My state or country",)


async def test_post_it_posts_a_card_for_everybody(community: Community) -> None:
    message = await preview(community)
    await community.newcomer.click(message, label="Post it")
    assert "It is posted." in seen(message).text
    (card_,) = cards(community)
    text = seen(card_).text
    assert f"The path of <@{community.newcomer.id}>\n■□□ 1 of 3 done" in text
    assert "Ohio" not in text
    assert seen(card_).buttons == ("Take it down",)
    (picture,) = card_.attachments
    assert picture.description is not None
    assert picture.description.startswith("Timeline as of ")
    assert "1. Go to baking school: done" in picture.description


async def test_no_day_is_told(community: Community, bot: WaymarkBot) -> None:
    message = await preview(community)
    await pick(community.newcomer, message, "The date by which I want to be done")
    await community.newcomer.click(message, label="Post it")
    (card_,) = cards(community)
    today = (await path_of(bot, community.newcomer)).today
    told = f"{seen(card_).text} {card_.attachments[0].description}"
    assert f"{today:%d %b}" not in told
    assert "17" not in told


async def test_a_note_is_in_none_of_it(community: Community) -> None:
    message = await preview(community)
    assert "aunt Mary" not in str(message.components)
    await community.newcomer.click(message, label="Post it")
    (card_,) = cards(community)
    assert "aunt Mary" not in f"{seen(card_).text} {card_.attachments[0].description}"


async def test_each_posting_has_a_nonce_of_its_own_so_that_a_double_click_posts_once(
    community: Community, bot: WaymarkBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = await preview(community)
    sent: list[dict[str, object]] = []
    really = bot.http.send_message

    async def send_message(channel: int, *, params: discord.http.MultipartParameters) -> object:
        assert params.multipart is not None
        sent.append(discord.utils._from_json(params.multipart[0]["value"]))  # noqa: SLF001 - as the library writes it
        return await really(channel, params=params)

    monkeypatch.setattr(bot.http, "send_message", send_message)
    await community.newcomer.click(message, label="Post it")
    assert [(one["nonce"], one["enforce_nonce"]) for one in sent] == [(str(message.id), True)]


async def test_cancel_posts_nothing(community: Community) -> None:
    message = await preview(community)
    await community.newcomer.click(message, label="Cancel")
    assert "Nothing was posted." in seen(message).text
    assert cards(community) == []


async def test_a_path_that_changed_since_the_preview_is_shown_again_first(community: Community) -> None:
    message = await preview(community)
    await community.newcomer.click(await card(community.newcomer, community), label="Done")
    await community.newcomer.click(message, label="Post it")
    assert "Your path has changed since, so nothing was posted yet." in seen(message).text
    assert "✓ **2. Join the guild** · done" in seen(message).text
    assert cards(community) == []
    await community.newcomer.click(message, label="Post it")
    assert len(cards(community)) == 1


async def test_the_preview_outlives_a_restart(community: Community, next_bot: WaymarkBot) -> None:
    message = await preview(community)
    await community.env.restart_bot(next_bot)
    await community.newcomer.click(message, label="Post it")
    assert len(cards(community)) == 1


async def test_in_a_direct_message_there_is_nobody_to_share_with(community: Community) -> None:
    await start(community.newcomer, community)
    user = community.newcomer.user
    message = answered(await user.slash("become"))
    await user.click(message, label="Overview")
    shown = answered(await user.click(message, label="Share"))
    assert "There is nobody here to share it with." in seen(shown).text


async def forbid(community: Community, bot: WaymarkBot, whom: discord.abc.Snowflake, **rules: bool) -> None:
    channel = bot.get_channel(community.channel.id)
    assert isinstance(channel, discord.TextChannel)
    target = channel.guild.me if whom.id == channel.guild.me.id else channel.guild.default_role
    await channel.set_permissions(target, overwrite=discord.PermissionOverwrite(**rules))
    await community.env.advance_time(1)


async def test_who_may_not_write_in_the_channel_may_not_post_there(community: Community, bot: WaymarkBot) -> None:
    message = await preview(community)
    await forbid(community, bot, discord.Object(community.guild.id), send_messages=False)
    result = await community.newcomer.click(message, label="Post it")
    assert "You may not post in this channel, so nothing was posted." in seen(told(result)).text
    assert cards(community) == []


async def test_where_the_bot_may_not_write_it_says_so(community: Community, bot: WaymarkBot) -> None:
    message = await preview(community)
    assert bot.user is not None
    await forbid(community, bot, bot.user, send_messages=False, view_channel=True)
    result = await community.newcomer.click(message, label="Post it")
    assert "I may not post in this channel" in seen(told(result)).text


async def test_where_no_files_may_be_sent_it_is_posted_without_a_picture(community: Community, bot: WaymarkBot) -> None:
    assert bot.user is not None
    await forbid(community, bot, bot.user, attach_files=False, view_channel=True, send_messages=True)
    await community.newcomer.click(await preview(community), label="Post it")
    (card_,) = cards(community)
    assert card_.attachments == []


def told(result: object) -> ResponseMessage:
    """What an interaction was answered with, in the first place or after that."""
    followups = getattr(result, "followups", None)
    found = followups[0] if followups else getattr(result, "response", None)
    assert isinstance(found, ResponseMessage)
    return found


async def test_its_owner_takes_it_down(community: Community) -> None:
    await community.newcomer.click(await preview(community), label="Post it")
    await community.newcomer.click(cards(community)[0], label="Take it down")
    assert cards(community) == []


async def test_a_moderator_takes_it_down(community: Community) -> None:
    await community.newcomer.click(await preview(community), label="Post it")
    await community.moderator.click(cards(community)[0], label="Take it down")
    assert cards(community) == []


async def test_who_has_the_servers_moderator_role_takes_it_down(community: Community, bot: WaymarkBot) -> None:
    role = community.guild.create_role("Keepers")
    keeper = community.guild.add_member(community.env.create_user("keeper"), roles=[role])
    await bot.store.settings.put(community.guild.id, ServerSettings(moderator_role=role.id))
    await community.newcomer.click(await preview(community), label="Post it")
    await keeper.click(cards(community)[0], label="Take it down")
    assert cards(community) == []


async def test_nobody_else_takes_it_down(community: Community) -> None:
    await community.newcomer.click(await preview(community), label="Post it")
    result = await community.other.click(cards(community)[0], label="Take it down")
    assert "Only the member whose path this is can take it down, or a moderator." in seen(told(result)).text
    assert len(cards(community)) == 1


async def test_who_lost_their_path_shares_nothing(community: Community, bot: WaymarkBot) -> None:
    message = await preview(community)
    await bot.store.member_paths.forget(community.newcomer.id)
    result = await community.newcomer.click(message, label="Post it")
    assert "You have no path that could be shared." in seen(told(result)).text
    assert cards(community) == []


async def test_the_words_of_a_member_have_no_effect(community: Community) -> None:
    await begin(community.newcomer, community, **{**ANSWERS, "region": "@everyone <@1> **x**"})
    message = answered(await community.newcomer.click(await overview(community.newcomer, community), label="Share"))
    await pick(community.newcomer, message, "My state or country")
    assert "@everyone" not in seen(message).text
    assert "<@1>" not in seen(message).text.replace("\\<", "")


async def test_custom_ids_hold_no_words_of_the_member(community: Community) -> None:
    message = await preview(community)
    assert all(len(custom_id) <= 100 and "Ohio" not in custom_id for custom_id in custom_ids(message))
