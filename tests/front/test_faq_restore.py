"""`/faq restore`: out of the bin, back to earlier texts, and undoing either."""

import datetime as dt

import pytest
from simcord.results import ResponseMessage

from bot.front.client import WaymarkBot
from bot.knowledge.models import Entry
from bot.matching.coach import Coach
from bot.store.drafts import Draft
from bot.store.values import StoredEntry
from tests.front.conftest import Community
from tests.front.reading import answered, seen
from tests.front.stock import (
    KINDER,
    MEETING,
    NIGHT,
    RULES,
    add,
    answer,
    demote,
    edit,
    remove,
    rest,
    second_moderator,
    versions,
)


async def restore(community: Community, entry: str, version: int | None = None) -> ResponseMessage:
    options = {"version": version} if version else {}
    return answered(await community.moderator.slash(community.channel, "faq restore", entry=entry, **options))


async def test_what_lies_in_the_bin_comes_back_with_its_last_text(community: Community, bot: WaymarkBot) -> None:
    await add(community, bot, RULES, "rules")
    await edit(community, bot, KINDER, "rules")
    await remove(community, bot, "rules")
    message = await restore(community, "rules")
    assert message.ephemeral
    assert "Out of the bin." in seen(message).text
    assert "### What are the rules of this server?\nBe kinder.\n-# `rules` · version 4" in seen(message).text
    assert await answer(bot, community, RULES.question) == "Be kinder."


async def test_it_is_found_in_the_bin_by_its_question(community: Community, bot: WaymarkBot) -> None:
    await add(community, bot, RULES, "rules")
    await remove(community, bot, "rules")
    await restore(community, "what are the rules of this server?")
    assert await answer(bot, community, RULES.question) == "Be kind."


async def test_a_living_entry_goes_back_to_the_text_before(community: Community, bot: WaymarkBot) -> None:
    await add(community, bot, RULES, "rules")
    await edit(community, bot, KINDER, "rules")
    message = await restore(community, "rules")
    assert "Back at an earlier text." in seen(message).text
    assert await answer(bot, community, RULES.question) == "Be kind."


async def test_the_text_before_is_one_that_differs(community: Community, bot: WaymarkBot) -> None:
    await add(community, bot, RULES, "rules")
    await edit(community, bot, KINDER, "rules")
    await remove(community, bot, "rules")
    await restore(community, "rules")
    await restore(community, "rules")
    assert await versions(community, bot, "rules") == [
        ("restore", "Be kind."), ("restore", "Be kinder."), ("remove", "Be kinder."), ("edit", "Be kinder."),
        ("add", "Be kind."),
    ]  # fmt: skip


async def test_a_version_can_be_named(community: Community, bot: WaymarkBot) -> None:
    await add(community, bot, RULES, "rules")
    await edit(community, bot, KINDER, "rules")
    await edit(community, bot, MEETING, "rules")
    await restore(community, "rules", 1)
    assert await answer(bot, community, RULES.question) == "Be kind."


async def test_a_restored_text_can_be_undone_again_and_again(community: Community, bot: WaymarkBot) -> None:
    await add(community, bot, RULES, "rules")
    await edit(community, bot, KINDER, "rules")
    message = await restore(community, "rules")
    for expected in ("Be kinder.", "Be kind.", "Be kinder."):
        message = answered(await community.moderator.click(message, label="Undo"))
        assert await answer(bot, community, RULES.question) == expected


async def test_a_restored_entry_can_be_undone_again_and_again(community: Community, bot: WaymarkBot) -> None:
    await add(community, bot, RULES, "rules")
    await remove(community, bot, "rules")
    message = await restore(community, "rules")
    for expected in ("", "Be kind.", ""):
        message = answered(await community.moderator.click(message, label="Undo"))
        assert (await answer(bot, community, RULES.question) == "Be kind.") == bool(expected)


async def test_undo_works_after_a_restart(community: Community, bot: WaymarkBot, next_bot: WaymarkBot) -> None:
    await add(community, bot, RULES, "rules")
    await edit(community, bot, KINDER, "rules")
    message = await restore(community, "rules")
    await community.env.restart_bot(next_bot)
    await community.moderator.click(message, label="Undo")
    assert await answer(next_bot, community, RULES.question) == "Be kinder."


async def test_an_edit_of_the_guides_comes_back_in_its_place(community: Community, bot: WaymarkBot) -> None:
    await add(community, bot, NIGHT, "night")
    await remove(community, bot, "night")
    message = await restore(community, "night")
    assert await answer(bot, community, "Do bakers work at night?") == "Ask in #nights."
    undone = await community.moderator.click(message, label="Undo")
    assert "Members get the guide's own again" in seen(undone.response).text
    assert await answer(bot, community, "Do bakers work at night?") == "Most start at three in the morning."


@pytest.mark.parametrize(
    ("entry", "version", "told"),
    [
        ("rules", None, "`rules` has only ever said what it says now"),
        ("rules", 7, "`rules` has no version 7; its latest is version 1."),
        ("night", None, "`night` is as the guide has it, so there is nothing to restore."),
        ("night", 1, "`night` is as the guide has it, so there is nothing to restore."),
        ("sugar", None, "There is no entry `sugar`"),
    ],
)
async def test_what_cannot_be_restored_is_told_and_nothing_changed(
    community: Community, bot: WaymarkBot, entry: str, version: int | None, told: str
) -> None:
    await add(community, bot, RULES, "rules")
    message = await restore(community, entry, version)
    assert community.env.errors
    assert message.ephemeral
    assert told in seen(message).text
    assert await versions(community, bot, "rules") == [("add", "Be kind.")]


