"""What mentors and askers write to each other, reports, and looking up who asked."""

import pytest
from simcord.results import ResponseMessage
from structlog.testing import capture_logs

from bot.front.client import WaymarkBot
from tests.front.conftest import Community
from tests.front.mentors import MISSED, Mentored, close_direct_messages, mentored, put, sent, write
from tests.front.reading import answered, seen


@pytest.fixture
async def stage(community: Community) -> Mentored:
    return await mentored(community)


async def report(stage: Mentored, reason: str = "rude") -> ResponseMessage:
    shown = await stage.mentor.click(stage.card, label="Report")
    return answered(await stage.mentor.submit_modal(shown, {"reason": reason}))


async def test_a_reply_reaches_the_asker_by_direct_message(stage: Mentored) -> None:
    told = await write(stage.mentor, await put(stage), "The red one.\nIt is **cheap**.")
    assert "They have it by direct message." in seen(told).text
    text = seen(stage.told).text
    assert f"-# asked: {MISSED}" in text
    assert "> The red one.\n> It is \\*\\*cheap\\*\\*." in text
    # In direct messages Discord may not know whom a mention names, and shows a number.
    assert "-# from mentor" in text
    assert "<@" not in text
    assert seen(stage.told).buttons == ("Reply", "Close")


async def test_a_reply_answers_the_question(stage: Mentored) -> None:
    await write(stage.mentor, await put(stage), "The red one.")
    assert f"**Answered** by <@{stage.mentor.id}>" in seen(stage.card).text
    assert (await stage.store.mentoring.get(1)).answered_at is not None


async def test_hostile_replies_have_no_effect_and_ping_nobody(stage: Mentored) -> None:
    await write(stage.mentor, await put(stage), "@everyone <@&1> [x](https://x.example)\n# big\n```")
    text = seen(stage.told).text
    assert "@everyone" not in text
    assert "\n# big" not in text
    assert sent(stage.community, stage.newcomer.user.dm_channel)["allowed_mentions"] == {"parse": []}


async def test_what_another_has_taken_is_not_replied_to_and_the_words_are_given_back(stage: Mentored) -> None:
    card = await put(stage)
    shown = await stage.colleague.click(card, label="Reply")
    await stage.mentor.click(card, label="Claim")
    told = answered(await stage.colleague.submit_modal(shown, {"text": "The red one."}))
    assert f"<@{stage.mentor.id}> has taken this question already" in seen(told).text
    assert "> The red one." in seen(told).text
    assert "A mentor replies" not in seen(stage.told).text


async def test_the_asker_writes_back_and_only_their_mentor_is_pinged(stage: Mentored) -> None:
    await write(stage.mentor, await put(stage), "The red one.")
    told = await write(stage.newcomer.user, stage.told, "Why red?")
    assert "The mentors have it." in seen(told).text
    message = stage.mentors.last_message
    assert message is not None
    assert message.reference is not None
    assert message.reference.message_id == stage.card.id
    assert f"from <@{stage.newcomer.id}>" in seen(message).text
    assert "> Why red?" in seen(message).text
    allowed = sent(stage.community, stage.mentors)["allowed_mentions"]
    assert (allowed["parse"], allowed["users"]) == ([], [stage.mentor.id])
    await write(stage.mentor, message, "It is cheap.")
    assert "> It is cheap." in seen(stage.told).text


async def test_anonymous_words_are_brought_over_both_ways_without_a_name(stage: Mentored) -> None:
    await write(stage.mentor, await put(stage, anonymous=True), "The red one.")
    assert "> The red one." in seen(stage.told).text
    await write(stage.newcomer.user, stage.told, "Why red?")
    posted = str(sent(stage.community, stage.mentors))
    assert "Why red?" in posted
    assert str(stage.newcomer.id) not in posted
    assert seen(stage.mentors.last_message).buttons == ("Reply", "Report")


async def test_of_what_is_brought_over_anonymously_only_ids_are_kept(stage: Mentored) -> None:
    await write(stage.mentor, await put(stage, anonymous=True), "The red one.")
    relayed = await stage.store.anonymity.relayed(stage.told.id)
    assert relayed is not None
    assert (relayed.request, relayed.by_asker) == (1, False)
    await write(stage.newcomer.user, stage.told, "Why red?")
    message = stage.mentors.last_message
    assert message is not None
    relayed = await stage.store.anonymity.relayed(message.id)
    assert relayed is not None
    assert relayed.by_asker
    held = await stage.store.privacy.export(stage.newcomer.id)
    assert "The red one." not in str(held)


async def test_with_direct_messages_closed_a_reply_goes_to_a_private_thread(stage: Mentored) -> None:
    card = await put(stage)
    close_direct_messages(stage)
    told = await write(stage.mentor, card, "The red one.")
    assert "in a private thread" in seen(told).text
    (thread,) = stage.community.channel.threads
    assert seen(thread.last_message).text.startswith(f"<@{stage.newcomer.id}>")
    assert "> The red one." in seen(thread.last_message).text
    await write(stage.mentor, stage.card, "Or the blue one.")
    assert len(stage.community.channel.threads) == 1


