"""What a published entry answers of all that was asked in vain: told to its moderator, who says if so."""

import pytest
from simcord.results import ResponseMessage

from bot.front.client import WaymarkBot
from bot.store.database import StoreUnavailableError
from tests.front.conftest import Community
from tests.front.exchanging import PARKING, send
from tests.front.filling import add, edit
from tests.front.reading import seen
from tests.front.stock import RULES, demote, remove
from tests.front.stock import add as stored
from tests.front.waiting import BIKE, BIKES, RACK, ask, minute, wait

ANSWER = "Behind the oven."


async def publish(community: Community, *, question: str = BIKE, phrasings: str = "bike rack") -> list[ResponseMessage]:
    """Publishes an entry; gives what its moderator is told besides that it is live."""
    preview = await add(community, question, ANSWER, phrasings)
    result = await community.moderator.click(preview, label="Publish")
    assert "### It is live" in seen(preview).text
    return list(result.followups)


async def answers(bot: WaymarkBot, community: Community) -> int:
    """How many questions wait in the inbox."""
    return len(await bot.store.inbox.questions(community.guild.id))


async def test_who_published_is_told_how_many_asked_that(community: Community) -> None:
    await wait(community, community.newcomer, BIKES)
    await ask(community, community.other, RACK)
    (message,) = await publish(community)
    assert message.ephemeral
    assert "### 2 people asked something that this answers" in seen(message).text
    assert f"- “{BIKES}”" in seen(message).text
    assert "sends the answer to 1 person who asked to be told" in seen(message).text
    assert seen(message).buttons == ("Tell them", "Not the same")


async def test_nobody_is_told_before_the_moderator_says_so(community: Community) -> None:
    await wait(community, community.newcomer, BIKES)
    await publish(community)
    await minute(community)
    assert community.newcomer.user.dm_channel.history() == []


async def test_tell_them_tells_them(community: Community, bot: WaymarkBot) -> None:
    await wait(community, community.newcomer, BIKES)
    (message,) = await publish(community)
    await community.moderator.click(message, label="Tell them")
    assert f"1 question is answered by **{BIKE}** now. 1 person will be told within a minute." in seen(message).text
    assert ANSWER in seen(community.newcomer.user.dm_channel.last_message).text
    assert await answers(bot, community) == 0


async def test_not_the_same_leaves_them_in_the_inbox(community: Community, bot: WaymarkBot) -> None:
    await wait(community, community.newcomer, BIKES)
    (message,) = await publish(community)
    await community.moderator.click(message, label="Not the same")
    assert "stay in `/faq inbox`" in seen(message).text
    await minute(community)
    assert community.newcomer.user.dm_channel.history() == []
    assert await answers(bot, community) == 1


async def test_what_has_the_entrys_own_words_is_answered_at_once(community: Community, bot: WaymarkBot) -> None:
    await wait(community, community.newcomer, f"{BIKE.lower()}??")
    (message,) = await publish(community)
    assert "1 question in the inbox had just these words" in seen(message).text
    assert "1 person will be told within a minute" in seen(message).text
    assert seen(message).buttons == ()
    await minute(community)
    assert ANSWER in seen(community.newcomer.user.dm_channel.last_message).text
    assert await answers(bot, community) == 0


async def test_same_words_asked_since_are_answered_with_them(community: Community, bot: WaymarkBot) -> None:
    await wait(community, community.newcomer, BIKES)
    (message,) = await publish(community)
    number = await bot.store.questions.record(
        server=community.guild.id, channel=1, member=community.other.id, text=BIKES.upper(), kind="none", entry_id=None
    )
    await bot.store.promises.promise(number, community.other.id, community.channel.id)
    await community.moderator.click(message, label="Tell them")
    assert "2 people will be told" in seen(message).text


async def test_when_nothing_waits_nothing_is_said(community: Community) -> None:
    await ask(community, community.newcomer, "which guitar is best?")
    assert await publish(community) == []


async def test_when_nobody_wants_to_be_told_that_is_said(community: Community, bot: WaymarkBot) -> None:
    await ask(community, community.newcomer, BIKES)
    (message,) = await publish(community)
    assert "Nobody of them asked to be told" in seen(message).text
    await community.moderator.click(message, label="Tell them")
    assert "Nobody waits to be told" in seen(message).text
    assert await answers(bot, community) == 0


async def test_of_many_wordings_the_first_are_shown_and_the_rest_is_counted(community: Community) -> None:
    for number in range(12):
        await ask(community, community.newcomer, f"where can I park {'my ' * number}bike")
        await community.env.advance_time(30)
    (message,) = await publish(community)
    assert seen(message).text.count("- “") == 8
    assert "4 more wordings that it answers wait in `/faq inbox`" in seen(message).text


async def test_an_edit_that_answers_is_told_as_well(community: Community, bot: WaymarkBot) -> None:
    await stored(community, bot, RULES, "rules")
    await wait(community, community.newcomer, BIKES)
    preview = await edit(community, "rules", phrasings=f"house rules\n{BIKE}")
    result = await community.moderator.click(preview, label="Publish")
    assert "asked something that this answers" in seen(result.followups[0]).text


async def test_an_entry_that_is_restored_is_told_as_well(community: Community, bot: WaymarkBot) -> None:
    await publish(community)
    await remove(community, bot, "where-may-i-park-my-bike")
    await wait(community, community.newcomer, BIKES)
    result = await community.moderator.slash(community.channel, "faq restore", entry="where-may-i-park-my-bike")
    assert "asked something that this answers" in seen(result.followups[0]).text


async def test_what_an_import_answers_is_told_as_well(community: Community) -> None:
    await wait(community, community.newcomer, BIKES)
    await ask(community, community.other, BIKE)
    offered = await send(community, PARKING)
    result = await community.moderator.click(offered, label="Import")
    (message,) = result.followups
    assert "1 question in the inbox had just these words" in seen(message).text
    assert "### 1 person asked something that this answers" in seen(message).text


async def test_when_another_moderator_was_faster_nobody_is_told_twice(community: Community, bot: WaymarkBot) -> None:
    await wait(community, community.newcomer, BIKES)
    (message,) = await publish(community)
    assert await bot.store.inbox.answer(community.guild.id, "night", [1]) == 1
    await community.moderator.click(message, label="Tell them")
    assert "another moderator has seen to them" in seen(message).text
    await minute(community)
    await minute(community)
    assert len(community.newcomer.user.dm_channel.history()) == 1


async def test_it_is_confirmed_after_a_restart(community: Community, next_bot: WaymarkBot) -> None:
    await wait(community, community.newcomer, BIKES)
    (message,) = await publish(community)
    await community.env.restart_bot(next_bot)
    await community.moderator.click(message, label="Tell them")
    await minute(community)
    assert ANSWER in seen(community.newcomer.user.dm_channel.last_message).text


@pytest.mark.parametrize("label", ["Tell them", "Not the same"])
async def test_who_is_no_moderator_any_more_tells_nobody(community: Community, bot: WaymarkBot, label: str) -> None:
    await wait(community, community.newcomer, BIKES)
    (message,) = await publish(community)
    await demote(community)
    result = await community.moderator.click(message, label=label)
    assert "This is for moderators" in seen(result.response).text
    assert await answers(bot, community) == 1


async def test_an_entry_is_live_even_when_what_it_answers_cannot_be_found(
    community: Community, bot: WaymarkBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    await wait(community, community.newcomer, BIKES)

    async def away(*_: object) -> None:
        raise StoreUnavailableError("away")

    monkeypatch.setattr(bot.store.inbox, "questions", away)
    assert await publish(community) == []
