"""Importing what was shown: all or nothing, never unseen, undone after, and never in members' way."""

import asyncio
from itertools import pairwise

import discord
import pytest
from sqlalchemy import text

from bot.front import import_buttons
from bot.front.client import WaymarkBot
from bot.store.drafts import Draft
from tests.front.conftest import Community
from tests.front.exchanging import CHANGES, PARKING, click, drafts, fill, import_now, send
from tests.front.reading import answered, custom_ids, seen
from tests.front.stock import KINDER, add, answer, demote, edit, remove, second_moderator


async def test_what_becomes_of_members_questions_is_told(community: Community) -> None:
    text = seen(await send(community, PARKING)).text
    assert "**What changes for members**\n- 1 question that had no sure answer is then answered." in text


async def test_very_many_changes_are_not_tried_out(community: Community) -> None:
    text = "".join(f"## Question {number} of many?\n\nAnswer.\n\n" for number in range(import_buttons.TRIED + 1))
    shown = seen(await send(community, text)).text
    assert "These are more than 200 changes" in shown
    assert "What changes for members" not in shown


async def test_an_import_is_live_at_once(community: Community, bot: WaymarkBot) -> None:
    message = await import_now(community, PARKING)
    assert (
        "### Import of faq.md: done\n1 new, 0 changed, 0 lost. This server has 1 entry of its own" in seen(message).text
    )
    assert await answer(bot, community, "where may i park my bike") == "Behind the oven."


async def test_an_import_takes_the_place_of_all_entries(community: Community, bot: WaymarkBot) -> None:
    await fill(community, bot)
    await import_now(community, CHANGES)
    assert {entry_id: one.answer for entry_id, one in (await drafts(community, bot)).items()} == {
        "rules": "Be kinder.", "where-may-i-park-my-bike": "Behind the oven.",
    }  # fmt: skip


async def test_an_import_stands_in_the_history(community: Community, bot: WaymarkBot) -> None:
    await fill(community, bot)
    await import_now(community, CHANGES)
    (newest, *_) = await bot.store.entries.history(community.guild.id, "rules")
    assert (newest.action, newest.author, newest.reason) == ("import", community.moderator.id, "Import of faq.md")


async def test_a_cancelled_import_changes_nothing(community: Community, bot: WaymarkBot) -> None:
    before = await fill(community, bot)
    message = await send(community, CHANGES)
    await click(community, message, "Cancel")
    assert "Import of faq.md: cancelled. Nothing was changed." in seen(message).text
    assert seen(message).buttons == ()
    assert await drafts(community, bot) == before


async def test_a_file_waits_over_a_restart(community: Community, next_bot: WaymarkBot) -> None:
    message = await send(community, PARKING)
    await community.env.restart_bot(next_bot)
    await click(community, message, "Import")
    assert await answer(next_bot, community, "where may i park my bike") == "Behind the oven."
    await click(community, message, "Undo this import")
    assert await drafts(community, next_bot) == {}


async def test_a_second_click_tells_the_same_and_imports_nothing(community: Community, bot: WaymarkBot) -> None:
    message = await send(community, PARKING)
    button = custom_ids(message)[0]
    await community.moderator.click(message, label="Import")
    done = seen(message)
    # The button of a message that was not yet drawn anew.
    found = await bot.store.imports.get(community.guild.id, button.split(":")[3])
    again = await bot.store.imports.carry_out(community.guild.id, found.key, 1, seen=button.split(":")[4])
    assert again == found.done
    assert (seen(message), len(await bot.store.entries.audit(community.guild.id))) == (done, 1)


async def test_entries_that_changed_meanwhile_are_compared_anew(community: Community, bot: WaymarkBot) -> None:
    await fill(community, bot)
    message = await send(community, CHANGES)
    await edit(community, bot, KINDER, "rules")
    await add(community, bot, Draft("Who bakes?", "Ann."), "who")
    before = await drafts(community, bot)
    await click(community, message, "Import")
    assert "**Somebody changed the entries since you looked**, so nothing was done." in seen(message).text
    assert "**1** new, **1** changed, **3** lost; 0 stay as they are." in seen(message).text
    assert await drafts(community, bot) == before
    await click(community, message, "Import")
    assert sorted(await drafts(community, bot)) == ["rules", "where-may-i-park-my-bike"]


async def test_what_another_has_done_already_is_not_done_again(community: Community, bot: WaymarkBot) -> None:
    message = await send(community, PARKING)
    await add(community, bot, Draft("Where may I park my bike?", "Behind the oven."), "parking")
    result = await click(community, message, "Import")
    assert answered(result).ephemeral
    assert "The entries are that way already" in seen(result.response).text
    assert list(await drafts(community, bot)) == ["parking"]


async def test_of_two_moderators_the_second_sees_what_the_first_did(community: Community, bot: WaymarkBot) -> None:
    second = second_moderator(community)
    mine = await send(community, PARKING)
    file = ("other.md", b"## When do we meet?\n\nOn Mondays.\n")
    theirs = answered(await second.slash(community.channel, "faq import", file=file))
    await community.moderator.click(mine, label="Import")
    await second.click(theirs, label="Import")
    assert "Somebody changed the entries since you looked" in seen(theirs).text
    assert "**Lost**\n`-` Where may I park my bike?" in seen(theirs).text
    assert list(await drafts(community, bot)) == ["where-may-i-park-my-bike"]


