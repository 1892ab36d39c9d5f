"""Promises kept: each member told once, by direct message or where they asked, whatever is in the way."""

import datetime as dt

import discord
import pytest
from simcord import MemberActor
from structlog.testing import capture_logs

from bot.front.client import WaymarkBot
from bot.front.telling import LATER, TellingRounds, told_view
from bot.store.database import StoreUnavailableError
from bot.store.promises import STALE, Telling
from tests.front.conftest import Community
from tests.front.reading import answered, custom_ids, seen
from tests.front.stock import RULES, add, remove
from tests.front.waiting import BIKE, last_number, member, minute, wait
from tests.store.clocks import Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


async def promised(community: Community, bot: WaymarkBot, *people: MemberActor, entry: str = "night") -> None:
    """These people wait for an answer, and moderators have said that the entry is one."""
    for who in people or (community.newcomer,):
        await wait(community, who)
        number = await last_number(bot, community)
        await bot.store.inbox.answer(community.guild.id, entry, [number])


def told(who: MemberActor) -> list[discord.Message]:
    """What they were told by direct message."""
    return who.user.dm_channel.history()


def mentions(community: Community) -> list[discord.Message]:
    """What was told in the channel, where `/ask` was answered before."""
    return [message for message in community.channel.history() if "You asked me to tell you" in seen(message).text]


def close_messages(community: Community, who: MemberActor, times: int | None = None) -> None:
    """Lets the member take no direct messages."""
    path = f"/channels/{who.user.dm_channel.id}/messages"
    community.env.inject_error(
        "POST", path, status=403, code=50007, message="Cannot send messages to this user", times=times
    )


async def test_within_a_minute_the_asker_is_told_by_direct_message(community: Community, bot: WaymarkBot) -> None:
    await promised(community, bot)
    await minute(community)
    (message,) = told(community.newcomer)
    text = seen(message).text
    assert "You asked me to tell you when there is an answer. Here it is; should it miss your point" in text
    assert f"-# asked: {BIKE}" in text
    assert "### Do bakers work at night?\nMost start at three in the morning." in text
    assert "That helped" in seen(message).buttons
    assert mentions(community) == []


async def test_nobody_is_told_twice(community: Community, bot: WaymarkBot, clock: Clock) -> None:
    await promised(community, bot)
    for _ in range(3):
        await minute(community)
        clock.forward(hours=1)
    assert len(told(community.newcomer)) == 1


async def test_many_are_told_in_one_round(community: Community, bot: WaymarkBot) -> None:
    people = [await member(community, f"member{number}") for number in range(9)]
    for who in people:
        number = await bot.store.questions.record(
            server=community.guild.id, channel=community.channel.id, member=who.id, text=BIKE, kind="none",
            entry_id=None,
        )  # fmt: skip
        await bot.store.promises.promise(number, who.id, community.channel.id)
    await bot.store.inbox.answer(community.guild.id, "night", range(1, 10))
    await minute(community)
    assert [len(told(who)) for who in people] == [1] * 9


async def test_where_direct_messages_are_closed_they_are_mentioned_where_they_asked(
    community: Community, bot: WaymarkBot
) -> None:
    close_messages(community, community.newcomer)
    await promised(community, bot)
    await minute(community)
    (message,) = mentions(community)
    assert seen(message).text.startswith(f"<@{community.newcomer.id}>\nYou asked me to tell you")
    assert [user.id for user in message.mentions] == [community.newcomer.id]
    assert told(community.newcomer) == []


async def test_a_mention_pings_nobody_whom_the_words_name(community: Community, bot: WaymarkBot) -> None:
    close_messages(community, community.newcomer)
    await wait(community, community.newcomer, f"quokka <@{community.other.id}> @everyone zebra?")
    await bot.store.inbox.answer(community.guild.id, "night", [await last_number(bot, community)])
    await minute(community)
    (message,) = mentions(community)
    assert [user.id for user in message.mentions] == [community.newcomer.id]
    assert not message.mention_everyone


async def test_when_the_channel_is_gone_too_it_is_given_up(community: Community, bot: WaymarkBot, clock: Clock) -> None:
    close_messages(community, community.newcomer)
    await promised(community, bot)
    channel = bot.get_channel(community.channel.id)
    assert isinstance(channel, discord.TextChannel)
    await channel.delete()
    with capture_logs() as logged:
        await minute(community)
    assert "a member cannot be told any more" in [line["event"] for line in logged]
    clock.forward(days=1)
    assert await bot.store.promises.claim(9, clock()) == ()


