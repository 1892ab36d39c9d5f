"""`/faq history`: the log of a server, and the versions of an entry."""

import datetime as dt

import pytest
from simcord.results import ResponseMessage

from bot.front.client import WaymarkBot
from bot.front.faq_history import log_view
from bot.front.layout import OPTIONS_LIMIT, TEXT_LIMIT
from bot.store.drafts import Draft
from tests.front.conftest import Community
from tests.front.reading import answered, option, seen
from tests.front.stock import KINDER, MEETING, NIGHT, RULES, add, answer, demote, edit, remove, rest, versions


async def history(community: Community, entry: str | None = None) -> ResponseMessage:
    options = {"entry": entry} if entry else {}
    return answered(await community.moderator.slash(community.channel, "faq history", **options))


async def answers(community: Community, bot: WaymarkBot, count: int) -> None:
    """An entry with so many versions."""
    await add(community, bot, Draft("Where?", "Place 1."), "where")
    for number in range(2, count + 1):
        await edit(community, bot, Draft("Where?", f"Place {number}."), "where")


async def test_without_a_change_the_log_tells_the_next_step(community: Community) -> None:
    message = await history(community)
    assert message.ephemeral
    assert "### Nothing was done yet" in seen(message).text
    assert "`/faq add`" in seen(message).text


async def test_the_log_tells_who_did_what_when_and_why(community: Community, bot: WaymarkBot) -> None:
    await add(community, bot, RULES, "rules")
    await edit(community, bot, KINDER, "rules")
    server, author = community.guild.id, community.moderator.id
    removed = await bot.store.entries.remove(server, "rules", author, reason="no *longer* <@1> true")
    lines = seen(await history(community)).text.splitlines()
    at = int(removed.current.at.timestamp())
    assert lines[1] == f"<@{author}> removed `rules`"
    assert lines[2] == f"-# <t:{at}:f> · version 3 · no \\*longer\\* \\<@1> true"
    assert lines[3] == f"<@{community.other.id}> edited `rules`"
    assert lines[4].endswith(" · version 2")
    assert lines[5] == f"<@{author}> added `rules`"


async def test_an_edit_of_the_guides_entry_is_told_as_taken_back(community: Community, bot: WaymarkBot) -> None:
    await add(community, bot, RULES, "night")
    await remove(community, bot, "night")
    author = community.other.id
    assert f"<@{author}> took back `night`" in seen(await history(community)).text
    assert f"**Version 2** · **current** · taken back by <@{author}>" in seen(await history(community, "night")).text


async def test_the_log_has_pages(community: Community, bot: WaymarkBot) -> None:
    await answers(community, bot, 23)
    message = await history(community)
    assert "Page 1" in seen(message).text
    for page, first in ((2, 13), (3, 3)):
        await community.moderator.click(message, label="Next")
        assert f"Page {page}" in seen(message).text
        assert seen(message).text.splitlines()[2].endswith(f" · version {first}")
    assert "Next" not in seen(message).buttons
    await community.moderator.click(message, label="Previous")
    assert "Page 2" in seen(message).text


async def test_pages_of_the_log_turn_after_a_restart(
    community: Community, bot: WaymarkBot, next_bot: WaymarkBot
) -> None:
    await answers(community, bot, 12)
    message = await history(community)
    await community.env.restart_bot(next_bot)
    await community.moderator.click(message, label="Next")
    assert "added `where`" in seen(message).text


async def test_an_import_is_one_line_however_large(community: Community, bot: WaymarkBot) -> None:
    await add(community, bot, RULES, "rules")
    drafts = {f"entry-{number:04}": Draft(f"Question {number}?", "Yes.") for number in range(1_500)}
    await bot.store.entries.replace(community.guild.id, drafts, community.moderator.id, "faq.yaml")
    text = seen(await log_view(bot, community.guild.id, 0)).text
    author = f"<@{community.moderator.id}>"
    assert f"{author} removed `rules`\n-# <t:" in text
    assert f"{author} imported 1,500 entries: `entry-" in text
    assert " and 1,497 more\n-# <t:" in text
    assert text.count(" · faq.yaml") == 2
    assert text.splitlines()[-2] == f"{author} added `rules`"


