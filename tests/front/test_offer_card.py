"""The offer under a question: whom its answer opens for, what is recorded, and who may share it."""

import asyncio

import pytest

from bot.front.client import WaymarkBot
from bot.front.offer_card import OfferButton, ShareOfferButton
from bot.front.offers import LASTING
from bot.settings import Settings
from tests.front.conftest import Community
from tests.front.overhearing import (
    CommunityClock,
    asked,
    clicks_of,
    listening,
    offered,
    offers,
    opened_by,
    replies,
)
from tests.front.reading import answered, seen


@pytest.fixture
def clock() -> CommunityClock:
    return CommunityClock()


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"waymark_listening": "on"})


@pytest.fixture
async def heard(community: Community, bot: WaymarkBot, clock: CommunityClock) -> Community:
    return await listening(community, bot, clock)


async def test_the_answer_opens_for_the_asker_alone(heard: Community) -> None:
    _, offer = await offered(heard)
    shown = await opened_by(heard.newcomer, offer)
    assert shown.ephemeral
    assert "$30,000" in seen(shown).text
    assert {"That helped", "Not this one", "Share"} <= set(seen(shown).buttons)


async def test_others_get_it_privately_and_may_not_share_it(heard: Community) -> None:
    _, offer = await offered(heard)
    shown = await opened_by(heard.other, offer)
    assert shown.ephemeral
    assert "$30,000" in seen(shown).text
    assert "Share" not in seen(shown).buttons
    assert "That helped" not in seen(shown).buttons


async def test_a_question_is_recorded_when_its_asker_opens_the_answer_and_once(
    heard: Community, bot: WaymarkBot
) -> None:
    _, offer = await offered(heard)
    await opened_by(heard.other, offer)
    await opened_by(heard.moderator, offer)
    assert await asked(bot, heard) == 0
    for _ in range(3):
        assert "That helped" in seen(await opened_by(heard.newcomer, offer)).buttons
    assert await asked(bot, heard) == 1


async def test_a_double_click_records_it_once(heard: Community, bot: WaymarkBot) -> None:
    question, offer = await offered(heard)
    clicks = clicks_of(bot)
    await opened_by(heard.other, offer)
    await opened_by(heard.other, offer)
    for click in clicks:
        click.user = question.author
    await asyncio.gather(*(OfferButton(question.author.id, question.id).used(click) for click in clicks))
    assert await asked(bot, heard) == 1


async def test_that_it_helped_counts_for_the_asker(heard: Community, bot: WaymarkBot) -> None:
    _, offer = await offered(heard)
    await heard.newcomer.click(await opened_by(heard.newcomer, offer), label="That helped")
    assert (await bot.store.insights.of(heard.guild.id, "week", {})).counts.helped == 1


async def test_the_asker_shares_it_and_the_offer_goes(heard: Community) -> None:
    question, offer = await offered(heard)
    shown = await opened_by(heard.newcomer, offer)
    await heard.newcomer.click(shown, label="Share")
    (posted,) = replies(heard, question)
    assert "$30,000" in seen(posted).text
    assert "shared by" not in seen(posted).text
    assert posted.mentions == []
    assert offers(heard) == []
    assert seen(shown).text.startswith("Shared: https://discord.com/channels/")


async def test_a_moderator_shares_it_under_their_name(heard: Community) -> None:
    question, offer = await offered(heard)
    await heard.moderator.click(await opened_by(heard.moderator, offer), label="Share")
    (posted,) = replies(heard, question)
    assert f"-# shared by <@{heard.moderator.id}>" in seen(posted).text


async def test_a_mentor_shares_it_and_who_is_none_any_more_may_not(heard: Community, bot: WaymarkBot) -> None:
    role = heard.guild.create_role("Mentor")
    mentor = heard.guild.add_member(heard.env.create_user("mentor"), roles=[role])
    await bot.store.settings.change(heard.guild.id, mentor_role=role.id)
    question, offer = await offered(heard)
    shown = await opened_by(mentor, offer)
    await bot.store.settings.change(heard.guild.id, mentor_role=None)
    refused = await mentor.click(shown, label="Share")
    assert "This is for mentors" in seen(answered(refused)).text
    assert replies(heard, question) == []
    await bot.store.settings.change(heard.guild.id, mentor_role=role.id)
    await mentor.click(shown, label="Share")
    assert len(replies(heard, question)) == 1


async def test_two_who_share_it_at_once_share_it_once(heard: Community, bot: WaymarkBot) -> None:
    question, offer = await offered(heard)
    clicks = clicks_of(bot)
    await opened_by(heard.newcomer, offer)
    await opened_by(heard.moderator, offer)
    button = ShareOfferButton(heard.newcomer.id, question.id, 0)
    await asyncio.gather(*(button.used(click) for click in clicks))
    assert len(replies(heard, question)) == 1


async def test_after_the_offer_is_gone_it_is_still_shared_once(heard: Community) -> None:
    question, offer = await offered(heard)
    mine, theirs = await opened_by(heard.newcomer, offer), await opened_by(heard.moderator, offer)
    await heard.env.advance_time(LASTING.total_seconds() + 1)
    await heard.newcomer.click(mine, label="Share")
    await heard.moderator.click(theirs, label="Share")
    assert len(replies(heard, question)) == 1