async def test_who_has_left_is_not_mentioned(community: Community, bot: WaymarkBot, clock: Clock) -> None:
    close_messages(community, community.newcomer)
    await promised(community, bot)
    community.guild.remove_member(community.newcomer)
    await minute(community)
    assert mentions(community) == []
    clock.forward(days=1)
    assert await bot.store.promises.claim(9, clock()) == ()


async def test_where_the_bot_may_not_write_it_is_tried_again_later(
    community: Community, bot: WaymarkBot, clock: Clock
) -> None:
    close_messages(community, community.newcomer)
    path = f"/channels/{community.channel.id}/messages"
    await promised(community, bot)
    community.env.inject_error("POST", path, status=403, code=50013, message="Missing Permissions")
    await minute(community)
    clock.forward(hours=1)
    await minute(community)
    assert mentions(community) == []
    clock.now += LATER
    await minute(community)
    assert len(mentions(community)) == 1


async def test_while_discord_is_away_it_is_tried_again(community: Community, bot: WaymarkBot, clock: Clock) -> None:
    await promised(community, bot)
    path = f"/channels/{community.newcomer.user.dm_channel.id}/messages"
    community.env.inject_error("POST", path, status=500)
    await community.env.advance_time(120)
    assert told(community.newcomer) == []
    clock.now += STALE
    await minute(community)
    assert len(told(community.newcomer)) == 1