async def test_a_version_that_says_what_is_current_changes_nothing(community: Community, bot: WaymarkBot) -> None:
    await add(community, bot, RULES, "rules")
    message = await restore(community, "rules", 1)
    assert "`rules` says just that already" in seen(message).text
    assert await versions(community, bot, "rules") == [("add", "Be kind.")]


async def test_undoing_twice_is_told_and_changes_nothing_more(community: Community, bot: WaymarkBot) -> None:
    await add(community, bot, RULES, "rules")
    await edit(community, bot, KINDER, "rules")
    message = await restore(community, "rules")
    await community.moderator.click(message, label="Undo")
    result = await community.moderator.click(message, label="Undo")
    assert f"`rules` says just that already (restored by <@{community.moderator.id}>" in seen(result.response).text
    assert len(await versions(community, bot, "rules")) == 4


async def test_two_moderators_undo_the_same_removal(community: Community, bot: WaymarkBot) -> None:
    await add(community, bot, RULES, "rules")
    await remove(community, bot, "rules")
    second = second_moderator(community)
    shown = [
        answered(await one.slash(community.channel, "faq show", entry="rules")) for one in (community.moderator, second)
    ]
    await community.moderator.click(shown[0], label="Restore")
    result = await second.click(shown[1], label="Restore")
    assert f"`rules` says just that already (restored by <@{community.moderator.id}>" in seen(result.response).text
    assert len(await versions(community, bot, "rules")) == 3


async def test_what_another_saves_at_the_same_moment_is_kept_and_told(
    community: Community, bot: WaymarkBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    await add(community, bot, RULES, "rules")
    await edit(community, bot, KINDER, "rules")
    really = bot.store.entries.restore

    async def interrupted(server: int, entry_id: str, version: int, author: int) -> StoredEntry:
        await bot.store.entries.edit(server, entry_id, MEETING, 5, expected_version=2)
        return await really(server, entry_id, version, author)

    monkeypatch.setattr(bot.store.entries, "restore", interrupted)
    message = await restore(community, "rules")
    assert "Somebody else saved it at the same moment." in seen(message).text
    assert await versions(community, bot, "rules") == [
        ("restore", "Be kind."), ("edit", "On Mondays."), ("edit", "Be kinder."), ("add", "Be kind."),
    ]  # fmt: skip


async def test_an_undo_of_what_was_edited_since_asks_once_more(community: Community, bot: WaymarkBot) -> None:
    await add(community, bot, RULES, "rules")
    await remove(community, bot, "rules")
    message = await restore(community, "rules")
    await edit(community, bot, KINDER, "rules")
    told = await community.moderator.click(message, label="Undo")
    assert f"`rules` is at version 4 by now (edited by <@{community.other.id}>" in seen(told.response).text
    assert await answer(bot, community, RULES.question) == "Be kinder."
    await community.moderator.click(answered(told), label="Remove all the same")
    assert (await versions(community, bot, "rules"))[0] == ("remove", "Be kinder.")


async def test_an_old_button_of_an_entry_that_was_removed_since_says_where_it_lies(
    community: Community, bot: WaymarkBot
) -> None:
    await add(community, bot, RULES, "rules")
    await edit(community, bot, KINDER, "rules")
    message = await restore(community, "rules")
    await remove(community, bot, "rules")
    told = await community.moderator.click(message, label="Undo")
    assert "and lies in the bin. Your click changed nothing" in seen(told.response).text
    await community.moderator.click(answered(told), label="Restore version 2 all the same")
    assert await answer(bot, community, RULES.question) == "Be kinder."


async def test_what_is_gone_for_good_cannot_be_restored(community: Community, bot: WaymarkBot) -> None:
    await add(community, bot, RULES, "rules")
    removed = await remove(community, bot, "rules")
    message = answered(await community.moderator.slash(community.channel, "faq show", entry="rules"))
    await bot.store.entries.purge(removed.current.at + dt.timedelta(days=30))
    result = await community.moderator.click(message, label="Restore")
    assert "`rules` is not there any more: after 30 days in the bin" in seen(result.response).text


async def test_an_id_that_the_guide_took_meanwhile_is_not_hidden(community: Community, bot: WaymarkBot) -> None:
    await add(community, bot, RULES, "rules")
    await remove(community, bot, "rules")
    message = answered(await community.moderator.slash(community.channel, "faq show", entry="rules"))
    guide = Entry(id="rules", question="What are a baker's rules?", answer="Wash your hands.")
    await bot.coaches.refresh_all(Coach.knowing(bot.coaches.base.knowledge.with_community([guide])))
    result = await community.moderator.click(message, label="Restore")
    assert "The guide has an entry `rules` of its own by now" in seen(result.response).text
    assert await answer(bot, community, "What are a baker's rules?") == "Wash your hands."
    assert len(await versions(community, bot, "rules")) == 2


async def test_a_question_that_another_entry_took_meanwhile_is_told(community: Community, bot: WaymarkBot) -> None:
    await add(community, bot, RULES, "rules")
    await remove(community, bot, "rules")
    await add(community, bot, Draft(RULES.question, "Read #rules."), "a-new-one")
    message = await restore(community, "rules")
    assert f"Asked just so, members get `a-new-one` (**{RULES.question}**)." in seen(message).text


async def test_who_is_no_moderator_any_more_undoes_nothing(community: Community, bot: WaymarkBot) -> None:
    await add(community, bot, RULES, "rules")
    await edit(community, bot, KINDER, "rules")
    back = await restore(community, "rules")
    await remove(community, bot, "rules")
    out = await restore(community, "rules")
    await rest(community)
    await demote(community)
    for message in (back, out):
        result = await community.moderator.click(message, label="Undo")
        assert "This is for moderators" in seen(result.response).text
    assert len(await versions(community, bot, "rules")) == 5
