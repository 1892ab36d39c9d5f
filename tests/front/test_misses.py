"""What a miss ends in: the promise to tell, a mentor, and a choice after "Not this one"."""

import pytest

from bot.front.client import WaymarkBot
from bot.store.database import StoreUnavailableError
from tests.front.conftest import Community
from tests.front.reading import answered, seen
from tests.front.waiting import BIKE, TELL_ME, ask, last_number, wait


async def test_a_miss_ends_in_themes_a_promise_and_a_mentor(community: Community) -> None:
    shown = seen(await ask(community, community.newcomer))
    assert shown.buttons == ("Pay", "The work", TELL_ME, "Ask a mentor")


async def test_a_mention_that_is_missed_ends_so_too(community: Community) -> None:
    me = community.env.bot.user
    assert me is not None
    await community.newcomer.send(community.channel, f"{me.mention} {BIKE}")
    message = community.channel.last_message
    assert seen(message).buttons[-2:] == (TELL_ME, "Ask a mentor")
    assert message is not None
    result = await community.newcomer.click(message, label=TELL_ME)
    assert "### I will tell you" in seen(result.response).text


async def test_the_promise_says_what_will_happen_and_to_its_member_alone(community: Community) -> None:
    told = await wait(community, community.newcomer)
    assert told.ephemeral
    assert f"“{BIKE}”" in seen(told).text
    assert f"direct message, once. If I may not write to you, I mention you in <#{community.channel.id}>" in (
        seen(told).text
    )
    assert seen(told).buttons == ("Never mind",)


async def test_pressing_it_twice_is_one_promise(community: Community, bot: WaymarkBot) -> None:
    miss = await ask(community, community.newcomer)
    await community.newcomer.click(miss, label=TELL_ME)
    again = await community.newcomer.click(miss, label=TELL_ME)
    assert "### It stays promised" in seen(again.response).text
    (question,) = await bot.store.inbox.questions(community.guild.id)
    assert question.waiting == 1


async def test_others_may_wait_for_the_same_question(community: Community, bot: WaymarkBot) -> None:
    miss = await ask(community, community.newcomer)
    for who in (community.newcomer, community.other):
        await who.click(miss, label=TELL_ME)
    (question,) = await bot.store.inbox.questions(community.guild.id)
    assert question.waiting == 2


async def test_it_can_be_taken_back_and_promised_again(community: Community, bot: WaymarkBot) -> None:
    told = await wait(community, community.newcomer)
    await community.newcomer.click(told, label="Never mind")
    assert "I will not tell you" in seen(told).text
    assert (await bot.store.inbox.questions(community.guild.id))[0].waiting == 0
    again = await community.newcomer.click(told, label=TELL_ME)
    assert "### I will tell you" in seen(again.response).text
    assert (await bot.store.inbox.questions(community.guild.id))[0].waiting == 1


async def test_taking_it_back_twice_is_told(community: Community, bot: WaymarkBot) -> None:
    told = await wait(community, community.newcomer)
    await bot.store.promises.withdraw(community.newcomer.id)
    await community.newcomer.click(told, label="Never mind")
    assert "There was nothing to take back" in seen(told).text


async def test_the_buttons_work_after_a_restart(community: Community, next_bot: WaymarkBot) -> None:
    miss = await ask(community, community.newcomer)
    told = answered(await community.newcomer.click(miss, label=TELL_ME))
    await community.env.restart_bot(next_bot)
    await community.newcomer.click(told, label="Never mind")
    assert "I will not tell you" in seen(told).text
    again = await community.newcomer.click(miss, label=TELL_ME)
    assert "### I will tell you" in seen(again.response).text


async def test_a_question_that_was_forgotten_is_told_kindly(community: Community, bot: WaymarkBot) -> None:
    miss = await ask(community, community.newcomer)
    await bot.store.questions.forget(community.newcomer.id)
    result = await community.newcomer.click(miss, label=TELL_ME)
    assert answered(result).ephemeral
    assert "This question is not kept any more" in seen(result.response).text
    assert "Ask it again with `/ask`" in seen(result.response).text


