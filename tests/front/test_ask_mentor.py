"""`Ask a mentor`: the form, the card in the mentors' channel, and what the asker is told."""

import datetime as dt

import discord
import pytest
from simcord.results import InteractionResult

from bot.front.ask_mentor import AskMentorButton, current_step, span_text, waiting_text
from bot.front.client import WaymarkBot
from bot.front.layout import MISS, layout
from bot.store.waiting import Span, Waiting
from tests.front.conftest import Community
from tests.front.filling import filled_in
from tests.front.mentors import MISSED, Mentored, client, mentored, sent
from tests.front.reading import answered, seen


@pytest.fixture
async def stage(community: Community) -> Mentored:
    return await mentored(community)


async def missed(community: Community, text: str = MISSED) -> discord.Message:
    """A message with the button under a question of the newcomer's that was not answered."""
    bot, channel = client(community), community.channel
    number = await bot.store.questions.record(
        server=community.guild.id, channel=channel.id, member=community.newcomer.id, text=text, kind="none",
        entry_id=None,
    )  # fmt: skip
    place = bot.get_partial_messageable(channel.id)
    return await place.send(view=layout(MISS, "I do not know that one", AskMentorButton(number)))


async def open_form(stage: Mentored, text: str = MISSED) -> InteractionResult:
    return await stage.newcomer.click(await missed(stage.community, text), label="Ask a mentor")


async def send(stage: Mentored, shown: InteractionResult, **values: object) -> str:
    result = await stage.newcomer.submit_modal(shown, {**filled_in(shown), **values})
    assert answered(result).ephemeral
    return seen(answered(result)).text


async def test_the_form_begins_with_the_question(stage: Mentored) -> None:
    assert filled_in(await open_form(stage)) == {"question": MISSED}


async def test_what_somebody_else_asked_is_not_shown(stage: Mentored) -> None:
    shown = await stage.community.other.click(await missed(stage.community), label="Ask a mentor")
    assert filled_in(shown) == {"question": ""}


async def test_the_card_stands_in_the_mentors_channel(stage: Mentored) -> None:
    await send(stage, await open_form(stage))
    shown = seen(stage.card)
    assert "### Question 1 for the mentors" in shown.text
    assert f"> {MISSED}" in shown.text
    assert f"**Asked by:** <@{stage.newcomer.id}> in <#{stage.community.channel.id}>" in shown.text
    assert "**Open:** nobody has taken it yet." in shown.text
    assert shown.buttons == ("Claim", "Reply")


async def test_the_card_pings_nobody(stage: Mentored) -> None:
    await send(stage, await open_form(stage))
    assert sent(stage.community, stage.mentors)["allowed_mentions"] == {"parse": []}


async def test_the_card_tells_what_comes_nearest_and_how_sure_the_coach_is(stage: Mentored) -> None:
    await send(stage, await open_form(stage), question="baker salary in which guitar?")
    told = seen(stage.card).text
    assert "**What comes nearest:**\n- What does a baker earn? (" in told
    assert "% sure)" in told
    assert "(0" not in told


async def test_hostile_words_have_no_effect_on_the_card(stage: Mentored) -> None:
    await send(stage, await open_form(stage), question="@everyone <@&1> [x](https://x.example) **bold**\n# big\n```")
    text = seen(stage.card).text
    assert "@everyone" not in text
    assert "\\<@" in text
    assert "\\*\\*bold" in text
    assert "\n# big" not in text


async def test_the_asker_is_told_that_nothing_is_known_of_the_time(stage: Mentored) -> None:
    assert "Not enough questions were answered yet" in await send(stage, await open_form(stage))


async def test_the_asker_is_told_how_long_it_usually_takes(stage: Mentored) -> None:
    mentoring = stage.store.mentoring
    for _ in range(3):
        request = await mentoring.ask(
            server=stage.community.guild.id, channel=1, asker=stage.community.other.id, text="?"
        )
        await mentoring.answered(request.number, stage.mentor.id)
    assert "Usually a mentor answers within 1 minute; half of the last 3" in await send(stage, await open_form(stage))


async def test_asking_twice_puts_one_card(stage: Mentored) -> None:
    message = await missed(stage.community)
    await send(stage, await stage.newcomer.click(message, label="Ask a mentor"))
    assert "from you already" in await send(stage, await stage.newcomer.click(message, label="Ask a mentor"))
    assert len(stage.mentors.history()) == 1