async def test_without_threads_a_reply_mentions_the_asker_where_they_asked(stage: Mentored) -> None:
    card = await put(stage)
    close_direct_messages(stage)
    stage.community.env.inject_error("POST", "/channels/*/threads", status=403, code=50013)
    told = await write(stage.mentor, card, "The red one.")
    assert "in the channel where they asked" in seen(told).text
    assert "> The red one." in seen(stage.community.channel.last_message).text


async def test_an_anonymous_asker_without_any_way_is_not_given_away(stage: Mentored) -> None:
    card = await put(stage, anonymous=True)
    close_direct_messages(stage)
    stage.community.env.inject_error("POST", "/channels/*/threads", status=403, code=50013)
    before = len(stage.community.channel.history())
    told = seen(await write(stage.mentor, card, "The red one."))
    assert "found no other way" in told.text
    assert "> The red one." in told.text
    assert len(stage.community.channel.history()) == before
    assert (await stage.store.mentoring.get(1)).answered_at is None


async def test_after_it_was_closed_nothing_is_brought_over(stage: Mentored) -> None:
    card = await put(stage)
    mentors_form = await stage.mentor.click(card, label="Reply")
    await stage.mentor.click(card, label="Claim")
    told = stage.told
    await stage.newcomer.user.click(told, label="Close")
    refused = answered(await stage.mentor.submit_modal(mentors_form, {"text": "The red one."}))
    assert "This question is closed" in seen(refused).text
    assert "Your question is closed" in seen(await write(stage.newcomer.user, told, "Hello?", "Add something")).text
    assert len(stage.mentors.history()) == 1


async def test_what_cannot_be_brought_to_the_mentors_is_given_back(stage: Mentored) -> None:
    await stage.mentor.click(await put(stage), label="Claim")
    settings = await stage.store.settings.get(stage.community.guild.id)
    await stage.store.settings.put(stage.community.guild.id, type(settings)(mentor_role=settings.mentor_role))
    told = seen(await write(stage.newcomer.user, stage.told, "Why red?", "Add something")).text
    assert "named no channel for its mentors" in told
    assert "> Why red?" in told


async def test_one_who_was_forgotten_writes_nothing_more(stage: Mentored) -> None:
    await stage.mentor.click(await put(stage), label="Claim")
    told = stage.told
    await stage.store.mentoring.forget(stage.newcomer.id)
    result = await stage.newcomer.user.click(told, label="Add something")
    assert "not kept any more" in seen(answered(result)).text


async def test_nothing_to_read_is_not_sent(stage: Mentored) -> None:
    told = await write(stage.mentor, await put(stage), "\N{ZERO WIDTH SPACE}")
    assert "nothing to read" in seen(told).text
    assert "**Open:**" in seen(stage.card).text


async def test_the_forms_work_after_a_restart(stage: Mentored, next_bot: WaymarkBot) -> None:
    shown = await stage.mentor.click(await put(stage), label="Reply")
    await stage.community.env.restart_bot(next_bot)
    await stage.mentor.submit_modal(shown, {"text": "The red one."})
    assert "> The red one." in seen(stage.told).text


async def test_a_report_is_posted_below_the_card(stage: Mentored) -> None:
    await put(stage, anonymous=True)
    told = await report(stage)
    assert "Reported." in seen(told).text
    message = stage.mentors.last_message
    assert "Question 1 was reported" in seen(message).text
    assert "> rude" in seen(message).text
    assert seen(message).buttons == ("Unmask",)


async def test_reporting_twice_posts_once(stage: Mentored) -> None:
    await put(stage, anonymous=True)
    await report(stage)
    assert "already" in seen(await report(stage)).text
    assert len(stage.mentors.history()) == 2


async def test_a_moderator_learns_who_asked_and_it_is_logged_and_told(stage: Mentored) -> None:
    await put(stage, anonymous=True)
    await report(stage)
    moderator, message = stage.community.moderator, stage.mentors.last_message
    assert message is not None
    shown = await moderator.click(message, label="Unmask")
    with capture_logs() as logged:
        told = answered(await moderator.submit_modal(shown, {"reason": "has to be warned"}))
    assert told.ephemeral
    assert f"<@{stage.newcomer.id}> asked this." in seen(told).text
    (look,) = await stage.store.anonymity.unmaskings(stage.community.guild.id)
    assert (look.request, look.moderator, look.reason) == (1, moderator.id, "has to be warned")
    assert any("looked up" in one["event"] for one in logged)
    assert "A moderator knows who asked" in seen(stage.told).text


async def test_a_mentor_cannot_look_up_who_asked(stage: Mentored) -> None:
    await put(stage, anonymous=True)
    await report(stage)
    message = stage.mentors.last_message
    assert message is not None
    result = await stage.mentor.click(message, label="Unmask")
    assert "This is for moderators" in seen(answered(result)).text
    assert await stage.store.anonymity.unmaskings(stage.community.guild.id) == ()


async def test_looking_up_needs_a_reason(stage: Mentored) -> None:
    await put(stage, anonymous=True)
    await report(stage)
    message = stage.mentors.last_message
    assert message is not None
    shown = await stage.community.moderator.click(message, label="Unmask")
    told = answered(await stage.community.moderator.submit_modal(shown, {"reason": " "}))
    assert "Say why" in seen(told).text
    assert str(stage.newcomer.id) not in seen(told).text
