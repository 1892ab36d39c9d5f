"""Channels to listen in: what gets an offer and what does not, when it goes, what it opens, and a restart."""

import asyncio
import datetime as dt
import sqlite3
from contextlib import closing

import discord
import pytest
import simcord
from structlog.testing import capture_logs

from bot.front.client import Asked, WaymarkBot
from bot.front.listening import MOST_WAITING, Listening
from bot.front.offer_card import OfferButton, ShareOfferButton, take_away
from bot.front.offers import LASTING
from bot.matching.answer import Answer, Kind
from bot.settings import Settings
from tests.front.conftest import Community
from tests.front.overhearing import (
    OFFER,
    SURE,
    CommunityClock,
    listen_in,
    listening,
    offered,
    offers,
    opened_by,
)
from tests.front.reading import Seen, custom_ids, seen


@pytest.fixture
def clock() -> CommunityClock:
    return CommunityClock()


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"waymark_listening": "on"})


@pytest.fixture
async def heard(community: Community, bot: WaymarkBot, clock: CommunityClock) -> Community:
    return await listening(community, bot, clock)


async def test_a_sure_question_gets_one_small_button_and_no_ping(heard: Community) -> None:
    question, offer = await offered(heard)
    assert seen(offer) == Seen("-# The answer opens for you alone. This button goes away in 10 minutes.", (OFFER,), ())
    assert offer.reference is not None
    assert offer.reference.message_id == question.id
    assert offer.mentions == []
    assert offer.flags.suppress_notifications


async def test_listening_is_off_until_a_channel_is_chosen(community: Community) -> None:
    await community.newcomer.send(community.channel, SURE)
    assert offers(community) == []


async def test_other_channels_are_left_alone(heard: Community) -> None:
    elsewhere = heard.guild.create_text_channel("elsewhere")
    await heard.newcomer.send(elsewhere, SURE)
    assert offers(heard, elsewhere) == []


@pytest.mark.parametrize(
    "text",
    [
        "I am baking a cake today",
        "the baker next door earns a lot, I guess",
        "how do I become a pilot?",
        "thanks!",
        "???",
        "!what does a baker earn?",
        f"{SURE} {'so ' * 500}",
        "@everyone",
        "\u200b" * 40,
        "```py\nprint(1)\n```",
        "[x](javascript:alert(1)) <@&1> \\u202e",
    ],
)
async def test_what_is_short_of_a_sure_question_gets_nothing(heard: Community, text: str) -> None:
    await heard.newcomer.send(heard.channel, text)
    assert offers(heard) == []
    assert heard.env.errors == []


async def test_a_message_of_pictures_alone_gets_nothing(heard: Community) -> None:
    await heard.newcomer.send(heard.channel, "", attachments=[("a.png", b"x")])
    assert offers(heard) == []


async def test_a_reply_between_people_gets_nothing(heard: Community) -> None:
    said = await heard.other.send(heard.channel, "hi")
    await heard.newcomer.send(heard.channel, SURE, reply_to=said)
    assert offers(heard) == []


async def test_a_question_to_somebody_gets_nothing(heard: Community) -> None:
    await heard.newcomer.send(heard.channel, f"{heard.other.mention} {SURE}")
    assert offers(heard) == []


async def test_a_mention_of_the_bot_is_answered_and_gets_no_offer(heard: Community) -> None:
    assert heard.env.bot.user is not None
    await heard.newcomer.send(heard.channel, f"{heard.env.bot.user.mention} {SURE}")
    assert "$30,000" in seen(heard.channel.last_message).text
    assert offers(heard) == []


async def test_another_bot_gets_nothing(heard: Community) -> None:
    robot = heard.guild.add_member(heard.env.create_user("robot", bot=True))
    await robot.send(heard.channel, SURE)
    assert offers(heard) == []


async def test_where_the_bot_may_not_write_nothing_happens_and_nobody_is_told(
    heard: Community, bot: WaymarkBot
) -> None:
    closed = heard.guild.create_text_channel("closed")
    heard.env.inject_error("POST", f"/channels/{closed.id}/messages", status=403, code=50013, message="Missing")
    await listen_in(bot.store, heard, closed)
    with capture_logs() as logged:
        await heard.newcomer.send(closed, SURE)
    assert offers(heard, closed) == []
    assert [line["event"] for line in logged] == ["a message could not be listened to"]
    assert SURE not in str(logged)


async def test_one_offer_a_channel_in_two_minutes(heard: Community) -> None:
    await offered(heard)
    await heard.other.send(heard.channel, SURE)
    assert len(offers(heard)) == 1
    await heard.env.advance_time(121)
    await heard.other.send(heard.channel, SURE)
    assert len(offers(heard)) == 2


async def test_one_offer_a_member_in_ten_minutes(heard: Community) -> None:
    await offered(heard)
    await heard.env.advance_time(300)
    await heard.newcomer.send(heard.channel, SURE)
    assert len(offers(heard)) == 1
    await heard.env.advance_time(301)
    await heard.newcomer.send(heard.channel, SURE)
    assert len(offers(heard)) == 1, "the first is gone by now, the second is there"