async def test_when_there_is_an_answer_by_now_it_can_be_opened_at_once(community: Community, bot: WaymarkBot) -> None:
    miss = await ask(community, community.newcomer)
    await bot.store.inbox.answer(community.guild.id, "night", [await last_number(bot, community)])
    result = await community.newcomer.click(miss, label=TELL_ME)
    assert "### There is an answer by now" in seen(result.response).text
    opened = await community.newcomer.click(answered(result), label="Do bakers work at night?")
    assert "three in the morning" in seen(opened.response).text


async def test_in_a_direct_message_it_says_what_is_possible_there(community: Community, bot: WaymarkBot) -> None:
    await community.newcomer.user.send_dm(BIKE)
    shown = seen(community.newcomer.user.dm_channel.last_message)
    assert "Asked in a server, I can also tell you when there is an answer" in shown.text
    assert TELL_ME not in shown.buttons
    assert await bot.store.inbox.questions(community.guild.id) == ()


async def test_while_the_database_is_away_nothing_is_promised(
    community: Community, bot: WaymarkBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(**_: object) -> int:
        raise StoreUnavailableError("away")

    monkeypatch.setattr(bot.store.questions, "record", away)
    shown = seen(await ask(community, community.newcomer))
    assert "I cannot keep your question just now" in shown.text
    assert TELL_ME not in shown.buttons


async def outcome(bot: WaymarkBot, number: int = 1) -> tuple[str | None, str | None]:
    """What its asker said of the answer, and the entry they chose."""
    question = await bot.store.questions.get(number)
    assert question is not None
    return question.outcome, question.chosen


async def test_not_this_one_ends_in_the_same(community: Community, bot: WaymarkBot) -> None:
    card = await ask(community, community.newcomer, "baker salary")
    result = await community.newcomer.click(card, label="Not this one")
    assert seen(result.response).buttons[-2:] == (TELL_ME, "Ask a mentor")
    assert await outcome(bot) == ("missed", None)


async def test_not_this_one_of_another_records_nothing(community: Community, bot: WaymarkBot) -> None:
    card = await ask(community, community.newcomer, "baker salary")
    offered = answered(await community.other.click(card, label="Not this one"))
    assert TELL_ME in seen(offered).buttons
    await community.other.click(offered, label=seen(offered).buttons[0])
    assert await outcome(bot) == (None, None)


async def test_a_choice_after_not_this_one_is_kept(community: Community, bot: WaymarkBot) -> None:
    card = await ask(community, community.newcomer, "baker salary")
    offered = answered(await community.newcomer.click(card, label="Not this one"))
    label = seen(offered).buttons[0]
    opened = await community.newcomer.click(offered, label=label)
    assert f"### {label}" in seen(opened.response).text
    kind, chosen = await outcome(bot)
    assert kind == "missed"
    assert chosen is not None
    entry = bot.coaches.base.knowledge.entry(chosen)
    assert entry is not None
    assert entry.question == label


@pytest.mark.usefixtures("wavering")
async def test_none_of_these_ends_in_the_same(community: Community, bot: WaymarkBot) -> None:
    suggestions = await ask(community, community.newcomer, "pay of the night")
    result = await community.newcomer.click(suggestions, label="None of these")
    assert seen(result.response).buttons[-2:] == (TELL_ME, "Ask a mentor")
    assert await outcome(bot) == ("missed", None)


async def test_a_choice_is_shown_even_when_it_cannot_be_kept(
    community: Community, bot: WaymarkBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = await ask(community, community.newcomer, "baker salary")
    offered = answered(await community.newcomer.click(card, label="Not this one"))

    async def away(*_: object, **__: object) -> None:
        raise StoreUnavailableError("away")

    monkeypatch.setattr(bot.store.questions, "tell", away)
    label = seen(offered).buttons[0]
    opened = await community.newcomer.click(offered, label=label)
    assert f"### {label}" in seen(opened.response).text
