"""`/faq inbox`: what was asked in vain, with its like; for moderators, in pages, and gone once it is seen to."""

import pytest
from simcord.results import ResponseMessage

from bot.front.client import WaymarkBot
from bot.front.layout import TEXT_LIMIT
from tests.front.conftest import Community
from tests.front.reading import answered, custom_ids, seen
from tests.front.stock import demote, second_moderator
from tests.front.waiting import BIKE, BIKES, RACK, ask, member, wait

#: Questions that are unlike each other, and that nobody can answer about bakers.
ODD = (
    "which guitar should I buy?", "what is the capital of Peru?", "who won the football cup?", "is my parrot ill?",
    "can you mend my laptop?", "what rhymes with orange?", "when does the ferry leave?",
)  # fmt: skip


async def inbox(community: Community) -> ResponseMessage:
    """The moderator's `/faq inbox`."""
    return answered(await community.moderator.slash(community.channel, "faq inbox"))


async def asked(bot: WaymarkBot, community: Community, text: str, member: int = 1, chosen: str | None = None) -> int:
    """A question that found nothing, or something else than its asker chose then."""
    number = await bot.store.questions.record(
        server=community.guild.id, channel=community.channel.id, member=member, text=text,
        kind="none" if chosen is None else "answer", entry_id=None,
    )  # fmt: skip
    if chosen is not None:
        await bot.store.questions.tell(number, "missed", chosen=chosen)
    return number


async def test_an_empty_inbox_says_so_kindly(community: Community) -> None:
    message = await inbox(community)
    assert message.ephemeral
    assert "### The inbox is empty\nEverything that members asked has an answer" in seen(message).text
    assert seen(message).buttons == ()


async def test_what_asks_the_same_stands_together_in_members_words(community: Community) -> None:
    for who, text in ((community.newcomer, BIKE), (community.other, BIKES), (community.other, RACK)):
        await ask(community, who, text)
    shown = seen(await inbox(community))
    assert "### 1 question waits for an answer" in shown.text
    assert f"**“{BIKE}”**\n-# asked by 2 people" in shown.text
    # The members' words before the coach's guesses.
    assert f"\n- also “{BIKES}”\n- also “{RACK}”\n\n-# Nearest: " in shown.text
    assert "asked by 2 people, last time <t:" in shown.text
    assert shown.buttons == ("Write this entry", "It is that entry", "Not for us")


async def test_it_names_nobody(community: Community) -> None:
    await wait(community, community.newcomer)
    message = await inbox(community)
    text = seen(message).text + " ".join(custom_ids(message))
    assert community.newcomer.name not in text
    assert str(community.newcomer.id) not in text


async def test_members_words_have_no_effect(community: Community, bot: WaymarkBot) -> None:
    await asked(bot, community, f"**zebra** <@{community.other.id}> @everyone [quokka](https://example.org)\n# loud?")
    text = seen(await inbox(community)).text
    assert r"\*\*zebra\*\* \<@" in text
    assert "@everyone" not in text
    assert "\n# loud" not in text


async def test_what_most_people_asked_comes_first_then_what_mentors_were_asked_for(
    community: Community, bot: WaymarkBot
) -> None:
    await asked(bot, community, ODD[0])
    number = await asked(bot, community, ODD[1])
    for person in (1, 2):
        await asked(bot, community, BIKE, person)
    await bot.store.mentoring.ask(
        server=community.guild.id, channel=1, asker=1, question=number, text=ODD[1], tried=(), step=None,
        anonymous=False,
    )  # fmt: skip
    text = seen(await inbox(community)).text
    assert text.index(BIKE) < text.index(ODD[1]) < text.index(ODD[0])
    assert "1 went to a mentor" in text


async def test_how_many_wait_to_be_told_is_said(community: Community) -> None:
    await wait(community, community.newcomer)
    assert "· 1 to be told" in seen(await inbox(community)).text


async def test_the_nearest_entries_are_named_with_their_confidence(community: Community) -> None:
    await ask(community, community.newcomer, BIKE)
    text = seen(await inbox(community)).text
    assert "-# Nearest: " in text
    assert text.count("% sure)") == 3


async def test_a_long_inbox_has_pages(community: Community, bot: WaymarkBot) -> None:
    for text in ODD:
        await asked(bot, community, text)
    message = await inbox(community)
    assert "7 questions wait" in seen(message).text
    assert "-# Page 1 of 2" in seen(message).text
    assert seen(message).buttons.count("Not for us") == 5
    await community.moderator.click(message, label="Next")
    assert seen(message).buttons.count("Not for us") == 2
    await community.moderator.click(message, label="Previous")
    assert "-# Page 1 of 2" in seen(message).text


async def test_long_words_in_a_full_page_keep_discords_limits(community: Community, bot: WaymarkBot) -> None:
    for at, text in enumerate(ODD):
        for person in range(4):
            await asked(bot, community, f"{text} {'*_' * 400} {'x' * at}{person}", person)
    assert len(seen(await inbox(community)).text) <= TEXT_LIMIT + 100


