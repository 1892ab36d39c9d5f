"""Publishing: live at once, once only, for moderators only, and never over what nobody has seen."""

import asyncio

import pytest
from simcord.results import ResponseMessage

from bot.front.client import WaymarkBot
from bot.front.faq_publish import publish
from bot.store.drafts import Draft
from bot.store.server_settings import ServerSettings
from bot.store.values import MissingEntryError, StoredEntry
from tests.front.conftest import Community
from tests.front.filling import add, ask, edit, send
from tests.front.reading import answered, custom_ids, seen
from tests.front.stock import KINDER, NIGHT, RULES, demote, remove
from tests.front.stock import add as stored
from tests.front.stock import edit as edited

PARKING = "Where may I park my bike?"


async def click(community: Community, preview: ResponseMessage, label: str) -> str:
    """Presses a button of the moderator's preview; gives what that says then."""
    await community.moderator.click(preview, label=label)
    return seen(preview).text


async def test_an_added_entry_answers_the_next_question(community: Community) -> None:
    text = await click(community, await add(community, PARKING, "Behind the oven.", "bike rack"), "Publish")
    assert "### It is live" in text
    assert "Version 1 of `where-may-i-park-my-bike`" in text
    for question in (PARKING, "bike rack"):
        assert f"### {PARKING}\nBehind the oven." in seen(await ask(community, question)).text


async def test_the_author_is_kept_and_no_name(community: Community, bot: WaymarkBot) -> None:
    await click(community, await add(community, PARKING), "Publish")
    (saved,) = await bot.store.entries.all(community.guild.id)
    assert saved.current.author == community.moderator.id


async def test_an_edit_of_an_own_entry_is_its_next_version(community: Community, bot: WaymarkBot) -> None:
    await stored(community, bot, RULES, "rules")
    assert "Version 2 of `rules`" in await click(
        community, await edit(community, "rules", answer="Be kinder."), "Publish"
    )
    assert "Be kinder." in seen(await ask(community, RULES.question)).text
    assert "Be kinder." in seen(await ask(community, "house rules")).text


async def test_an_edit_of_the_guides_entry_stands_in_its_place(community: Community, bot: WaymarkBot) -> None:
    preview = await edit(community, "night", answer="At two.")
    assert "Your edit of `night`" in seen(preview).text
    assert "the guide's own text comes back with `/faq remove`" in await click(community, preview, "Publish")
    assert "At two." in seen(await ask(community, "Do bakers work at night?")).text
    saved = await bot.store.entries.get(community.guild.id, "night")
    assert saved is not None
    assert saved.overrides


async def test_an_edit_of_the_guides_entry_keeps_its_wordings_its_source_and_its_theme(
    community: Community, bot: WaymarkBot
) -> None:
    await click(community, await edit(community, "night", answer="At two."), "Publish")
    text = seen(await ask(community, "working hours")).text
    assert "At two." in text
    assert "-# Source: Bakers' union" in text
    themes = (await bot.coaches.of(community.guild.id)).knowledge.themes()
    assert "night" in [entry.id for theme in themes if theme.id == "work" for entry in theme.entries]


async def test_a_second_edit_of_the_guides_entry_begins_from_the_first(community: Community, bot: WaymarkBot) -> None:
    await click(community, await edit(community, "night", answer="At two."), "Publish")
    assert "Version 2 of `night`" in await click(
        community, await edit(community, "night", phrasings="night shift"), "Publish"
    )
    saved = await bot.store.entries.get(community.guild.id, "night")
    assert saved is not None
    assert (saved.draft.answer, saved.draft.phrasings) == ("At two.", ("night shift",))


async def test_other_servers_do_not_get_it(community: Community, bot: WaymarkBot) -> None:
    await click(community, await add(community, PARKING, "Behind the oven."), "Publish")
    assert not (await bot.coaches.of(1)).knowledge.entry("where-may-i-park-my-bike")


def key_of_draft(preview: ResponseMessage) -> str:
    """The key of the text that waits."""
    return next(one for one in custom_ids(preview) if one.startswith("wm:faq-publish:")).split(":")[2]


async def test_two_clicks_at_once_publish_once(community: Community, bot: WaymarkBot) -> None:
    key = key_of_draft(await add(community, PARKING))
    clicks = (publish(bot, key, community.moderator.id, "") for _ in range(2))
    first, second = sorted(await asyncio.gather(*clicks, return_exceptions=True), key=lambda one: type(one).__name__)
    assert (type(first), type(second)) == (MissingEntryError, StoredEntry)
    assert len(await bot.store.entries.all(community.guild.id)) == 1


async def test_a_second_click_is_told_kindly(community: Community, bot: WaymarkBot) -> None:
    preview = await add(community, PARKING)
    await publish(bot, key_of_draft(preview), community.moderator.id, "")
    result = await community.moderator.click(preview, label="Publish")
    assert answered(result).ephemeral
    assert "published or cancelled already" in seen(result.response).text
    assert len(await bot.store.entries.all(community.guild.id)) == 1