async def test_what_another_did_in_between_is_a_line_of_its_own(community: Community, bot: WaymarkBot) -> None:
    for entry_id in ("a", "b", "c"):
        await add(community, bot, Draft(f"{entry_id} which?", "This."), entry_id)
    server = community.guild.id
    for entry_id, author in (("a", 1), ("b", 2), ("c", 1)):
        await bot.store.entries.remove(server, entry_id, author)
    text = seen(await log_view(bot, server, 0)).text
    assert text.count(" removed ") == 3


async def test_the_end_of_what_lay_in_the_bin_is_told_of_nobody(community: Community, bot: WaymarkBot) -> None:
    await add(community, bot, RULES, "rules")
    removed = await remove(community, bot, "rules")
    await bot.store.entries.purge(removed.current.at + dt.timedelta(days=31))
    text = seen(await history(community)).text
    assert "Gone for good: `rules`\n-# <t:" in text
    assert " · after 30 days in the bin" in text
    assert "somebody" not in text


async def test_who_was_forgotten_is_somebody(community: Community, bot: WaymarkBot) -> None:
    await add(community, bot, RULES, "rules")
    await bot.store.entries.forget(community.moderator.id)
    assert "somebody added `rules`" in seen(await history(community)).text


async def test_a_page_of_the_worst_reasons_fits(community: Community, bot: WaymarkBot) -> None:
    for number in range(12):
        draft = Draft(f"Which {number}?", "This.")
        await bot.store.entries.add(
            community.guild.id, draft, number, entry_id="a" * 57 + f"-{number:02}", reason="*" * 500
        )
    text = seen(await history(community)).text
    assert len(text) <= TEXT_LIMIT
    assert text.count("added") == 10


async def test_an_entry_of_the_log_opens_its_versions(community: Community, bot: WaymarkBot) -> None:
    await add(community, bot, RULES, "rules")
    await add(community, bot, MEETING, "meeting")
    message = await history(community)
    menu, value = option(message, "rules")
    result = await community.moderator.select(message, [value], custom_id=menu)
    assert answered(result).ephemeral
    assert f"### History of “{RULES.question}”\n-# `rules`\n**Version 1** · **current**" in seen(result.response).text


async def test_the_menu_of_the_log_never_offers_too_many(community: Community, bot: WaymarkBot) -> None:
    for turn in range(10):
        server, author = community.guild.id, turn + 1
        drafts = {f"entry-{turn}-{number}": Draft(f"Which {number}?", "This.") for number in range(5)}
        await bot.store.entries.replace(server, drafts, author)
    assert len(seen(await history(community)).options) <= OPTIONS_LIMIT


async def test_the_versions_tell_what_each_changed_and_which_is_current(community: Community, bot: WaymarkBot) -> None:
    await add(community, bot, RULES, "rules")
    await edit(community, bot, KINDER, "rules")
    message = await history(community, "rules")
    newest, oldest = seen(message).text.split("**Version 2**")[1].split("**Version 1**")
    assert newest.startswith(f" · **current** · edited by <@{community.other.id}>")
    assert (
        "`-` answer: Be kind.\n`+` answer: Be kinder.\n`-` phrasing: what may I do here\n`+` phrasing: what is"
        in newest
    )
    assert "current" not in oldest
    assert "`+` answer: Be kind." in oldest
    assert seen(message).buttons == ("Restore version 1",)


async def test_a_version_is_restored_with_one_tap(community: Community, bot: WaymarkBot) -> None:
    await add(community, bot, RULES, "rules")
    await edit(community, bot, KINDER, "rules")
    result = await community.moderator.click(await history(community, "rules"), label="Restore version 1")
    assert "Be kind." in seen(result.response).text
    assert await answer(bot, community, RULES.question) == "Be kind."


async def test_a_version_that_says_what_is_current_has_no_button(community: Community, bot: WaymarkBot) -> None:
    await add(community, bot, RULES, "rules")
    await edit(community, bot, KINDER, "rules")
    await bot.store.entries.restore(community.guild.id, "rules", 1, 5)
    assert seen(await history(community, "rules")).buttons == ("Restore version 2",)