async def test_many_at_once_get_one_offer(heard: Community) -> None:
    for number in range(8):
        member = heard.guild.add_member(heard.env.create_user(f"member{number}"))
        heard.env.backend.create_message(heard.channel.id, member.id, SURE)
    await heard.env.settle()
    assert len(offers(heard)) == 1


async def test_a_reply_to_the_question_takes_the_offer_away(heard: Community) -> None:
    question, _ = await offered(heard)
    await heard.other.send(heard.channel, "something about money", reply_to=question)
    assert offers(heard) == []


async def test_thanks_of_the_asker_take_it_away(heard: Community) -> None:
    await offered(heard)
    await heard.newcomer.send(heard.channel, "thank you!")
    assert offers(heard) == []


async def test_what_others_say_besides_leaves_it(heard: Community) -> None:
    await offered(heard)
    await heard.other.send(heard.channel, "thank you!")
    await heard.newcomer.send(heard.channel, "anyone?")
    assert len(offers(heard)) == 1


async def test_who_answers_while_the_coach_thinks_keeps_it_away(
    heard: Community, bot: WaymarkBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    really = bot.overhear

    async def slowly(question: str, server: int) -> Asked:
        for offer in bot.offers.of(heard.channel.id):
            await take_away(bot, offer.question)
        return await really(question, server)

    monkeypatch.setattr(bot, "overhear", slowly)
    await heard.newcomer.send(heard.channel, SURE)
    assert len(heard.channel.history()) == 1


async def test_who_answers_while_it_is_on_its_way_takes_it_away(
    heard: Community, bot: WaymarkBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    really = bot.offers.pause

    def pause(channel: int, member: int, at: dt.datetime) -> None:
        really(channel, member, at)
        for offer in bot.offers.of(channel):
            bot.offers.drop(offer.question)

    monkeypatch.setattr(bot.offers, "pause", pause)
    question = await heard.newcomer.send(heard.channel, SURE)
    assert len(heard.channel.history()) == 1
    assert bot.offers.get(question.id) is None


async def test_a_deleted_question_takes_it_away(heard: Community) -> None:
    question, _ = await offered(heard)
    await heard.newcomer.delete(question)
    assert offers(heard) == []


async def test_a_deleted_offer_is_forgotten(heard: Community, bot: WaymarkBot) -> None:
    question, offer = await offered(heard)
    await heard.moderator.delete(offer)
    assert bot.offers.get(question.id) is None
    await heard.env.advance_time(LASTING.total_seconds())
    assert heard.env.errors == []


async def test_after_ten_minutes_it_is_gone(heard: Community) -> None:
    await offered(heard)
    await heard.env.advance_time(LASTING.total_seconds() - 5)
    assert len(offers(heard)) == 1
    await heard.env.advance_time(5)
    assert offers(heard) == []


async def test_a_deleted_question_is_told_to_whoever_opens_it(heard: Community, bot: WaymarkBot) -> None:
    question, offer = await offered(heard)
    bot.offers.drop(question.id)
    await heard.newcomer.delete(question)
    assert "The question has been deleted meanwhile" in seen(await opened_by(heard.newcomer, offer)).text


async def test_after_a_restart_it_opens_and_goes_in_time(heard: Community, next_bot: WaymarkBot) -> None:
    _, offer = await offered(heard)
    await heard.env.advance_time(300)
    await heard.env.restart_bot(next_bot)
    await heard.env.advance_time(1)
    assert "$30,000" in seen(await opened_by(heard.newcomer, offer)).text
    await heard.env.advance_time(298)
    assert len(offers(heard)) == 1
    await heard.env.advance_time(5)
    assert offers(heard) == []


async def test_after_a_restart_a_reply_still_takes_it_away(heard: Community, next_bot: WaymarkBot) -> None:
    question, _ = await offered(heard)
    await heard.env.restart_bot(next_bot)
    await heard.env.advance_time(1)
    await heard.other.send(heard.channel, "about thirty", reply_to=question)
    assert offers(heard) == []


async def test_what_became_due_while_the_bot_was_down_goes_at_its_start(heard: Community, next_bot: WaymarkBot) -> None:
    await offered(heard)
    before = heard.env.bot
    await before.remove_cog("Listening")  # type: ignore[attr-defined]
    await heard.env.advance_time(LASTING.total_seconds() + 60)
    assert len(offers(heard)) == 1
    await heard.env.restart_bot(next_bot)
    await heard.env.advance_time(1)
    assert offers(heard) == []


async def test_a_start_takes_nothing_else_away(heard: Community, next_bot: WaymarkBot) -> None:
    assert heard.env.bot.user is not None
    await heard.newcomer.send(heard.channel, f"{heard.env.bot.user.mention} {SURE}")
    before = len(heard.channel.history())
    await heard.env.restart_bot(next_bot)
    await heard.env.advance_time(LASTING.total_seconds() * 2)
    assert len(heard.channel.history()) == before


async def test_what_the_button_needs_stands_in_its_custom_id(heard: Community) -> None:
    question, offer = await offered(heard)
    assert custom_ids(offer) == [f"wm:offer:{heard.newcomer.id}:{question.id}"]


async def test_the_longest_custom_ids_fit() -> None:
    most = 2**64 - 1
    for button in (OfferButton(most, most), ShareOfferButton(most, most, 2**63 - 1)):
        assert len(button.custom_id) <= 100


async def test_while_the_database_is_away_it_keeps_silent(heard: Community, bot: WaymarkBot) -> None:
    with closing(sqlite3.connect(bot.store.database.file or "")) as connection:
        connection.execute("ALTER TABLE server_settings RENAME TO away")
        with capture_logs() as logged:
            await heard.newcomer.send(heard.channel, SURE)
        connection.execute("ALTER TABLE away RENAME TO server_settings")
    assert offers(heard) == []
    assert [line["event"] for line in logged] == ["a message could not be listened to"]
    await offered(heard)


async def test_at_a_start_one_channel_that_cannot_be_read_leaves_the_others_be(
    heard: Community, bot: WaymarkBot, next_bot: WaymarkBot
) -> None:
    closed = heard.guild.create_text_channel("closed")
    await listen_in(bot.store, heard, closed, heard.channel)
    question, _ = await offered(heard)
    heard.env.inject_error("GET", f"/channels/{closed.id}/messages", status=403, code=50013, message="Missing")
    await heard.env.restart_bot(next_bot)
    await heard.env.advance_time(1)
    assert next_bot.offers.get(question.id) is not None


async def test_too_many_messages_at_once_are_left_out(
    heard: Community, bot: WaymarkBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    thought_of: list[str] = []
    all_there, go_on = asyncio.Event(), asyncio.Event()

    async def slowly(question: str, server: int) -> Asked:
        thought_of.append(question)
        if len(thought_of) == MOST_WAITING:
            all_there.set()
        await go_on.wait()
        return Asked(Answer(Kind.NONE), await bot.coaches.of(server))

    monkeypatch.setattr(bot, "overhear", slowly)
    group = bot.get_cog("Listening")
    assert isinstance(group, Listening)
    await bot.store.settings.change(heard.guild.id, listening=[])
    said = [await heard.newcomer.send(heard.channel, f"line {number}") for number in range(MOST_WAITING + 3)]
    await listen_in(bot.store, heard, heard.channel)
    channel = bot.get_channel(heard.channel.id)
    assert isinstance(channel, discord.TextChannel)
    messages = [await channel.fetch_message(one.id) for one in said]
    going = [asyncio.create_task(group.on_message(one)) for one in messages]
    await all_there.wait()
    # A turn for those that would be thought about besides.
    await bot.store.settings.get(heard.guild.id)
    go_on.set()
    await asyncio.gather(*going)
    assert len(thought_of) == MOST_WAITING


async def test_no_word_gets_into_the_log(heard: Community) -> None:
    with capture_logs() as logged:
        await offered(heard, SURE)
        await heard.newcomer.send(heard.channel, "marzipan")
    assert "marzipan" not in str(logged)
    assert "baker" not in str(logged)


class TestForum:
    @pytest.fixture
    async def post(self, heard: Community, bot: WaymarkBot) -> simcord.ChannelHandle:
        forum = heard.guild.create_forum_channel("questions")
        await listen_in(bot.store, heard, forum)
        backend = heard.env.backend
        thread = backend.create_thread(forum.id, "A question", heard.newcomer.id, broadcast=False)
        backend.announce_thread_create(thread)
        # As in Discord, a post and its first message have the same id.
        first = backend.prepare_message(thread.id, heard.newcomer.id, SURE)
        first.id = thread.id
        backend.commit_message(first)
        await heard.env.settle()
        (post,) = forum.threads
        return post

    async def test_the_first_message_of_a_post_gets_an_offer(
        self, heard: Community, post: simcord.ChannelHandle
    ) -> None:
        assert len(offers(heard, post)) == 1

    async def test_any_word_of_somebody_else_takes_it_away(self, heard: Community, post: simcord.ChannelHandle) -> None:
        await heard.other.send(post, "about thirty")
        assert offers(heard, post) == []

    async def test_later_messages_get_none(self, heard: Community, post: simcord.ChannelHandle) -> None:
        await heard.other.send(post, SURE)
        await heard.env.advance_time(1_000)
        await heard.other.send(post, SURE)
        assert offers(heard, post) == []

    async def test_after_a_restart_it_goes_from_a_post_too(
        self, heard: Community, post: simcord.ChannelHandle, next_bot: WaymarkBot
    ) -> None:
        await heard.env.restart_bot(next_bot)
        await heard.env.advance_time(1)
        await heard.other.send(post, "about thirty")
        assert offers(heard, post) == []


class TestWithoutTheIntent:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return settings.model_copy(update={"waymark_listening": "off"})

    async def test_nothing_happens(self, heard: Community, bot: WaymarkBot) -> None:
        assert not bot.intents.message_content
        await heard.newcomer.send(heard.channel, SURE)
        assert offers(heard) == []
