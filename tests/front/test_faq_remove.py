"""`/faq remove`: asked once, then in the bin, and back with one button."""

import discord
import pytest
from simcord.results import ResponseMessage

from bot.front.client import WaymarkBot
from bot.front.faq_remove import RemoveButton
from bot.front.layout import OFFER, TEXT_LIMIT, layout
from bot.knowledge.models import ANSWER_LIMIT
from bot.store.drafts import REASON_LIMIT, Draft
from bot.store.values import MissingEntryError, StoredEntry
from tests.front.conftest import Community
from tests.front.reading import Seen, answered, custom_ids, seen
from tests.front.stock import (
    KINDER,
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


async def asked(community: Community, entry: str, reason: str | None = None) -> ResponseMessage:
    options = {"reason": reason} if reason else {}
    return answered(await community.moderator.slash(community.channel, "faq remove", entry=entry, **options))


async def test_one_is_asked_privately_and_nothing_is_changed(community: Community, bot: WaymarkBot) -> None:
    await add(community, bot, RULES, "rules")
    message = await asked(community, "rules")
    assert message.ephemeral
    assert "### Remove this entry?\n**What are the rules of this server?**\nBe kind." in seen(message).text
    assert "lies in the bin for 30 days" in seen(message).text
    assert seen(message).buttons == ("Remove", "Cancel")
    assert await answer(bot, community, RULES.question) == "Be kind."


async def test_the_questions_that_lose_their_answer_are_told(community: Community, bot: WaymarkBot) -> None:
    await add(community, bot, RULES, "rules")
    await community.newcomer.slash(community.channel, "ask", question="tell me the rules of this server")
    text = seen(await asked(community, "rules")).text
    assert "- 3 questions that members may ask are not answered any more." in text
    assert "“what may I do here”" in text
    assert "“tell me the rules of this server”" in text


async def test_remove_puts_it_into_the_bin_with_its_reason(community: Community, bot: WaymarkBot) -> None:
    await add(community, bot, RULES, "rules")
    reason = "not *true* any more, says <@1>"
    message = await asked(community, "rules", reason)
    assert "Reason: not \\*true\\* any more, says \\<@1>" in seen(message).text
    await community.moderator.click(message, label="Remove")
    (binned,) = await bot.store.entries.bin(community.guild.id, bot.store.clock())
    current = binned.entry.current
    assert (binned.entry.id, current.author, current.reason) == ("rules", community.moderator.id, reason)
    assert f"`rules` lies in the bin until <t:{int(binned.until.timestamp())}:f>" in seen(message).text
    assert await answer(bot, community, RULES.question) != "Be kind."


async def test_undo_brings_it_back_at_once(community: Community, bot: WaymarkBot) -> None:
    await add(community, bot, RULES, "rules")
    message = await asked(community, "rules")
    await community.moderator.click(message, label="Remove")
    assert seen(message).buttons == ("Undo",)
    result = await community.moderator.click(message, label="Undo")
    assert "Out of the bin." in seen(result.response).text
    assert await answer(bot, community, RULES.question) == "Be kind."


async def test_cancel_leaves_it_where_it_is(community: Community, bot: WaymarkBot) -> None:
    await add(community, bot, RULES, "rules")
    message = await asked(community, "rules")
    await community.moderator.click(message, label="Cancel")
    assert seen(message) == Seen("Nothing was changed; `rules` stays.", (), ())
    assert await versions(community, bot, "rules") == [("add", "Be kind.")]


async def test_everything_works_after_restarts(community: Community, bot: WaymarkBot, next_bot: WaymarkBot) -> None:
    await add(community, bot, RULES, "rules")
    message = await asked(community, "rules", "old")
    await community.env.restart_bot(next_bot)
    await community.moderator.click(message, label="Remove")
    assert [action for action, _ in await versions(community, next_bot, "rules")] == ["remove", "add"]
    await community.moderator.click(message, label="Undo")
    assert await answer(next_bot, community, RULES.question) == "Be kind."


async def test_a_base_entry_cannot_be_removed(community: Community) -> None:
    message = await asked(community, "median-pay")
    assert community.env.errors
    assert "`median-pay` is part of the guide" in seen(message).text
    assert "with `/faq edit` it says what is right for this server" in seen(message).text


async def test_removing_an_edit_of_the_guides_gives_the_guides_own_back(community: Community, bot: WaymarkBot) -> None:
    await add(community, bot, NIGHT, "night")
    message = await asked(community, "night")
    assert "### Take back this edit of the guide's entry?" in seen(message).text
    assert "Members then get the guide's own again" in seen(message).text
    await community.moderator.click(message, label="Remove")
    assert "Members get the guide's own again" in seen(message).text
    assert await answer(bot, community, "Do bakers work at night?") == "Most start at three in the morning."
    await community.moderator.click(message, label="Undo")
    assert await answer(bot, community, "Do bakers work at night?") == "Ask in #nights."


async def test_an_edit_that_was_taken_back_is_in_the_bin_already(community: Community, bot: WaymarkBot) -> None:
    await add(community, bot, NIGHT, "night")
    await remove(community, bot, "night")
    assert "`night` lies in the bin already" in seen(await asked(community, "night")).text


async def test_what_lies_in_the_bin_already_is_told_with_the_way_back(community: Community, bot: WaymarkBot) -> None:
    await add(community, bot, RULES, "rules")
    await remove(community, bot, "rules")
    message = await asked(community, RULES.question)
    assert f"`rules` lies in the bin already (removed by <@{community.other.id}>" in seen(message).text
    assert seen(message).buttons == ("Restore",)
    assert len(await versions(community, bot, "rules")) == 2


async def test_two_moderators_remove_the_same_entry(community: Community, bot: WaymarkBot) -> None:
    await add(community, bot, RULES, "rules")
    second = second_moderator(community)
    first = await asked(community, "rules")
    other = answered(await second.slash(community.channel, "faq remove", entry="rules"))
    await community.moderator.click(first, label="Remove")
    await second.click(other, label="Remove")
    assert f"`rules` lies in the bin already (removed by <@{community.moderator.id}>" in seen(other).text
    assert len(await versions(community, bot, "rules")) == 2


async def test_two_who_press_at_the_same_moment_remove_it_once(
    community: Community, bot: WaymarkBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    await add(community, bot, RULES, "rules")
    really = bot.store.entries.remove

    async def overtaken(server: int, entry_id: str, author: int, *, reason: str | None = None) -> StoredEntry:
        await really(server, entry_id, 5)
        return await really(server, entry_id, author, reason=reason)

    monkeypatch.setattr(bot.store.entries, "remove", overtaken)
    message = await asked(community, "rules")
    result = await community.moderator.click(message, label="Remove")
    assert "There is no entry `rules`, or it was removed meanwhile. Nothing was changed." in seen(result.response).text
    assert len(await versions(community, bot, "rules")) == 2


def key_of(message: ResponseMessage) -> str:
    """Under which what was asked waits."""
    return custom_ids(message)[0].removeprefix("wm:faq-remove:")


async def test_what_another_saves_at_the_same_moment_goes_along_and_is_told(
    community: Community, bot: WaymarkBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    await add(community, bot, RULES, "rules")
    really = bot.store.entries.remove

    async def interrupted(server: int, entry_id: str, author: int, *, reason: str | None = None) -> StoredEntry:
        await bot.store.entries.edit(server, entry_id, KINDER, 5, expected_version=1)
        return await really(server, entry_id, author, reason=reason)

    monkeypatch.setattr(bot.store.entries, "remove", interrupted)
    message = await asked(community, "rules")
    await community.moderator.click(message, label="Remove")
    assert "Somebody else saved it at the same moment." in seen(message).text
    assert [text for _, text in await versions(community, bot, "rules")] == ["Be kinder.", "Be kinder.", "Be kind."]


@pytest.mark.parametrize("label", ["Remove", "Cancel"])
async def test_once_it_is_answered_nothing_waits(community: Community, bot: WaymarkBot, label: str) -> None:
    await add(community, bot, RULES, "rules")
    message = await asked(community, "rules")
    key = key_of(message)
    await bot.store.pending.get(key)
    await community.moderator.click(message, label=label)
    with pytest.raises(MissingEntryError):
        await bot.store.pending.get(key)


@pytest.mark.parametrize("label", ["Remove", "Cancel"])
async def test_a_question_that_waited_too_long_is_told(community: Community, bot: WaymarkBot, label: str) -> None:
    await add(community, bot, RULES, "rules")
    message = await asked(community, "rules")
    await bot.store.pending.cancel(key_of(message))
    result = await community.moderator.click(message, label=label)
    assert "This was done or cancelled already, or waited longer than a day." in seen(result.response).text
    assert await answer(bot, community, RULES.question) == "Be kind."


async def test_what_another_edited_meanwhile_is_asked_about_once_more(community: Community, bot: WaymarkBot) -> None:
    await add(community, bot, RULES, "rules")
    message = await asked(community, "rules", "too kind")
    await edit(community, bot, KINDER, "rules")
    await community.moderator.click(message, label="Remove")
    text = seen(message).text
    assert text.startswith(f"It was changed while you looked (edited by <@{community.other.id}>")
    assert "Be kinder." in text
    assert "Reason: too kind" in text
    await community.moderator.click(message, label="Remove")
    assert (await versions(community, bot, "rules"))[0] == ("remove", "Be kinder.")


@pytest.mark.parametrize("label", ["Remove", "Cancel"])
async def test_who_is_no_moderator_any_more_removes_nothing(community: Community, bot: WaymarkBot, label: str) -> None:
    await add(community, bot, RULES, "rules")
    message = await asked(community, "rules")
    await demote(community)
    result = await community.moderator.click(message, label=label)
    assert "This is for moderators" in seen(result.response).text
    assert await versions(community, bot, "rules") == [("add", "Be kind.")]


async def test_who_is_no_moderator_any_more_undoes_no_removal(community: Community, bot: WaymarkBot) -> None:
    await add(community, bot, RULES, "rules")
    message = await asked(community, "rules")
    await community.moderator.click(message, label="Remove")
    await demote(community)
    result = await community.moderator.click(message, label="Undo")
    assert "This is for moderators" in seen(result.response).text
    assert len(await versions(community, bot, "rules")) == 2


async def test_what_was_asked_in_another_server_removes_nothing(community: Community, bot: WaymarkBot) -> None:
    await add(community, bot, RULES, "rules")
    elsewhere = await bot.store.pending.keep(1, RULES, 2, entry_id="rules", expected_version=1)
    channel = bot.get_channel(community.channel.id)
    assert isinstance(channel, discord.TextChannel)
    message = await channel.send(view=layout(OFFER, RemoveButton(elsewhere.key)))
    result = await community.moderator.click(message, label="Remove")
    assert "This was done or cancelled already" in seen(result.response).text
    assert await versions(community, bot, "rules") == [("add", "Be kind.")]


async def test_the_largest_entry_and_the_longest_reason_fit(community: Community, bot: WaymarkBot) -> None:
    draft = Draft("`" * 150 + " a", "*" * ANSWER_LIMIT, tuple(f"{'_' * 150} {number}" for number in range(50)))
    await add(community, bot, draft, "a" * 60)
    message = await asked(community, "a" * 60, "~" * REASON_LIMIT)
    assert len(seen(message).text) <= TEXT_LIMIT
    await rest(community)
    await community.moderator.click(message, label="Remove")
    (binned,) = await bot.store.entries.bin(community.guild.id, bot.store.clock())
    assert binned.entry.current.reason == "~" * REASON_LIMIT
