"""The card in the mentors' channel: claiming, releasing, closing."""

import discord
import pytest

from bot.front.client import WaymarkBot
from bot.front.layout import OFFER, layout
from bot.front.mentor_card import ClaimButton
from tests.front.conftest import Community
from tests.front.mentors import (
    MISSED,
    Mentored,
    button_id,
    click_at_once,
    client,
    close_direct_messages,
    mentored,
    put,
    sent,
    write,
)
from tests.front.reading import answered, seen


@pytest.fixture
async def stage(community: Community) -> Mentored:
    return await mentored(community)


async def test_a_mentor_claims_a_question_and_the_asker_is_told_who(stage: Mentored) -> None:
    result = await stage.mentor.click(await put(stage), label="Claim")
    assert "It is yours. I told the asker so by direct message." in seen(answered(result)).text
    assert answered(result).ephemeral
    assert f"**Taken** by <@{stage.mentor.id}>" in seen(stage.card).text
    assert seen(stage.card).buttons == ("Release", "Reply")
    told = seen(stage.told)
    assert "**mentor** will reply to you." in told.text
    assert MISSED in told.text


async def test_before_a_mentor_replies_the_asker_can_add_something(stage: Mentored) -> None:
    await stage.mentor.click(await put(stage), label="Claim")
    assert seen(stage.told).buttons == ("Add something", "Close")


async def test_of_two_mentors_at_once_one_gets_it_and_the_other_is_told_who(stage: Mentored) -> None:
    card = await put(stage)
    claim = button_id(card, "wm:mentor-claim:")
    results = await click_at_once(card, (stage.mentor, claim), (stage.colleague, claim))
    texts = [seen(answered(result)).text for result in results]
    (winner,) = [who for who, text in zip((stage.mentor, stage.colleague), texts, strict=True) if "It is yours" in text]
    (other,) = [text for text in texts if "It is yours" not in text]
    assert f"<@{winner.id}> has taken this question already" in other
    assert f"**Taken** by <@{winner.id}>" in seen(stage.card).text
    assert len(told_claims(stage)) == 1


async def stale_card(stage: Mentored) -> discord.Message:
    """The card as a mentor still sees it whose Discord lags behind."""
    place = client(stage.community).get_partial_messageable(stage.mentors.id)
    return await place.send(view=layout(OFFER, "Question 1", ClaimButton(1)))


def told_claims(stage: Mentored) -> list[discord.Message]:
    history = stage.newcomer.user.dm_channel.history()
    return [message for message in history if "A mentor has your question" in seen(message).text]


async def test_whoever_claims_it_twice_has_it_and_the_asker_is_told_once(stage: Mentored) -> None:
    card = await put(stage)
    stale = await stale_card(stage)
    await stage.mentor.click(card, label="Claim")
    result = await stage.mentor.click(stale, label="Claim")
    assert "It is yours already." in seen(answered(result)).text
    assert len(told_claims(stage)) == 1


async def test_who_claims_it_later_is_told_who_has_it(stage: Mentored) -> None:
    card = await put(stage)
    stale = await stale_card(stage)
    await stage.mentor.click(card, label="Claim")
    result = await stage.colleague.click(stale, label="Claim")
    assert f"<@{stage.mentor.id}> has taken this question already" in seen(answered(result)).text


async def test_with_direct_messages_closed_the_asker_is_told_where_they_asked(stage: Mentored) -> None:
    card = await put(stage)
    close_direct_messages(stage)
    result = await stage.mentor.click(card, label="Claim")
    assert "in the channel where they asked" in seen(answered(result)).text
    message = stage.community.channel.last_message
    assert seen(message).text.startswith(f"<@{stage.newcomer.id}>\n### A mentor has your question")
    allowed = sent(stage.community, stage.community.channel)["allowed_mentions"]
    assert (allowed["parse"], allowed["users"]) == ([], [stage.newcomer.id])


async def test_an_anonymous_asker_is_never_mentioned_where_others_read(stage: Mentored) -> None:
    card = await put(stage, anonymous=True)
    close_direct_messages(stage)
    result = await stage.mentor.click(card, label="Claim")
    assert "private thread" in seen(answered(result)).text
    (thread,) = stage.community.channel.threads
    assert f"<@{stage.newcomer.id}>" in seen(thread.last_message).text
    assert not any(str(stage.newcomer.id) in str(seen(one)) for one in stage.community.channel.history()[1:])


async def test_who_asked_cannot_claim_their_own_question(stage: Mentored) -> None:
    server, channel = stage.community.guild.id, stage.community.channel.id
    await stage.store.mentoring.ask(server=server, channel=channel, asker=stage.mentor.id, text=MISSED, anonymous=True)
    result = await stage.mentor.click(await stale_card(stage), label="Claim")
    assert "your own question" in seen(answered(result)).text


