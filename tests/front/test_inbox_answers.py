"""From a question in the inbox to an entry that answers it, and to those who wait for it."""

import pytest
from simcord.results import InteractionResult, ResponseMessage

from bot.front.client import WaymarkBot
from bot.knowledge.knowledge import key_of
from bot.knowledge.models import QUESTION_LIMIT
from tests.front.conftest import Community
from tests.front.filling import filled_in, send
from tests.front.reading import answered, option, seen
from tests.front.stock import RULES, add, demote, remove, rest, second_moderator
from tests.front.test_faq_inbox import asked, inbox
from tests.front.waiting import BIKE, BIKES, RACK, ask, minute, wait


async def pressed(community: Community, label: str) -> InteractionResult:
    """What a button of the inbox leads to."""
    return await community.moderator.click(await inbox(community), label=label)


async def publish(community: Community, preview: ResponseMessage) -> list[ResponseMessage]:
    """Publishes what is previewed; gives what the moderator is told besides that it is live."""
    assert "as members will see it" in seen(preview).text
    result = await community.moderator.click(preview, label="Publish")
    assert "### It is live" in seen(preview).text
    return list(result.followups)


async def left(bot: WaymarkBot, community: Community) -> set[str]:
    """What waits in the inbox."""
    return {one.text for one in await bot.store.inbox.questions(community.guild.id) if not one.dismissed}


async def test_the_form_is_filled_in_with_members_words(community: Community, bot: WaymarkBot) -> None:
    for text in (BIKES, BIKE, RACK):
        await asked(bot, community, text)
    form = filled_in(await pressed(community, "Write this entry"))
    assert form["question"] in {BIKES, BIKE}
    assert set(form["phrasings"].splitlines()) == {BIKES, BIKE, RACK}
    assert form["answer"] == ""


async def test_a_story_is_no_phrasing(community: Community, bot: WaymarkBot) -> None:
    await asked(bot, community, f"{BIKE} {'I ride far and I am tired. ' * 20}")
    form = filled_in(await pressed(community, "Write this entry"))
    assert len(form["question"]) <= QUESTION_LIMIT
    assert form["question"].endswith("…")
    assert form["phrasings"] == ""


async def test_a_question_that_is_put_more_clearly_keeps_members_words(community: Community, bot: WaymarkBot) -> None:
    await wait(community, community.newcomer, BIKE)
    shown = await pressed(community, "Write this entry")
    preview = answered(await send(community.moderator, shown, question="Is there a rack?", answer="Behind the oven."))
    (message,) = await publish(community, preview)
    assert "1 question in the inbox had just these words and is answered now; 1 person" in seen(message).text
    assert await left(bot, community) == set()


async def test_the_inbox_stays_while_an_entry_is_written(community: Community, bot: WaymarkBot) -> None:
    await asked(bot, community, BIKE)
    waiting = await inbox(community)
    shown = await community.moderator.click(waiting, label="Write this entry")
    preview = answered(await send(community.moderator, shown, answer="Behind the oven."))
    assert "as members will see it" in seen(preview).text
    assert BIKE in seen(waiting).text
    assert "Write this entry" in seen(waiting).buttons


async def test_writing_the_entry_answers_the_group_and_tells_who_waits(community: Community, bot: WaymarkBot) -> None:
    await wait(community, community.newcomer, BIKES)
    await wait(community, community.other, RACK)
    shown = await pressed(community, "Write this entry")
    preview = answered(await send(community.moderator, shown, answer="Behind the oven."))
    (message,) = await publish(community, preview)
    assert "2 questions in the inbox had just these words" in seen(message).text
    assert "2 people will be told within a minute" in seen(message).text
    await minute(community)
    for who, text in ((community.newcomer, BIKES), (community.other, RACK)):
        (told,) = who.user.dm_channel.history()
        assert f"asked: {text}" in seen(told).text
        assert "Behind the oven." in seen(told).text
    assert await left(bot, community) == set()


async def test_it_is_that_entry_offers_the_nearest_and_the_wordings(community: Community, bot: WaymarkBot) -> None:
    for text in (BIKES, RACK):
        await asked(bot, community, text)
    shown = await pressed(community, "It is that entry")
    assert shown.modal is not None
    parts = str(shown.modal)
    assert "How long does the apprenticeship take?" in parts
    assert "% sure" in parts
    assert BIKES in parts
    assert RACK in parts


async def test_the_ticked_wordings_become_phrasings_after_the_preview(community: Community, bot: WaymarkBot) -> None:
    await add(community, bot, RULES, "rules")
    for person, text in enumerate((BIKES, RACK), 1):
        number = await asked(bot, community, text, person)
        await bot.store.promises.promise(number, community.newcomer.id, community.channel.id)
    shown = await pressed(community, "It is that entry")
    result = await community.moderator.submit_modal(shown, {"search": "rules", "wordings": ["1"]})
    preview = answered(result)
    assert preview.ephemeral
    assert "Your edit of `rules`" in seen(preview).text
    await publish(community, preview)
    saved = await bot.store.entries.get(community.guild.id, "rules")
    assert saved is not None
    assert saved.draft.phrasings == (*RULES.phrasings, BIKES)
    await minute(community)
    (told,) = community.newcomer.user.dm_channel.history()
    assert "Be kind." in seen(told).text


async def test_the_guides_entry_takes_wordings_too(community: Community, bot: WaymarkBot) -> None:
    await asked(bot, community, BIKES)
    shown = await pressed(community, "It is that entry")
    result = await community.moderator.submit_modal(shown, {"search": "night", "wordings": ["1"]})
    await publish(community, answered(result))
    saved = await bot.store.entries.get(community.guild.id, "night")
    assert saved is not None
    assert saved.overrides
    assert saved.draft.phrasings == (BIKES,)
    assert await left(bot, community) == set()