async def test_after_a_restart_the_preview_is_published(community: Community, next_bot: WaymarkBot) -> None:
    preview = await add(community, PARKING, "Behind the oven.")
    await community.env.restart_bot(next_bot)
    assert "### It is live" in await click(community, preview, "Publish")
    assert "Behind the oven." in seen(await ask(community, PARKING)).text


async def test_a_form_that_was_open_during_a_restart_is_taken(community: Community, next_bot: WaymarkBot) -> None:
    shown = await community.moderator.slash(community.channel, "faq add")
    await community.env.restart_bot(next_bot)
    preview = answered(await send(community.moderator, shown, question=PARKING, answer="Behind the oven."))
    assert "### It is live" in await click(community, preview, "Publish")


async def test_an_entry_that_loses_its_own_question_wants_a_confirmation(community: Community, bot: WaymarkBot) -> None:
    preview = await add(community, "Do bakers work at night?", "At two.")
    text = await click(community, preview, "Publish")
    lost = "- `night` would lose its own question “Do bakers work at night?” to your entry."
    assert f"### Publish all the same?\n{lost}\n\nNothing is published yet." in text
    assert seen(preview).buttons == ("Publish anyway", "Back")
    assert await bot.store.entries.all(community.guild.id) == ()
    assert "### It is live" in await click(community, preview, "Publish anyway")
    assert "At two." in seen(await ask(community, "Do bakers work at night?")).text


async def test_it_is_confirmed_after_a_restart(community: Community, next_bot: WaymarkBot) -> None:
    preview = await add(community, "Do bakers work at night?", "At two.")
    await click(community, preview, "Publish")
    await community.env.restart_bot(next_bot)
    assert "### It is live" in await click(community, preview, "Publish anyway")


async def test_back_from_the_confirmation_leads_to_the_preview(community: Community) -> None:
    preview = await add(community, "Do bakers work at night?", "At two.")
    await click(community, preview, "Publish")
    assert "as members will see it" in await click(community, preview, "Back")
    assert "Publish" in seen(preview).buttons


async def test_an_old_preview_cannot_skip_the_confirmation(community: Community, bot: WaymarkBot) -> None:
    preview = await add(community, PARKING)
    await stored(community, bot, Draft(PARKING, "In front."), "parking")
    text = await click(community, preview, "Publish")
    assert "- Your entry would not be found by its own question: `parking` answers it." in text
    assert len(await bot.store.entries.all(community.guild.id)) == 1


async def test_a_confirmation_holds_for_what_it_told_only(community: Community, bot: WaymarkBot) -> None:
    await stored(community, bot, RULES, "rules")
    preview = await edit(community, "rules", phrasings="Do bakers work at night?\nWhat may I bring?")
    await click(community, preview, "Publish")
    await stored(community, bot, Draft("What may I bring?", "Bread."), "what-may-i-bring")
    assert "### Publish all the same?" in await click(community, preview, "Publish anyway")
    assert "### It is live" in await click(community, preview, "Publish anyway")


async def test_two_moderators_at_one_entry_are_shown_both_texts(community: Community, bot: WaymarkBot) -> None:
    await stored(community, bot, RULES, "rules")
    preview = await edit(community, "rules", answer="Be loud.")
    await edited(community, bot, KINDER, "rules")
    text = await click(community, preview, "Publish")
    assert "### Somebody else was faster" in text
    assert f"<@{community.other.id}>" in text
    assert text.index("**Yours**") < text.index("Be loud.") < text.index("**What stands now** (version 2)")
    assert "Be kinder." in text
    assert "Also asked: house rules, what is allowed" in text
    assert "`+` answer: Be loud." in text
    assert seen(preview).buttons == ("Publish mine all the same", "Change", "Cancel")
    assert "Be kinder." in seen(await ask(community, RULES.question)).text


async def test_mine_is_published_over_what_was_shown(community: Community, bot: WaymarkBot) -> None:
    await stored(community, bot, RULES, "rules")
    preview = await edit(community, "rules", answer="Be loud.")
    await edited(community, bot, KINDER, "rules")
    await click(community, preview, "Publish")
    assert "Version 3 of `rules`" in await click(community, preview, "Publish mine all the same")
    assert "Be loud." in seen(await ask(community, RULES.question)).text


async def test_mine_is_not_published_over_what_was_not_shown(community: Community, bot: WaymarkBot) -> None:
    await stored(community, bot, RULES, "rules")
    preview = await edit(community, "rules", answer="Be loud.")
    await edited(community, bot, KINDER, "rules")
    await click(community, preview, "Publish")
    await edited(community, bot, RULES, "rules")
    text = await click(community, preview, "Publish mine all the same")
    assert "### Somebody else was faster" in text
    assert "**What stands now** (version 3)" in text
    saved = await bot.store.entries.get(community.guild.id, "rules")
    assert saved is not None
    assert saved.draft == RULES