async def test_an_undone_import_leaves_all_as_before(community: Community, bot: WaymarkBot) -> None:
    before = await fill(community, bot)
    message = await import_now(community, CHANGES)
    assert seen(message).buttons == ("Undo this import",)
    await click(community, message, "Undo this import")
    assert "### Undo of import of faq.md: done\n2 new, 1 changed, 1 lost." in seen(message).text
    assert await drafts(community, bot) == before
    assert [entry.id for entry in await bot.store.entries.all(community.guild.id) if entry.overrides] == ["night"]
    assert await answer(bot, community, "house rules") == "Be kind."


async def test_an_undone_import_can_be_brought_back(community: Community, bot: WaymarkBot) -> None:
    message = await import_now(community, PARKING)
    await click(community, message, "Undo this import")
    await click(community, message, "Bring the import back")
    assert await answer(bot, community, "where may i park my bike") == "Behind the oven."


async def test_what_was_changed_after_an_import_is_shown_before_it_is_undone(
    community: Community, bot: WaymarkBot
) -> None:
    before = await fill(community, bot)
    message = await import_now(community, CHANGES)
    await add(community, bot, Draft("Who bakes?", "Ann."), "who")
    await click(community, message, "Undo this import")
    shown = seen(message)
    assert "### Undo of import of faq.md\n**Somebody changed the entries since you looked**" in shown.text
    assert "`-` Who bakes?" in shown.text
    assert "who" in await drafts(community, bot)
    await click(community, message, "Import")
    assert await drafts(community, bot) == before


async def test_what_was_undone_already_is_not_undone_again(community: Community, bot: WaymarkBot) -> None:
    message = await import_now(community, PARKING)
    await remove(community, bot, "where-may-i-park-my-bike")
    result = await click(community, message, "Undo this import")
    assert "The entries are that way already" in seen(result.response).text
    assert seen(message).buttons == ("Undo this import",)


async def test_an_import_that_takes_an_entrys_own_question_is_asked_for_twice(
    community: Community, bot: WaymarkBot
) -> None:
    message = await send(community, "## Do bakers work at night?\n\nNo.\n")
    assert "is not found by its own question" in seen(message).text
    confirming = answered(await click(community, message, "Import"))
    assert confirming.ephemeral
    assert seen(confirming).buttons == ("Import anyway", "Cancel")
    assert await drafts(community, bot) == {}
    await click(community, confirming, "Import anyway")
    assert "### Import of faq.md: done" in seen(confirming).text
    assert await answer(bot, community, "do bakers work at night") == "No."


async def test_after_the_import_cancel_tells_that_it_is_done(community: Community, bot: WaymarkBot) -> None:
    message = await send(community, "## Do bakers work at night?\n\nNo.\n")
    await click(community, answered(await click(community, message, "Import")), "Import anyway")
    await click(community, message, "Cancel")
    assert "### Import of faq.md: done" in seen(message).text
    assert len(await drafts(community, bot)) == 1


async def test_what_waited_too_long_is_said_so(community: Community, bot: WaymarkBot) -> None:
    message = await send(community, PARKING)
    await bot.store.imports.cancel(community.guild.id, custom_ids(message)[1].rpartition(":")[2])
    for label in ("Import", "Cancel"):
        result = await click(community, message, label)
        assert "This import was cancelled, or is too long ago." in seen(result.response).text


@pytest.mark.parametrize("label", ["Import", "Cancel"])
async def test_who_is_no_moderator_any_more_imports_nothing(community: Community, bot: WaymarkBot, label: str) -> None:
    message = await send(community, PARKING)
    await demote(community)
    result = await click(community, message, label)
    assert answered(result).ephemeral
    assert "This is for moderators" in seen(result.response).text
    assert await drafts(community, bot) == {}
    waiting = await bot.store.imports.get(community.guild.id, custom_ids(message)[1].rpartition(":")[2])
    assert waiting.done is None


async def test_who_is_no_moderator_any_more_undoes_nothing(community: Community, bot: WaymarkBot) -> None:
    message = await import_now(community, PARKING)
    await demote(community)
    result = await click(community, message, "Undo this import")
    assert "This is for moderators" in seen(result.response).text
    assert len(await drafts(community, bot)) == 1


async def test_questions_during_an_import_are_answered_by_the_old_or_the_new_entries(
    community: Community, bot: WaymarkBot
) -> None:
    await fill(community, bot)
    more = "".join(f"## How is number {number} baked?\n\nWith flour number {number}.\n\n" for number in range(400))
    message = await send(community, f"{more}{CHANGES}")
    done = asyncio.Event()

    async def ask() -> list[str]:
        said: list[str] = []
        while not done.is_set():
            asked = await bot.ask(
                "house rules", server=community.guild.id, channel=1, member=2, at=discord.utils.utcnow()
            )
            said.append(asked.answer.matches[0].entry.answer)
        return said

    asking = asyncio.create_task(ask())
    await asyncio.sleep(0)
    await click(community, message, "Import")
    done.set()
    said = await asking
    assert said[0] == "Be kind."
    assert [text for text, following in pairwise(said) if text != following] in ([], ["Be kind."])
    assert await answer(bot, community, "house rules") == "Be kinder."
    assert len(said) > 3


async def test_while_the_database_is_away_nothing_is_lost(community: Community, bot: WaymarkBot) -> None:
    message = await send(community, PARKING)
    async with bot.store.database.writing() as session:
        await session.execute(text("ALTER TABLE community_versions RENAME TO away"))
    result = await click(community, message, "Import")
    assert "does not do its work just now" in seen(result.response).text
    assert seen(message).buttons == ("Import", "Cancel")
    async with bot.store.database.writing() as session:
        await session.execute(text("ALTER TABLE away RENAME TO community_versions"))
    await click(community, message, "Import")
    assert await answer(bot, community, "where may i park my bike") == "Behind the oven."