async def test_without_a_wording_the_group_is_answered_at_once(community: Community, bot: WaymarkBot) -> None:
    await wait(community, community.newcomer, BIKES)
    shown = await pressed(community, "It is that entry")
    result = await community.moderator.submit_modal(shown, {"search": "Do bakers work at night?", "wordings": []})
    assert "1 question is answered by **Do bakers work at night?** now. 1 person" in seen(result.response).text
    await minute(community)
    assert "three in the morning" in seen(community.newcomer.user.dm_channel.last_message).text
    assert await left(bot, community) == set()
    assert await bot.store.entries.all(community.guild.id) == ()


async def test_one_of_the_nearest_can_be_chosen(community: Community, bot: WaymarkBot) -> None:
    await asked(bot, community, BIKES)
    shown = await pressed(community, "It is that entry")
    result = await community.moderator.submit_modal(shown, {"entry": [key_of("training")], "wordings": ["1"]})
    assert "Your edit of `training`" in seen(result.response).text


async def test_what_is_looked_for_can_be_picked_from_a_menu(community: Community, bot: WaymarkBot) -> None:
    await asked(bot, community, BIKES)
    shown = await pressed(community, "It is that entry")
    found = answered(await community.moderator.submit_modal(shown, {"search": "apprentice", "wordings": ["1"]}))
    assert "### Which one is it?" in seen(found).text
    menu, value = option(found, "How long does the apprenticeship take?")
    result = await community.moderator.select(found, [value], custom_id=menu)
    assert "Your edit of `training`" in seen(result.response).text


async def test_a_form_that_names_no_entry_is_told(community: Community, bot: WaymarkBot) -> None:
    await asked(bot, community, BIKES)
    shown = await pressed(community, "It is that entry")
    result = await community.moderator.submit_modal(shown, {"entry": [], "wordings": ["1"]})
    assert "No entry was named, so nothing was done." in seen(result.response).text
    assert await left(bot, community) == {BIKES}


async def test_a_proposed_phrasing_is_added_after_the_preview(community: Community, bot: WaymarkBot) -> None:
    await asked(bot, community, "dark hours?", chosen="night")
    preview = answered(await pressed(community, "Add as phrasing"))
    assert "Your edit of `night`" in seen(preview).text
    await publish(community, preview)
    assert "### The inbox is empty" in seen(await inbox(community)).text
    assert "three in the morning" in seen(await ask(community, community.newcomer, "dark hours?")).text


async def test_a_proposal_for_an_entry_that_is_gone_is_told(community: Community, bot: WaymarkBot) -> None:
    await add(community, bot, RULES, "rules")
    await asked(bot, community, "dark hours?", chosen="rules")
    message = await inbox(community)
    await remove(community, bot, "rules")
    result = await community.moderator.click(message, label="Add as phrasing")
    assert "does not wait in the inbox any more" in seen(result.response).text


@pytest.mark.parametrize("label", ["Write this entry", "It is that entry"])
async def test_two_moderators_at_one_question(community: Community, label: str) -> None:
    await ask(community, community.newcomer)
    second = second_moderator(community)
    mine, theirs = await inbox(community), answered(await second.slash(community.channel, "faq inbox"))
    await second.click(theirs, label="Not for us")
    result = await community.moderator.click(mine, label=label)
    assert "another moderator has seen to it" in seen(result.response).text


async def test_a_form_that_comes_back_too_late_changes_nothing(community: Community, bot: WaymarkBot) -> None:
    number = await asked(bot, community, BIKES)
    shown = await pressed(community, "It is that entry")
    await bot.store.inbox.answer(community.guild.id, "training", [number])
    result = await community.moderator.submit_modal(shown, {"search": "night", "wordings": ["1"]})
    assert "another moderator has seen to it" in seen(result.response).text
    assert await bot.store.entries.all(community.guild.id) == ()


async def test_after_a_restart_the_form_is_taken(community: Community, bot: WaymarkBot, next_bot: WaymarkBot) -> None:
    await asked(bot, community, BIKES)
    message = await inbox(community)
    shown = await community.moderator.click(message, label="It is that entry")
    await community.env.restart_bot(next_bot)
    result = await community.moderator.submit_modal(shown, {"search": "apprentice", "wordings": ["1"]})
    menu, value = option(result.response, "How long does the apprenticeship take?")
    picked = await community.moderator.select(answered(result), [value], custom_id=menu)
    assert "Your edit of `training`" in seen(picked.response).text
    await rest(community)
    assert (await community.moderator.click(message, label="Write this entry")).modal is not None


async def test_who_is_no_moderator_any_more_takes_no_entry(community: Community, bot: WaymarkBot) -> None:
    await asked(bot, community, BIKES)
    shown = await pressed(community, "It is that entry")
    open_form = await pressed(community, "It is that entry")
    found = answered(await community.moderator.submit_modal(shown, {"search": "apprentice", "wordings": ["1"]}))
    await demote(community)
    menu, value = option(found, "How long does the apprenticeship take?")
    for result in (
        await community.moderator.select(found, [value], custom_id=menu),
        await community.moderator.submit_modal(open_form, {"search": "night", "wordings": []}),
    ):
        assert "This is for moderators" in seen(result.response).text
    assert await left(bot, community) == {BIKES}


async def test_who_is_no_moderator_any_more_adds_no_phrasing(community: Community, bot: WaymarkBot) -> None:
    await asked(bot, community, "dark hours?", chosen="night")
    message = await inbox(community)
    await demote(community)
    result = await community.moderator.click(message, label="Add as phrasing")
    assert "This is for moderators" in seen(result.response).text
