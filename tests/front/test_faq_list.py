"""`/faq list`: the server's entries, the guide's and the bin's, in pages, by words."""

import pytest
from discord import ui
from simcord.results import ResponseMessage

from bot.front.client import WaymarkBot
from bot.front.faq_list import CONTAINS_LIMIT, list_view
from bot.front.faq_shelves import Shelf
from bot.store.drafts import Draft
from bot.store.server_settings import ServerSettings
from tests.front.conftest import Community
from tests.front.reading import answered, custom_ids, option, seen
from tests.front.stock import MEETING, NIGHT, RULES, add, demote, edit, remove, rest

HOSTILE = "**<@1> @everyone [a](b) `c` ```\n# d \N{RIGHT-TO-LEFT OVERRIDE} | ~~e~~ :%_'\";--"


async def listed(community: Community, contains: str = "") -> ResponseMessage:
    options = {"contains": contains} if contains else {}
    return answered(await community.moderator.slash(community.channel, "faq list", **options))


async def page(bot: WaymarkBot, community: Community, number: int, contains: str = "") -> ui.LayoutView:
    return await list_view(bot, community.guild.id, Shelf.SERVER, number, contains)


async def stock(community: Community, bot: WaymarkBot, count: int) -> None:
    """So many entries, with numbers of three digits in their questions."""
    drafts = {f"entry-{number:03}": Draft(f"Question number {number:03}?", "Yes.") for number in range(count)}
    await bot.store.entries.replace(community.guild.id, drafts, community.moderator.id)


async def test_the_servers_own_entries_are_listed_privately(community: Community, bot: WaymarkBot) -> None:
    await add(community, bot, RULES, "rules")
    added = await add(community, bot, MEETING, "meeting")
    message = await listed(community)
    text = seen(message).text
    assert message.ephemeral
    assert text.startswith("### This server's entries\n-# 2 entries\n")
    assert "**What are the rules of this server?**\n-# `rules` · added by" in text
    at = f"<t:{int(added.current.at.timestamp())}:R>"
    assert f"`meeting` · added by <@{community.moderator.id}> {at}" in text
    assert "What does a baker earn?" not in text


async def test_an_edit_of_the_guides_is_marked_in_both_lists(community: Community, bot: WaymarkBot) -> None:
    await add(community, bot, NIGHT, "night")
    message = await listed(community)
    assert "`night` · edit of the guide's · added by" in seen(message).text
    await community.moderator.click(message, label="The guide's")
    text = seen(message).text
    assert "5 entries" in text
    assert "`night` · The work · edited for this server" in text
    assert "`training` · The work\n" in text


async def test_the_bin_lists_what_was_removed_with_its_end(community: Community, bot: WaymarkBot) -> None:
    await add(community, bot, RULES, "rules")
    removed = await remove(community, bot, "rules")
    message = await listed(community)
    await community.moderator.click(message, label="The bin")
    until = int(removed.current.at.timestamp()) + 30 * 24 * 3600
    assert "### In the bin\n-# 1 entry\n" in seen(message).text
    assert f"`rules` · removed by <@{community.other.id}>" in seen(message).text
    assert f"gone for good <t:{until}:R>" in seen(message).text


async def test_the_list_in_view_has_no_button_that_works(community: Community) -> None:
    message = await listed(community)
    buttons = message.components[0]["components"][-1]["components"]
    assert [(button["label"], button.get("disabled", False)) for button in buttons] == [
        ("This server's", True),
        ("The guide's", False),
        ("The bin", False),
    ]


@pytest.mark.parametrize("contains", ["RULES of", "kind", "house", "rules", "what  KIND may", "ind"])
async def test_words_are_looked_for_in_question_answer_phrasings_and_id(
    community: Community, bot: WaymarkBot, contains: str
) -> None:
    await add(community, bot, RULES, "rules")
    await add(community, bot, MEETING, "meeting")
    assert seen(await listed(community, contains)).options == (RULES.question,)