async def test_the_card_of_another_server_changes_nothing(stage: Mentored) -> None:
    await stage.store.mentoring.ask(server=1, channel=1, asker=1, text=MISSED)
    result = await stage.mentor.click(await stale_card(stage), label="Claim")
    assert "another server" in seen(answered(result)).text
    assert (await stage.store.mentoring.get(1)).state == "open"


async def test_a_mentor_releases_what_they_claimed(stage: Mentored) -> None:
    card = await put(stage)
    await stage.mentor.click(card, label="Claim")
    result = await stage.mentor.click(stage.card, label="Release")
    assert "It is open again for others." in seen(answered(result)).text
    assert seen(stage.card).buttons == ("Claim", "Reply")
    assert "Your question is open again" in seen(stage.told).text
    await stage.colleague.click(stage.card, label="Claim")
    assert f"**Taken** by <@{stage.colleague.id}>" in seen(stage.card).text


async def test_another_mentor_cannot_release_it(stage: Mentored) -> None:
    await stage.mentor.click(await put(stage), label="Claim")
    result = await stage.colleague.click(stage.card, label="Release")
    assert "This is for moderators" in seen(answered(result)).text
    assert f"**Taken** by <@{stage.mentor.id}>" in seen(stage.card).text


async def test_a_moderator_releases_it_when_the_mentor_stays_away(stage: Mentored) -> None:
    await stage.mentor.click(await put(stage), label="Claim")
    await stage.community.moderator.click(stage.card, label="Release")
    assert "**Open:**" in seen(stage.card).text


async def test_the_asker_closes_the_question(stage: Mentored) -> None:
    await stage.mentor.click(await put(stage), label="Claim")
    result = await stage.newcomer.user.click(stage.told, label="Close")
    assert "Closed." in seen(answered(result)).text
    assert "**Closed:** no answer is needed any more" in seen(stage.card).text
    assert seen(stage.card).buttons == ()


async def test_an_answered_question_that_is_closed_stays_answered(stage: Mentored) -> None:
    card = await put(stage)
    await write(stage.mentor, card, "The red one.")
    await stage.newcomer.user.click(stage.told, label="Close")
    assert "**Answered** by" in seen(stage.card).text
    assert "the asker needs no more" in seen(stage.card).text
    assert seen(stage.card).buttons == ()


async def test_closing_is_for_the_asker_alone(stage: Mentored) -> None:
    card = await put(stage)
    close_direct_messages(stage)
    await stage.mentor.click(card, label="Claim")
    message = stage.community.channel.last_message
    assert message is not None
    for label in ("Close", "Add something"):
        result = await stage.community.other.click(message, label=label)
        assert "somebody else's question" in seen(answered(result)).text
    assert f"**Taken** by <@{stage.mentor.id}>" in seen(stage.card).text


@pytest.mark.parametrize("label", ["Claim", "Reply", "Report"])
async def test_members_may_press_nothing_on_the_card(stage: Mentored, label: str) -> None:
    card = await put(stage, anonymous=True)
    result = await stage.community.other.click(card, label=label)
    assert "This is for mentors" in seen(answered(result)).text
    assert "**Open:**" in seen(stage.card).text


async def test_moderators_and_admins_may_claim(stage: Mentored) -> None:
    await put(stage)
    for actor in (stage.community.moderator, stage.admin):
        await actor.click(stage.card, label="Claim")
        assert f"**Taken** by <@{actor.id}>" in seen(stage.card).text
        await actor.click(stage.card, label="Release")


async def test_all_buttons_work_after_a_restart(stage: Mentored, next_bot: WaymarkBot) -> None:
    card = await put(stage)
    await stage.community.env.restart_bot(next_bot)
    await stage.mentor.click(card, label="Claim")
    await stage.mentor.click(stage.card, label="Release")
    await stage.newcomer.user.click(stage.told, label="Close")
    assert "**Closed:**" in seen(stage.card).text


async def test_an_asker_who_left_is_told_of_kindly(stage: Mentored) -> None:
    card = await put(stage)
    close_direct_messages(stage)
    stage.community.guild.remove_member(stage.newcomer)
    result = await stage.mentor.click(card, label="Claim")
    assert "It is yours. They have left the server" in seen(answered(result)).text


async def test_an_asker_who_was_forgotten_is_told_of_kindly(stage: Mentored) -> None:
    card = await put(stage)
    await stage.store.mentoring.forget(stage.newcomer.id)
    result = await stage.mentor.click(card, label="Claim")
    assert "This question is closed" in seen(answered(result)).text
    assert MISSED not in seen(stage.card).text
    assert str(stage.newcomer.id) not in seen(stage.card).text


async def test_a_card_that_was_deleted_does_no_harm(stage: Mentored) -> None:
    card = await put(stage)
    await stage.mentor.click(card, label="Claim")
    told = stage.told
    await stage.admin.delete(stage.card)
    result = await stage.newcomer.user.click(told, label="Close")
    assert "Closed." in seen(answered(result)).text