async def test_one_who_cannot_be_told_keeps_no_other_waiting(
    community: Community, bot: WaymarkBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    await promised(community, bot, community.newcomer, community.other)
    really = bot.create_dm

    async def create_dm(user: discord.abc.Snowflake) -> discord.DMChannel:
        if user.id == community.newcomer.id:
            raise RuntimeError("a fault")
        return await really(user)

    monkeypatch.setattr(bot, "create_dm", create_dm)
    with capture_logs() as logged:
        await minute(community)
    assert "a member could not be told" in [line["event"] for line in logged]
    assert [len(told(who)) for who in (community.newcomer, community.other)] == [0, 1]


async def test_while_the_database_is_away_the_rounds_go_on(
    community: Community, bot: WaymarkBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    await promised(community, bot)

    async def away(*_: object) -> tuple[Telling, ...]:
        raise StoreUnavailableError("away")

    with monkeypatch.context() as patched, capture_logs() as logged:
        patched.setattr(bot.store.promises, "claim", away)
        await minute(community)
    assert "members have to wait for what was promised" in [line["event"] for line in logged]
    await minute(community)
    assert len(told(community.newcomer)) == 1


async def test_when_the_entry_is_gone_the_question_is_open_again(community: Community, bot: WaymarkBot) -> None:
    await promised(community, bot, entry="rules")
    await add(community, bot, RULES, "rules")
    await remove(community, bot, "rules")
    await minute(community)
    assert told(community.newcomer) == []
    (question,) = await bot.store.inbox.questions(community.guild.id)
    assert question.waiting == 1


async def test_an_entry_that_another_process_published_is_read_first(community: Community, bot: WaymarkBot) -> None:
    await promised(community, bot, entry="rules")
    await bot.store.entries.add(community.guild.id, RULES, community.moderator.id, entry_id="rules")
    await minute(community)
    assert "Be kind." in seen(told(community.newcomer)[0]).text


async def test_a_question_that_was_forgotten_is_answered_without_its_words(
    community: Community, bot: WaymarkBot
) -> None:
    await promised(community, bot)
    await bot.store.questions.forget_texts(community.guild.id, bot.store.clock() + dt.timedelta(days=1))
    await minute(community)
    text = seen(told(community.newcomer)[0]).text
    assert "### Do bakers work at night?" in text
    assert "asked:" not in text


async def test_after_a_restart_who_waited_is_told(community: Community, bot: WaymarkBot, next_bot: WaymarkBot) -> None:
    await promised(community, bot)
    await community.env.restart_bot(next_bot)
    await minute(community)
    assert len(told(community.newcomer)) == 1


async def sent_and_not_noted(community: Community, bot: WaymarkBot, clock: Clock, *, in_channel: bool = False) -> None:
    """Leaves things as a process does that dies right after Discord has taken the message."""
    await promised(community, bot)
    (telling,) = await bot.store.promises.claim(1, clock())
    assert await bot.store.promises.sending(telling)
    entry = bot.coaches.base.knowledge.entry("night")
    assert entry is not None
    place = bot.get_channel(community.channel.id) if in_channel else await bot.create_dm(discord.Object(telling.member))
    assert isinstance(place, discord.TextChannel | discord.DMChannel)
    await place.send(view=told_view(telling, bot.coaches.base, entry, mention=in_channel))
    clock.now += STALE


async def test_what_was_sent_before_a_crash_is_found_and_not_sent_again(
    community: Community, bot: WaymarkBot, clock: Clock
) -> None:
    await sent_and_not_noted(community, bot, clock)
    await minute(community)
    assert len(told(community.newcomer)) == 1
    clock.forward(days=1)
    assert await bot.store.promises.claim(9, clock()) == ()


async def test_a_mention_that_was_sent_before_a_crash_is_found_too(
    community: Community, bot: WaymarkBot, clock: Clock
) -> None:
    await sent_and_not_noted(community, bot, clock, in_channel=True)
    await minute(community)
    assert (len(mentions(community)), told(community.newcomer)) == (1, [])


async def test_where_one_cannot_look_it_is_not_sent_again(community: Community, bot: WaymarkBot, clock: Clock) -> None:
    await sent_and_not_noted(community, bot, clock, in_channel=True)
    path = f"/channels/{community.channel.id}/messages"
    community.env.inject_error("GET", path, status=403, code=50001, message="Missing Access")
    await minute(community)
    assert (len(mentions(community)), told(community.newcomer)) == (1, [])


async def test_what_was_not_sent_before_a_crash_is_sent_after_it(
    community: Community, bot: WaymarkBot, clock: Clock
) -> None:
    await promised(community, bot)
    (telling,) = await bot.store.promises.claim(1, clock())
    assert await bot.store.promises.sending(telling)
    clock.now += STALE
    await minute(community)
    assert len(told(community.newcomer)) == 1


async def test_that_helped_is_kept_and_thanked_for(community: Community, bot: WaymarkBot) -> None:
    await promised(community, bot)
    await minute(community)
    (message,) = told(community.newcomer)
    await community.newcomer.user.click(message, label="That helped")
    assert "Thank you!" in seen(told(community.newcomer)[0]).buttons
    question = await bot.store.questions.get(1)
    assert question is not None
    assert question.outcome == "helped"


async def test_that_helped_is_only_for_whom_it_was_meant(community: Community, bot: WaymarkBot) -> None:
    close_messages(community, community.newcomer)
    await promised(community, bot)
    await minute(community)
    result = await community.other.click(mentions(community)[0], label="That helped")
    assert "meant for somebody else" in seen(answered(result)).text
    question = await bot.store.questions.get(1)
    assert question is not None
    assert question.outcome is None


async def test_the_message_is_known_by_its_mark(community: Community, bot: WaymarkBot) -> None:
    await promised(community, bot)
    (telling,) = await bot.store.promises.claim(1, bot.store.clock())
    await bot.store.promises.put_off(telling, bot.store.clock())
    await minute(community)
    (message,) = told(community.newcomer)
    assert any(telling.mark in custom_id for custom_id in custom_ids(message))
    sent = next(one for one in reversed(community.env.http_requests) if one.method == "POST")
    assert telling.mark in str(sent)


async def test_after_a_jump_of_the_clock_no_round_is_made_up_for(
    community: Community, bot: WaymarkBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    rounds: list[dt.datetime] = []

    async def claim(_: int, now: dt.datetime) -> tuple[Telling, ...]:
        rounds.append(now)
        return ()

    monkeypatch.setattr(bot.store.promises, "claim", claim)
    community.env.backend.advance_clock(dt.timedelta(days=300).total_seconds())
    await community.env.advance_time(120)
    assert len(rounds) <= 3


async def test_the_rounds_end_with_their_group(community: Community, bot: WaymarkBot) -> None:
    group = bot.get_cog("TellingRounds")
    assert isinstance(group, TellingRounds)
    assert group.go_round.is_running()
    await bot.remove_cog("TellingRounds")
    await community.env.advance_time(1)
    assert not group.go_round.is_running()