async def test_the_words_go_along_to_the_other_lists(community: Community, bot: WaymarkBot) -> None:
    await add(community, bot, RULES, "rules")
    await remove(community, bot, "rules")
    message = await listed(community, "kind")
    assert "No entries with the word “kind”\n*The bin* has 1." in seen(message).text
    await community.moderator.click(message, label="The bin")
    assert seen(message).options == (RULES.question,)
    assert "1 entry with the word “kind”" in seen(message).text


async def test_words_that_nothing_has_are_told_with_a_way_on(community: Community, bot: WaymarkBot) -> None:
    await add(community, bot, RULES, "rules")
    message = await listed(community, "zebra")
    assert "The other lists have none either. Try another word." in seen(message).text
    await community.moderator.click(message, label="Show all")
    assert seen(message).options == (RULES.question,)


async def test_empty_lists_tell_the_next_step(community: Community) -> None:
    message = await listed(community)
    assert "This server has none of its own yet" in seen(message).text
    assert "`/faq add`" in seen(message).text
    await community.moderator.click(message, label="The bin")
    assert (
        "Nothing lies here. What is taken away with `/faq remove` can be brought back for 30 days."
        in seen(message).text
    )


async def test_three_hundred_entries_are_all_on_thirty_pages(community: Community, bot: WaymarkBot) -> None:
    await stock(community, bot, 300)
    pages = [seen(await page(bot, community, number)) for number in range(30)]
    assert [question for each in pages for question in each.options] == [f"Question number {n:03}?" for n in range(300)]
    assert all(f"Page {number} of 30" in each.text for number, each in enumerate(pages, start=1))


async def test_one_turns_to_and_fro_among_the_pages_of_what_was_found(community: Community, bot: WaymarkBot) -> None:
    await stock(community, bot, 300)
    message = await listed(community, "entry-2")
    assert ("Previous" in seen(message).buttons, "Next" in seen(message).buttons) == (False, True)
    await community.moderator.click(message, label="Next")
    assert "Page 2 of 10" in seen(message).text
    assert seen(message).options[0] == "Question number 210?"
    await community.moderator.click(message, label="Previous")
    assert seen(message).options[0] == "Question number 200?"
    assert "100 entries with the word “entry-2”" in seen(message).text
    assert "Next" not in seen(await page(bot, community, 9, "entry-2")).buttons


async def test_pages_turn_after_a_restart(community: Community, bot: WaymarkBot, next_bot: WaymarkBot) -> None:
    await stock(community, bot, 25)
    message = await listed(community, "number")
    await community.env.restart_bot(next_bot)
    await community.moderator.click(message, label="Next")
    assert "Page 2 of 3" in seen(message).text
    await community.moderator.click(message, label="The guide's")
    assert "### The guide's entries\n-# No entries with the word “number”" in seen(message).text


async def test_of_a_list_that_became_shorter_the_last_page_is_shown(community: Community, bot: WaymarkBot) -> None:
    await stock(community, bot, 11)
    message = await listed(community)
    await stock(community, bot, 3)
    await community.moderator.click(message, label="Next")
    assert len(seen(message).options) == 3


@pytest.mark.parametrize("typed", ["question " * 11, "q" * 100, "\N{FACE WITH TEARS OF JOY}" * 100])
async def test_long_words_are_shortened_and_it_is_said_on_every_page(
    community: Community, bot: WaymarkBot, typed: str
) -> None:
    drafts = {f"entry-{number}": Draft(f"{typed} {number}?", "Yes.") for number in range(30)}
    await bot.store.entries.replace(community.guild.id, drafts, community.moderator.id)
    message = await listed(community, typed[:100])
    await community.moderator.click(message, label="Next")
    assert "Page 2 of 3" in seen(message).text
    assert "that was long, so the rest of it was left out" in seen(message).text
    assert max(map(len, custom_ids(message))) <= 100
    assert len(typed.strip()[:CONTAINS_LIMIT]) == CONTAINS_LIMIT


async def test_several_words_that_nothing_has_can_be_fewer(community: Community) -> None:
    text = seen(await listed(community, "zebra crossing")).text
    assert "No entries with all of the words “zebra crossing”" in text
    assert "Try fewer words, or other ones." in text