async def test_two_first_edits_of_the_guides_entry_are_shown_both(community: Community, bot: WaymarkBot) -> None:
    preview = await edit(community, "night", answer="At two.")
    await stored(community, bot, NIGHT, "night")
    assert "Ask in #nights." in await click(community, preview, "Publish")
    assert "Version 2 of `night`" in await click(community, preview, "Publish mine all the same")


async def test_mine_is_published_after_a_restart(community: Community, bot: WaymarkBot, next_bot: WaymarkBot) -> None:
    await stored(community, bot, RULES, "rules")
    preview = await edit(community, "rules", answer="Be loud.")
    await edited(community, bot, KINDER, "rules")
    await click(community, preview, "Publish")
    await community.env.restart_bot(next_bot)
    assert "Version 3 of `rules`" in await click(community, preview, "Publish mine all the same")


async def test_an_entry_removed_meanwhile_is_told_and_the_text_waits(community: Community, bot: WaymarkBot) -> None:
    await stored(community, bot, RULES, "rules")
    preview = await edit(community, "rules", answer="Be loud.")
    await remove(community, bot, "rules")
    result = await community.moderator.click(preview, label="Publish")
    assert "`rules` was removed while you wrote" in seen(result.response).text
    await bot.store.entries.restore(community.guild.id, "rules", 1, community.other.id)
    await click(community, preview, "Publish")
    assert "Version 4 of `rules`" in await click(community, preview, "Publish mine all the same")


async def test_it_is_shown_to_everyone_on_request(community: Community) -> None:
    preview = await add(community, PARKING, "Behind the oven.")
    await click(community, preview, "Publish")
    result = await community.moderator.click(preview, label="Show it to everyone")
    assert not answered(result).ephemeral
    assert f"### {PARKING}\nBehind the oven." in seen(result.response).text


@pytest.mark.parametrize("label", ["Publish", "Change", "Cancel", "Correct that one instead"])
async def test_who_is_no_moderator_any_more_gets_no_further_than_the_preview(
    community: Community, bot: WaymarkBot, label: str
) -> None:
    preview = await add(community, "Do bakers work at night", "At two.")
    await demote(community)
    result = await community.moderator.click(preview, label=label)
    assert answered(result).ephemeral
    assert "This is for moderators" in seen(result.response).text
    assert await bot.store.entries.all(community.guild.id) == ()
    assert (await bot.store.pending.get(key_of_draft(preview))).draft.answer == "At two."


@pytest.mark.parametrize("label", ["Publish anyway", "Back"])
async def test_who_is_no_moderator_any_more_confirms_nothing(community: Community, bot: WaymarkBot, label: str) -> None:
    preview = await add(community, "Do bakers work at night?", "At two.")
    await click(community, preview, "Publish")
    await demote(community)
    result = await community.moderator.click(preview, label=label)
    assert "This is for moderators" in seen(result.response).text
    assert await bot.store.entries.all(community.guild.id) == ()


async def test_who_is_no_moderator_any_more_overwrites_nothing(community: Community, bot: WaymarkBot) -> None:
    await stored(community, bot, RULES, "rules")
    preview = await edit(community, "rules", answer="Be loud.")
    await edited(community, bot, KINDER, "rules")
    await click(community, preview, "Publish")
    await demote(community)
    result = await community.moderator.click(preview, label="Publish mine all the same")
    assert "This is for moderators" in seen(result.response).text
    saved = await bot.store.entries.get(community.guild.id, "rules")
    assert saved is not None
    assert saved.version == 2


async def test_who_is_no_moderator_any_more_shows_nothing_to_everyone(community: Community) -> None:
    preview = await add(community, PARKING)
    await click(community, preview, "Publish")
    await demote(community)
    result = await community.moderator.click(preview, label="Show it to everyone")
    assert answered(result).ephemeral
    assert "This is for moderators" in seen(result.response).text


async def test_the_moderator_role_of_the_server_lets_in(community: Community, bot: WaymarkBot) -> None:
    role = community.guild.create_role("Keepers")
    keeper = community.guild.add_member(community.env.create_user("keeper"), roles=[role])
    await bot.store.settings.put(community.guild.id, ServerSettings(moderator_role=role.id))
    (command,) = [command for command in bot.synced if command.name == "faq"]
    community.guild.set_command_permissions(command, {role: True})
    shown = await keeper.slash(community.channel, "faq add")
    preview = answered(await send(keeper, shown, question=PARKING, answer="Behind the oven."))
    await keeper.click(preview, label="Publish")
    assert "### It is live" in seen(preview).text