async def test_without_a_mentors_channel_one_is_told_what_else_helps(community: Community) -> None:
    stage = await mentored(community, with_channel=False)
    shown = answered(await open_form(stage))
    assert shown.ephemeral
    assert "has named no channel for its mentors" in seen(shown).text
    assert "`/browse`" in seen(shown).text


async def test_a_mentors_channel_out_of_reach_is_told_and_nothing_is_kept(stage: Mentored) -> None:
    settings = await stage.store.settings.get(stage.community.guild.id)
    hidden = stage.community.guild.create_text_channel(
        "hidden", overwrites={stage.community.guild.default_role: discord.PermissionOverwrite(send_messages=False)}
    )
    shown = await open_form(stage)
    await stage.store.settings.put(stage.community.guild.id, type(settings)(mentors_channel=hidden.id))
    assert "I cannot write in the mentors' channel" in await send(stage, shown)
    assert await stage.store.mentoring.of(stage.newcomer.id) == ()


async def test_a_card_that_could_not_be_posted_is_posted_at_the_next_try(stage: Mentored) -> None:
    message = await missed(stage.community)
    shown = await stage.newcomer.click(message, label="Ask a mentor")
    stage.community.env.inject_error("POST", "/channels/*/messages", status=403, code=50013, message="Missing")
    assert "It is kept" in await send(stage, shown)
    await send(stage, await stage.newcomer.click(message, label="Ask a mentor"))
    assert len(stage.mentors.history()) == 1


async def test_an_anonymous_card_tells_neither_who_nor_where(stage: Mentored) -> None:
    text = await send(stage, await open_form(stage), anonymous=True)
    assert "They do not see your name." in text
    card = str(sent(stage.community, stage.mentors))
    assert str(stage.newcomer.id) not in card
    assert str(stage.community.channel.id) not in card
    assert seen(stage.card).buttons == ("Claim", "Reply", "Report")


async def test_with_direct_messages_closed_one_cannot_ask_anonymously(stage: Mentored) -> None:
    shown = await open_form(stage)
    stage.community.env.inject_error("POST", "/channels/*/messages", status=403, code=50007)
    text = await send(stage, shown, anonymous=True)
    assert "Your direct messages are closed" in text
    assert f"> {MISSED}" in text
    assert stage.mentors.history() == []


async def test_without_a_path_there_is_no_step_to_show(stage: Mentored) -> None:
    shown = await open_form(stage)
    assert "Show my current step" not in str(shown.modal)
    assert await current_step(client(stage.community), stage.newcomer.id) is None


async def test_an_empty_question_is_not_sent(stage: Mentored) -> None:
    assert "nothing to read" in await send(stage, await open_form(stage), question="\N{ZERO WIDTH SPACE} ")
    assert stage.mentors.history() == []


async def test_only_three_may_wait_at_once(stage: Mentored) -> None:
    for number in range(3):
        await send(stage, await open_form(stage, f"{MISSED} {number}"))
    await stage.community.env.advance_time(30)
    assert "3 questions of yours already" in await send(stage, await open_form(stage))


async def test_the_form_works_after_a_restart(stage: Mentored, next_bot: WaymarkBot) -> None:
    shown = await open_form(stage)
    await stage.community.env.restart_bot(next_bot)
    await send(stage, shown)
    assert f"> {MISSED}" in seen(stage.card).text


async def test_in_a_direct_message_there_are_no_mentors(stage: Mentored) -> None:
    channel = await client(stage.community).create_dm(discord.Object(stage.newcomer.id))
    message = await channel.send(view=layout(MISS, "?", AskMentorButton(1)))
    result = await stage.newcomer.user.click(message, label="Ask a mentor")
    assert "in a server only" in seen(answered(result)).text


@pytest.mark.parametrize(
    ("span", "text"),
    [
        (dt.timedelta(seconds=5), "1 minute"), (dt.timedelta(minutes=59), "59 minutes"),
        (dt.timedelta(minutes=60), "1 hour"), (dt.timedelta(minutes=61), "2 hours"),
        (dt.timedelta(hours=47), "47 hours"), (dt.timedelta(hours=48), "2 days"), (dt.timedelta(days=9), "9 days"),
    ],
)  # fmt: skip
def test_spans_are_told_rounded_up(span: dt.timedelta, text: str) -> None:
    assert span_text(span) == text


def test_when_most_wait_still_no_time_is_promised() -> None:
    hour = dt.timedelta(hours=1)
    waiting = Waiting.of([Span(hour, answered=True)] * 3 + [Span(hour * 5, answered=False)] * 10)
    assert "of the last 13, 10 wait still" in waiting_text(waiting)