async def test_what_was_typed_stays_text_and_goes_along(community: Community, bot: WaymarkBot) -> None:
    drafts = {f"entry-{number}": Draft(f"{HOSTILE} {number}?", HOSTILE) for number in range(30)}
    await bot.store.entries.replace(community.guild.id, drafts, community.moderator.id)
    message = await listed(community, HOSTILE[:60])
    await community.moderator.click(message, label="Next")
    text = seen(message).text
    assert "30 entries with all of the words" in text
    assert "Page 2 of 3" in text
    assert "<@1>" not in text.replace("\\<@1>", "")
    assert "@everyone" not in text
    assert "[a](b)" not in text.replace("\\[a](b)", "")
    assert not community.env.errors


async def test_a_pick_opens_the_entry_privately_below_the_list(community: Community, bot: WaymarkBot) -> None:
    await add(community, bot, RULES, "rules")
    message = await listed(community)
    menu, value = option(message, RULES.question)
    result = await community.moderator.select(message, [value], custom_id=menu)
    assert answered(result).ephemeral
    assert "Be kind." in seen(result.response).text
    assert "### This server's entries" in seen(message).text


async def test_a_pick_from_the_bin_opens_what_lies_there(community: Community, bot: WaymarkBot) -> None:
    await add(community, bot, NIGHT, "night")
    await remove(community, bot, "night")
    message = await listed(community)
    await community.moderator.click(message, label="The bin")
    menu, value = option(message, NIGHT.question)
    result = await community.moderator.select(message, [value], custom_id=menu)
    assert "Ask in #nights." in seen(result.response).text
    assert "Restore" in seen(result.response).buttons


async def test_a_pick_that_is_gone_by_now_is_told(community: Community, bot: WaymarkBot) -> None:
    await add(community, bot, RULES, "rules")
    message = await listed(community)
    menu, value = option(message, RULES.question)
    removed = await remove(community, bot, "rules")
    result = await community.moderator.select(message, [value], custom_id=menu)
    assert "In the bin until" in seen(result.response).text
    await bot.store.entries.purge(removed.current.at.replace(year=removed.current.at.year + 1))
    result = await community.moderator.select(message, [value], custom_id=menu)
    assert "`rules` is not there any more" in seen(result.response).text


async def test_other_servers_entries_are_not_listed(community: Community, bot: WaymarkBot) -> None:
    await bot.store.entries.add(1, RULES, 2)
    assert "This server has none of its own yet" in seen(await listed(community)).text


async def test_who_is_no_moderator_any_more_turns_no_page_and_opens_nothing(
    community: Community, bot: WaymarkBot
) -> None:
    await stock(community, bot, 25)
    message = await listed(community, "number")
    before = seen(message)
    await demote(community)
    for label in ("Next", "The guide's", "Show all"):
        result = await community.moderator.click(message, label=label)
        assert "This is for moderators" in seen(result.response).text
    menu, value = option(message, before.options[0])
    result = await community.moderator.select(message, [value], custom_id=menu)
    assert "This is for moderators" in seen(result.response).text
    assert seen(message) == before


async def test_the_role_that_the_server_named_is_enough(community: Community, bot: WaymarkBot) -> None:
    await stock(community, bot, 25)
    message = await listed(community)
    await demote(community)
    helpers = community.guild.create_role("Helpers")
    guild = bot.get_guild(community.guild.id)
    assert guild is not None
    await (await guild.fetch_member(community.moderator.id)).add_roles(guild.get_role(helpers.id) or guild.roles[0])
    await bot.store.settings.put(community.guild.id, ServerSettings(moderator_role=helpers.id))
    await community.moderator.click(message, label="Next")
    assert "Page 2 of 3" in seen(message).text


async def test_the_last_to_change_an_entry_stands_in_the_list(community: Community, bot: WaymarkBot) -> None:
    await add(community, bot, RULES, "rules")
    await edit(community, bot, MEETING, "rules")
    assert f"`rules` · edited by <@{community.other.id}>" in seen(await listed(community)).text
    await rest(community)
