"""What can be done with a text that waits: change it, correct another entry instead, let it go."""

import pytest
from simcord.results import ResponseMessage

from bot.front.client import WaymarkBot
from bot.knowledge.knowledge import Knowledge
from bot.matching.coach import Coach
from tests.front.conftest import Community
from tests.front.filling import add, edit, filled_in, send
from tests.front.reading import answered, seen
from tests.front.stock import RULES, demote
from tests.front.stock import add as stored

PARKING = "Where may I park my bike?"


async def near(community: Community) -> ResponseMessage:
    """The preview of an entry that the guide has already, under a new wording."""
    return await add(community, "working hours of bakers", "At two.", "working hours")


async def correct(community: Community, preview: ResponseMessage) -> dict[str, str]:
    """Presses the button; gives what the form begins with."""
    return filled_in(await community.moderator.click(preview, label="Correct that one instead"))


async def test_the_text_is_changed_after_a_restart(community: Community, next_bot: WaymarkBot) -> None:
    preview = await add(community, PARKING, "Behind the oven.", "bike rack")
    await community.env.restart_bot(next_bot)
    shown = await community.moderator.click(preview, label="Change")
    assert filled_in(shown) == {"question": PARKING, "answer": "Behind the oven.", "phrasings": "bike rack"}


async def test_a_changed_edit_stays_an_edit_of_the_same_version(community: Community, bot: WaymarkBot) -> None:
    await stored(community, bot, RULES, "rules")
    preview = await edit(community, "rules", answer="Be loud.")
    shown = await community.moderator.click(preview, label="Change")
    await send(community.moderator, shown, answer="Be quiet.")
    await community.moderator.click(preview, label="Publish")
    assert "Version 2 of `rules`" in seen(preview).text


async def test_the_other_entry_is_corrected_with_the_new_wording(community: Community) -> None:
    preview = await near(community)
    assert await correct(community, preview) == {
        "question": "Do bakers work at night?", "answer": "Most start at three in the morning.",
        "phrasings": "working hours",
    }  # fmt: skip


async def test_an_own_entry_is_corrected_with_all_its_phrasings(community: Community, bot: WaymarkBot) -> None:
    await stored(community, bot, RULES, "rules")
    preview = await add(community, "rules of this server", phrasings="rules of the server")
    found = await correct(community, preview)
    assert found["phrasings"].splitlines()[1:] == list(RULES.phrasings)
    assert found["answer"] == RULES.answer


async def test_a_correction_takes_the_place_of_the_new_entry(community: Community, bot: WaymarkBot) -> None:
    preview = await near(community)
    shown = await community.moderator.click(preview, label="Correct that one instead")
    await send(community.moderator, shown, answer="At two, some at three.")
    assert "Your edit of `night`" in seen(preview).text
    await community.moderator.click(preview, label="Publish")
    assert [one.id for one in await bot.store.entries.all(community.guild.id)] == ["night"]


async def test_a_correction_is_offered_after_a_restart(community: Community, next_bot: WaymarkBot) -> None:
    preview = await near(community)
    await community.env.restart_bot(next_bot)
    assert (await correct(community, preview))["question"] == "Do bakers work at night?"


async def test_an_entry_to_correct_that_is_gone_is_told(community: Community, bot: WaymarkBot) -> None:
    preview = await near(community)
    bot.coaches.base = Coach.knowing(Knowledge())
    result = await community.moderator.click(preview, label="Correct that one instead")
    assert "no longer in the guide" in seen(result.response).text


async def test_a_cancelled_text_is_gone(community: Community, bot: WaymarkBot) -> None:
    preview = await add(community, PARKING)
    await community.moderator.click(preview, label="Cancel")
    assert seen(preview).text == "Nothing was published, and your text is gone."
    assert seen(preview).buttons == ()
    assert await bot.store.entries.all(community.guild.id) == ()


async def test_a_text_is_cancelled_after_a_restart(community: Community, next_bot: WaymarkBot) -> None:
    preview = await add(community, PARKING)
    await community.env.restart_bot(next_bot)
    await community.moderator.click(preview, label="Cancel")
    assert seen(preview).text == "Nothing was published, and your text is gone."


@pytest.mark.parametrize("label", ["Publish", "Change", "Cancel"])
async def test_a_text_that_waited_too_long_is_told(community: Community, bot: WaymarkBot, label: str) -> None:
    preview = await add(community, PARKING)
    assert await bot.store.pending.forget(community.moderator.id) == 1
    result = await community.moderator.click(preview, label=label)
    assert answered(result).ephemeral
    assert "waited longer than a day" in seen(result.response).text


@pytest.mark.parametrize("label", ["See it whole", "Show the preview"])
async def test_who_is_no_moderator_any_more_sees_no_more(
    community: Community, monkeypatch: pytest.MonkeyPatch, label: str
) -> None:
    monkeypatch.setattr("bot.front.faq_preview.TEXT_LIMIT", 1)
    if label == "Show the preview":
        monkeypatch.setattr("bot.front.faq_preview.changes_text", None)
    preview = await add(community, PARKING)
    await demote(community)
    result = await community.moderator.click(preview, label=label)
    assert answered(result).ephemeral
    assert "This is for moderators" in seen(result.response).text
