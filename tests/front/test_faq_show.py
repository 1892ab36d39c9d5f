"""`/faq show`: an entry as members see it, and what moderators may do about it."""

import pytest
from simcord.results import ResponseMessage

from bot.front.client import WaymarkBot
from bot.front.layout import TEXT_LIMIT
from bot.knowledge.models import ANSWER_LIMIT, QUESTION_LIMIT
from bot.store.drafts import PHRASING_LIMIT, PHRASINGS_LIMIT, Draft
from tests.front.conftest import Community
from tests.front.reading import answered, option, seen
from tests.front.stock import KINDER, NIGHT, RULES, add, answer, demote, edit, remove, second_moderator

#: As long as an entry can be, of nothing but characters that get a backslash.
LARGE = Draft(
    "?" * (QUESTION_LIMIT - 2) + " a",
    "\n\n".join(["*_~|`>#"] * (ANSWER_LIMIT // 9)),
    tuple(f"{number:02} " + "*" * (PHRASING_LIMIT - 3) for number in range(PHRASINGS_LIMIT)),
)


async def shown(community: Community, entry: str) -> ResponseMessage:
    return answered(await community.moderator.slash(community.channel, "faq show", entry=entry))


async def test_an_entry_is_shown_privately_as_members_get_it(community: Community, bot: WaymarkBot) -> None:
    await add(community, bot, Draft("What does a miller earn?", "**Half** of {median_pay}.", ()), "miller")
    message = await shown(community, "miller")
    asked = await community.newcomer.slash(community.channel, "ask", question="What does a miller earn?")
    assert message.ephemeral
    text = "### What does a miller earn?\n**Half** of $30,000."
    assert text in seen(message).text
    assert text in seen(asked.response).text


async def test_its_phrasings_id_version_and_last_change_are_told(community: Community, bot: WaymarkBot) -> None:
    await add(community, bot, RULES, "rules")
    edited = await edit(community, bot, KINDER, "rules")
    text = seen(await shown(community, "rules")).text
    assert "**Also found by**\n- house rules\n- what is allowed\n" in text
    at = int(edited.current.at.timestamp())
    assert f"-# `rules` · version 2 · edited by <@{community.other.id}> <t:{at}:R>" in text


async def test_the_reason_of_the_last_change_is_told_as_text(community: Community, bot: WaymarkBot) -> None:
    await bot.store.entries.add(community.guild.id, RULES, 1, entry_id="rules", reason="asked *often* by <@1>")
    await bot.coaches.refresh(community.guild.id)
    assert ": asked \\*often\\* by \\<@1>" in seen(await shown(community, "rules")).text


async def test_an_entry_is_found_by_its_question(community: Community, bot: WaymarkBot) -> None:
    await add(community, bot, RULES, "rules")
    assert "`rules`" in seen(await shown(community, " what are the RULES of this server? ")).text


async def test_the_servers_own_can_be_edited_looked_up_and_removed(community: Community, bot: WaymarkBot) -> None:
    await add(community, bot, RULES, "rules")
    assert seen(await shown(community, "rules")).buttons == ("Edit", "History", "Remove")


async def test_the_guides_own_can_be_edited(community: Community) -> None:
    message = seen(await shown(community, "median-pay"))
    assert "`median-pay` · the guide's own, never edited here" in message.text
    assert "Source: Bakers' union" in message.text
    assert message.buttons == ("Edit",)


async def test_an_edit_with_another_question_names_the_guides(community: Community, bot: WaymarkBot) -> None:
    await add(community, bot, Draft("Are there night shifts?", "Ask in #nights."), "night")
    assert "An edit of the guide's entry “Do bakers work at night?”" in seen(await shown(community, "night")).text


async def test_an_edit_of_the_guides_is_marked_and_can_be_taken_back(community: Community, bot: WaymarkBot) -> None:
    await add(community, bot, NIGHT, "night")
    message = await shown(community, "night")
    assert "Ask in #nights." in seen(message).text
    assert seen(message).text.endswith("\n-# An edit of the guide's entry")
    assert seen(message).buttons == ("Edit", "History", "Take back")
    result = await community.moderator.click(message, label="Take back")
    shown_again = (
        "Members get the guide's own again:\n### Do bakers work at night?\nMost start at three in the morning."
    )
    assert shown_again in seen(result.response).text
    assert await answer(bot, community, "Do bakers work at night?") == "Most start at three in the morning."


async def test_an_edit_that_was_taken_back_is_told_and_can_be_restored(community: Community, bot: WaymarkBot) -> None:
    await add(community, bot, NIGHT, "night")
    await remove(community, bot, "night")
    message = await shown(community, "night")
    assert "three in the morning" in seen(message).text
    assert "the guide's own; an edit of it lies in the bin until" in seen(message).text
    await community.moderator.click(message, label="Restore the edit")
    assert await answer(bot, community, "Do bakers work at night?") == "Ask in #nights."


async def test_what_lies_in_the_bin_is_shown_with_the_way_back(community: Community, bot: WaymarkBot) -> None:
    await add(community, bot, RULES, "rules")
    await remove(community, bot, "rules")
    message = await shown(community, RULES.question)
    assert "-# In the bin until" in seen(message).text
    assert "Be kind." in seen(message).text
    assert f"removed by <@{community.other.id}>" in seen(message).text
    assert seen(message).buttons == ("Restore", "History")


async def test_edit_opens_the_form_filled_in(community: Community, bot: WaymarkBot) -> None:
    await add(community, bot, RULES, "rules")
    result = await community.moderator.click(await shown(community, "rules"), label="Edit")
    assert result.modal is not None
    assert "Be kind." in str(result.modal)


async def test_history_opens_the_versions(community: Community, bot: WaymarkBot) -> None:
    await add(community, bot, RULES, "rules")
    result = await community.moderator.click(await shown(community, "rules"), label="History")
    assert "**Version 1** · **current**" in seen(result.response).text


async def test_an_entry_that_nobody_has_is_told_with_the_nearest(community: Community) -> None:
    message = await shown(community, "pay of a miller")
    assert community.env.errors
    assert "There is no entry `pay of a miller`" in seen(message).text
    assert "“What does a baker earn?”" in seen(message).text


async def test_an_entry_without_phrasings_says_so(community: Community) -> None:
    assert "No other phrasings yet." in seen(await shown(community, "oven")).text


async def test_the_largest_entry_fits_whole_and_has_its_phrasings_on_pages(
    community: Community, bot: WaymarkBot
) -> None:
    await add(community, bot, LARGE, "large")
    message = await shown(community, "large")
    assert LARGE.answer in seen(message).text
    assert len(seen(message).text) <= TEXT_LIMIT
    opened = await community.moderator.click(message, label="All 50 phrasings")
    pages = [seen(opened.response).text]
    while "Next" in seen(opened.response).buttons and len(pages) < 6:
        await community.moderator.click(answered(opened), label="Next")
        pages.append(seen(opened.response).text)
    assert "Page 6 of" in pages[-1]
    assert [f"- {number:02} " in "".join(pages) for number in range(8 * 6)] == [True] * 8 * 6


async def test_phrasings_pages_turn_after_a_restart(
    community: Community, bot: WaymarkBot, next_bot: WaymarkBot
) -> None:
    await add(community, bot, LARGE, "large")
    message = await shown(community, "large")
    await community.env.restart_bot(next_bot)
    opened = await community.moderator.click(message, label="All 50 phrasings")
    await community.moderator.click(answered(opened), label="Next")
    await community.moderator.click(answered(opened), label="Previous")
    assert "- 00 " in seen(opened.response).text


async def test_of_many_phrasings_the_first_are_on_the_card(community: Community, bot: WaymarkBot) -> None:
    await add(community, bot, Draft("Where?", "Here.", tuple(f"place {number}" for number in range(12))), "where")
    message = seen(await shown(community, "where"))
    assert ("- place 9" in message.text, "- place 10" in message.text) == (True, False)
    assert "All 12 phrasings" in message.buttons


async def test_of_what_lies_in_the_bin_its_own_phrasings_are_shown(community: Community, bot: WaymarkBot) -> None:
    phrasings = tuple(f"after dark {number}" for number in range(12))
    await add(community, bot, Draft(NIGHT.question, "Ask in #nights.", phrasings), "night")
    await remove(community, bot, "night")
    message = answered(await community.moderator.slash(community.channel, "faq list"))
    await community.moderator.click(message, label="The bin")
    menu, value = option(message, NIGHT.question)
    opened = await community.moderator.select(message, [value], custom_id=menu)
    whole = await community.moderator.click(answered(opened), label="All 12 phrasings")
    assert "- after dark 11" in seen(whole.response).text


@pytest.mark.parametrize("label", ["Edit", "History", "Remove", "All 12 phrasings"])
async def test_who_is_no_moderator_any_more_gets_nothing_from_an_old_card(
    community: Community, bot: WaymarkBot, label: str
) -> None:
    await add(community, bot, Draft("Where?", "Here.", tuple(f"place {number}" for number in range(12))), "where")
    message = await shown(community, "where")
    await demote(community)
    result = await community.moderator.click(message, label=label)
    assert result.modal is None
    assert "This is for moderators" in seen(result.response).text


async def test_an_old_card_of_an_entry_that_was_removed_still_helps(community: Community, bot: WaymarkBot) -> None:
    await add(community, bot, RULES, "rules")
    message = await shown(community, "rules")
    await remove(community, bot, "rules")
    result = await community.moderator.click(message, label="Remove")
    assert f"`rules` lies in the bin already (removed by <@{community.other.id}>" in seen(result.response).text
    assert seen(result.response).buttons == ("Restore",)
    result = await community.moderator.click(message, label="History")
    assert "in the bin until" in seen(result.response).text


async def test_taking_back_what_another_edited_meanwhile_asks_once_more(community: Community, bot: WaymarkBot) -> None:
    await add(community, bot, NIGHT, "night")
    message = await shown(community, "night")
    await edit(community, bot, Draft("Do bakers work at night?", "Ask in #late."), "night")
    told = await community.moderator.click(message, label="Take back")
    assert "`night` is at version 2 by now" in seen(told.response).text
    assert await answer(bot, community, "Do bakers work at night?") == "Ask in #late."
    await community.moderator.click(answered(told), label="Take back all the same")
    assert await answer(bot, community, "Do bakers work at night?") == "Most start at three in the morning."


async def test_two_moderators_take_the_same_edit_back(community: Community, bot: WaymarkBot) -> None:
    await add(community, bot, NIGHT, "night")
    second = second_moderator(community)
    cards = [
        answered(await one.slash(community.channel, "faq show", entry="night")) for one in (community.moderator, second)
    ]
    await community.moderator.click(cards[0], label="Take back")
    result = await second.click(cards[1], label="Take back")
    assert f"lies in the bin already (taken back by <@{community.moderator.id}>" in seen(result.response).text
    assert len(await bot.store.entries.history(community.guild.id, "night")) == 2