async def test_not_for_us_takes_it_out_and_undo_brings_it_back(community: Community, bot: WaymarkBot) -> None:
    for text in (BIKE, BIKES, ODD[0]):
        await asked(bot, community, text)
    message = await inbox(community)
    await community.moderator.click(message, custom_id="wm:inbox-not:1:0")
    assert f"Out of the inbox: “{BIKE}”." in seen(message).text
    assert "1 question waits" in seen(message).text
    assert [one.dismissed for one in await bot.store.inbox.questions(community.guild.id)] == [True, True, False]
    await community.moderator.click(message, label="Undo")
    assert "It is back." in seen(message).text
    assert "2 questions wait" in seen(message).text
    assert not any(one.dismissed for one in await bot.store.inbox.questions(community.guild.id))


async def test_what_was_dismissed_comes_up_when_three_more_people_ask_it(community: Community, bot: WaymarkBot) -> None:
    await asked(bot, community, BIKE)
    await community.moderator.click(await inbox(community), label="Not for us")
    for person in (2, 3, 4):
        await asked(bot, community, BIKES, person)
    text = seen(await inbox(community)).text
    assert f"“{BIKES}”" in text
    assert "1 like it dismissed before" in text


async def test_a_wording_whose_asker_chose_an_entry_is_proposed(community: Community, bot: WaymarkBot) -> None:
    await asked(bot, community, "dark hours?", chosen="night")
    shown = seen(await inbox(community))
    assert "**“dark hours?”**" in shown.text
    assert "1 person got something else and then chose: Do bakers work at night?" in shown.text
    assert shown.buttons == ("Add as phrasing", "Not for us")


async def test_a_proposal_can_be_dismissed_and_brought_back(community: Community, bot: WaymarkBot) -> None:
    await asked(bot, community, "dark hours?", chosen="night")
    message = await inbox(community)
    await community.moderator.click(message, label="Not for us")
    assert "### The inbox is empty" in seen(message).text
    await community.moderator.click(message, label="Undo")
    assert "Add as phrasing" in seen(message).buttons


async def test_two_moderators_dismiss_it_once(community: Community) -> None:
    await ask(community, community.newcomer)
    second = second_moderator(community)
    first, other = await inbox(community), answered(await second.slash(community.channel, "faq inbox"))
    await community.moderator.click(first, label="Not for us")
    result = await second.click(other, label="Not for us")
    assert "another moderator has seen to it" in seen(result.response).text


async def test_what_is_forgotten_cannot_be_brought_back(community: Community, bot: WaymarkBot) -> None:
    await asked(bot, community, BIKE)
    message = await inbox(community)
    await community.moderator.click(message, label="Not for us")
    await bot.store.questions.forget(1)
    await community.moderator.click(message, label="Undo")
    assert "could not be brought back" in seen(message).text


async def test_its_buttons_work_after_a_restart(community: Community, bot: WaymarkBot, next_bot: WaymarkBot) -> None:
    for text in (*ODD, BIKE):
        await asked(bot, community, text)
    message = await inbox(community)
    await community.env.restart_bot(next_bot)
    await community.moderator.click(message, label="Next")
    number = next(one for one in custom_ids(message) if one.startswith("wm:inbox-not:"))
    await community.moderator.click(message, custom_id=number)
    await community.moderator.click(message, label="Undo")
    assert "8 questions wait" in seen(message).text


@pytest.mark.parametrize("label", ["Write this entry", "It is that entry", "Not for us", "Next"])
async def test_who_is_no_moderator_any_more_does_nothing(community: Community, bot: WaymarkBot, label: str) -> None:
    for text in ODD:
        await asked(bot, community, text)
    message = await inbox(community)
    await demote(community)
    button = next(one for one, name in zip(custom_ids(message), seen(message).buttons, strict=True) if name == label)
    result = await community.moderator.click(message, custom_id=button)
    assert answered(result).ephemeral
    assert "This is for moderators" in seen(result.response).text
    assert not any(one.dismissed for one in await bot.store.inbox.questions(community.guild.id))


async def test_who_is_no_moderator_any_more_undoes_nothing(community: Community, bot: WaymarkBot) -> None:
    await asked(bot, community, BIKE)
    message = await inbox(community)
    await community.moderator.click(message, label="Not for us")
    await demote(community)
    result = await community.moderator.click(message, label="Undo")
    assert "This is for moderators" in seen(result.response).text


async def test_members_are_not_offered_the_command(community: Community) -> None:
    someone = await member(community, "someone")
    assert "faq inbox" not in someone.available_commands(community.channel)
    assert "faq inbox" in community.moderator.available_commands(community.channel)


async def test_each_server_sees_its_own(community: Community, bot: WaymarkBot) -> None:
    await bot.store.questions.record(server=1, channel=2, member=3, text=BIKE, kind="none", entry_id=None)
    assert "### The inbox is empty" in seen(await inbox(community)).text