async def test_versions_have_pages_that_turn_after_a_restart(
    community: Community, bot: WaymarkBot, next_bot: WaymarkBot
) -> None:
    await answers(community, bot, 12)
    message = await history(community, "where")
    assert seen(message).buttons == (*(f"Restore version {number}" for number in (11, 10, 9, 8)), "Next")
    await community.env.restart_bot(next_bot)
    await community.moderator.click(message, label="Next")
    assert "Page 2 of 3" in seen(message).text
    assert "**Version 7**" in seen(message).text
    await community.moderator.click(message, label="Previous")
    assert "**Version 12** · **current**" in seen(message).text


async def test_of_what_lies_in_the_bin_every_version_can_be_restored(community: Community, bot: WaymarkBot) -> None:
    await add(community, bot, RULES, "rules")
    await remove(community, bot, "rules")
    message = await history(community, "rules")
    assert "`rules` · in the bin until <t:" in seen(message).text
    assert "The text stayed as it was." in seen(message).text
    assert seen(message).buttons == ("Restore version 2", "Restore version 1")


async def test_an_entry_of_the_guides_has_no_history_until_it_is_edited(community: Community, bot: WaymarkBot) -> None:
    assert "`night` is as the guide has it" in seen(await history(community, "night")).text
    await add(community, bot, NIGHT, "night")
    assert "`night` · an edit of the guide's entry\n" in seen(await history(community, "night")).text


async def test_what_is_gone_for_good_has_no_history(community: Community, bot: WaymarkBot) -> None:
    await add(community, bot, RULES, "rules")
    message = await history(community)
    removed = await remove(community, bot, "rules")
    menu, value = option(message, "rules")
    await bot.store.entries.purge(removed.current.at + dt.timedelta(days=31))
    result = await community.moderator.select(message, [value], custom_id=menu)
    assert "`rules` is not there any more" in seen(result.response).text


async def test_the_longest_texts_fit_a_page(community: Community, bot: WaymarkBot) -> None:
    for number in range(6):
        draft = Draft("`*_" * 60, "\n".join("*" * 150 + f" {number}" for _ in range(20)))
        await (add if number == 0 else edit)(community, bot, draft, "large")
    message = await history(community, "large")
    assert len(seen(message).text) <= TEXT_LIMIT
    assert all(f"**Version {number}**" in seen(message).text for number in (6, 5, 4, 3, 2))


@pytest.mark.parametrize("label", ["Next", "Restore version 7"])
async def test_who_is_no_moderator_any_more_sees_and_restores_nothing(
    community: Community, bot: WaymarkBot, label: str
) -> None:
    await answers(community, bot, 8)
    message, log = await history(community, "where"), await history(community)
    await demote(community)
    result = await community.moderator.click(message, label=label)
    assert "This is for moderators" in seen(result.response).text
    menu, value = option(log, "where")
    result = await community.moderator.select(log, [value], custom_id=menu)
    assert "This is for moderators" in seen(result.response).text
    assert len(await versions(community, bot, "where")) == 8


async def test_who_is_no_moderator_any_more_turns_no_page_of_the_log(community: Community, bot: WaymarkBot) -> None:
    await answers(community, bot, 12)
    message = await history(community)
    before = seen(message)
    await demote(community)
    result = await community.moderator.click(message, label="Next")
    assert "This is for moderators" in seen(result.response).text
    assert seen(message) == before


async def test_an_old_button_of_a_version_tells_what_was_changed_since(community: Community, bot: WaymarkBot) -> None:
    await add(community, bot, RULES, "rules")
    await edit(community, bot, KINDER, "rules")
    message = await history(community, "rules")
    await edit(community, bot, MEETING, "rules")
    told = await community.moderator.click(message, label="Restore version 1")
    assert f"`rules` is at version 3 by now (edited by <@{community.other.id}>" in seen(told.response).text
    assert await answer(bot, community, MEETING.question) == "On Mondays."
    await rest(community)
    await community.moderator.click(answered(told), label="Restore version 1 all the same")
    assert await versions(community, bot, "rules") == [
        ("restore", "Be kind."), ("edit", "On Mondays."), ("edit", "Be kinder."), ("add", "Be kind."),
    ]  # fmt: skip
