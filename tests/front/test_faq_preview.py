"""The preview of an entry: what members will see, what changes for them, and what there is when it cannot be made."""

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest

from bot.front.client import WaymarkBot
from bot.front.faq_changes import NAMED_LIMIT
from bot.front.faq_progress import Progress
from bot.front.faq_trial import Trial, tried
from bot.front.layout import TEXT_LIMIT
from bot.knowledge.models import ANSWER_LIMIT
from bot.store.pending import Pending
from tests.front.conftest import Community
from tests.front.filling import add, ask, edit, filled_in, send
from tests.front.reading import answered, seen
from tests.front.stock import RULES, demote
from tests.front.stock import add as stored

PARKING = "Where may I park my bike?"
#: What could break out of a message, notify people, or look like another message.
HOSTILE = "@everyone <@1> <@&2> [x](javascript:alert(1)) ``` \N{RIGHT-TO-LEFT OVERRIDE} # park '); DROP TABLE x; --"


@contextmanager
def away(bot: WaymarkBot) -> Iterator[None]:
    """While this lasts, no form can be kept."""

    def rename(before: str, after: str) -> None:
        with closing(sqlite3.connect(str(bot.store.database.file))) as connection:
            connection.execute(f"ALTER TABLE {before} RENAME TO {after}")

    rename("pending_drafts", "away")
    try:
        yield
    finally:
        rename("away", "pending_drafts")


async def test_the_preview_is_private_and_shows_the_entry_as_members_will_see_it(community: Community) -> None:
    preview = await add(community, PARKING, "Behind the **oven**.")
    assert preview.ephemeral
    text = seen(preview).text
    assert "Your new entry, as members will see it." in text
    assert f"### {PARKING}\nBehind the **oven**." in text


async def test_the_preview_has_the_buttons_that_lead_on(community: Community) -> None:
    assert seen(await add(community, PARKING)).buttons == ("Publish", "Change", "Cancel")


async def test_figures_are_filled_in_as_members_will_see_them(community: Community) -> None:
    preview = await edit(community, "median-pay", answer="About {median_pay}.")
    assert "About $30,000." in seen(preview).text


async def test_nothing_is_live_before_it_is_published(community: Community, bot: WaymarkBot) -> None:
    await add(community, PARKING, "Behind the oven.")
    assert "Behind the oven" not in seen(await ask(community, PARKING)).text
    assert await bot.store.entries.all(community.guild.id) == ()


async def test_the_preview_tells_what_changes_and_for_which_questions(community: Community) -> None:
    text = seen(await add(community, PARKING, phrasings="bike rack")).text
    assert "**What changes for members**\n- 2 questions that had no sure answer are then answered." in text
    assert f"-# Now answered: “{PARKING}”, “bike rack”" in text


async def test_the_preview_tries_what_members_asked(community: Community) -> None:
    await ask(community, "bike rack near the bakery please")
    text = seen(await add(community, PARKING, phrasings="bike rack near the bakery")).text
    assert "bike rack near the bakery please" in text


async def test_an_edit_that_takes_a_wording_away_tells_what_is_lost(community: Community, bot: WaymarkBot) -> None:
    await stored(community, bot, RULES, "rules")
    text = seen(await edit(community, "rules", phrasings="house rules")).text
    assert "Your edit of `rules`" in text
    assert "what may I do here" in text


async def test_an_entry_that_is_there_already_is_offered_to_be_corrected(community: Community) -> None:
    preview = await add(community, "working hours of bakers", phrasings="working hours")
    assert "'Do bakers work at night?' answers 'working hours' today. Correct that one instead?" in seen(preview).text
    assert seen(preview).buttons == ("Correct that one instead", "Publish", "Change", "Cancel")


async def test_several_near_entries_are_told_apart(community: Community) -> None:
    preview = await add(community, "working hours", phrasings="baker salary\nyears of training")
    first, *others = seen(preview).buttons[:3]
    assert first == "Correct that one instead"
    assert all(text.startswith("Correct “") for text in others)


async def test_an_entry_too_long_for_its_preview_can_be_seen_whole(community: Community) -> None:
    answer = f"{'long ' * ((ANSWER_LIMIT - 10) // 5)}the end."
    preview = await add(
        community, f"{PARKING} {'oh ' * 55}", answer, "bike rack\nwhere to leave my bicycle while I am baking"
    )
    assert len(seen(preview).text) <= TEXT_LIMIT + 10
    assert "the end." not in seen(preview).text
    result = await community.moderator.click(preview, label="See it whole")
    assert answered(result).ephemeral
    assert f"### {PARKING} oh" in seen(result.response).text
    assert "the end." in seen(result.response).text


async def test_hostile_texts_stay_texts_and_notify_nobody(community: Community) -> None:
    preview = await add(community, HOSTILE, HOSTILE, HOSTILE + " again")
    assert (preview.message.mention_everyone, preview.message.mentions) == (False, [])
    changes = seen(preview).text.partition("**What changes for members**")[2]
    assert "@everyone" not in changes
    assert "[x](" not in changes.replace("\\[x](", "")
    await community.moderator.click(preview, label="Publish")
    assert "### It is live" in seen(preview).text
    await community.moderator.click(preview, label="Show it to everyone")
    shown = community.channel.last_message
    assert shown is not None
    assert (shown.mention_everyone, shown.mentions, shown.role_mentions) == (False, [], [])


async def test_the_questions_named_are_short(community: Community) -> None:
    text = seen(await add(community, f"Where {'oh ' * 60}?")).text
    (line,) = [line for line in text.splitlines() if line.startswith("-# Now answered")]
    assert len(line) < NAMED_LIMIT + 30


async def test_who_is_no_moderator_any_more_when_sending_the_form_gets_no_preview(
    community: Community,
) -> None:
    shown = await community.moderator.slash(community.channel, "faq add")
    await demote(community)
    result = await send(community.moderator, shown, question=PARKING, answer="Here.")
    assert answered(result).ephemeral
    assert "This is for moderators" in seen(result.response).text


async def test_what_was_typed_comes_back_as_a_file_when_the_database_is_away(
    community: Community, bot: WaymarkBot
) -> None:
    shown = await community.moderator.slash(community.channel, "faq add")
    with away(bot):
        result = answered(await send(community.moderator, shown, question=PARKING, answer="Here.", phrasings="a\nb"))
    assert result.ephemeral
    assert "What you typed is in this file." in seen(result).text
    (file,) = result.message.attachments
    assert (await file.read()).decode() == f"{PARKING}\n\nHere.\n\na\nb"


async def test_when_the_database_is_away_at_the_click_nothing_is_lost(community: Community, bot: WaymarkBot) -> None:
    preview = await add(community, PARKING)
    with away(bot):
        result = await community.moderator.click(preview, label="Publish")
    assert answered(result).ephemeral
    assert "try again" in seen(result.response).text
    await community.moderator.click(preview, label="Publish")
    assert "### It is live" in seen(preview).text


async def test_a_preview_that_cannot_be_made_leaves_the_text_waiting(
    community: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("secret detail")

    with monkeypatch.context() as patch:
        patch.setattr("bot.front.faq_trial.consequences", fail)
        message = await add(community, PARKING, "Behind the oven.")
    assert "Something went wrong on my side" in seen(message).text
    assert "secret" not in seen(message).text
    assert seen(message).buttons == ("Show the preview", "Change", "Cancel")
    await community.moderator.click(message, label="Show the preview")
    assert f"### {PARKING}\nBehind the oven." in seen(message).text


async def test_long_work_is_shown_as_it_goes_on(community: Community, monkeypatch: pytest.MonkeyPatch) -> None:
    async def slowly(client: WaymarkBot, pending: Pending, progress: Progress) -> Trial:
        for _ in range(100):
            await asyncio.sleep(0)
        progress(64, 300)
        for _ in range(100):
            await asyncio.sleep(0)
        return await tried(client, pending)

    monkeypatch.setattr("bot.front.reply.ACKNOWLEDGE_SECONDS", 0)
    monkeypatch.setattr("bot.front.faq_preview.tried", slowly)
    preview = await add(community, PARKING)
    assert "Your text is being tried out: 64 of 300 questions asked." in str(community.env.backend.transcript)
    assert f"### {PARKING}" in seen(preview).text
    assert seen(preview).buttons == ("Publish", "Change", "Cancel")


async def test_a_changed_text_takes_the_place_of_the_one_before(community: Community, bot: WaymarkBot) -> None:
    preview = await add(community, PARKING, "Behind the oven.")
    shown = await community.moderator.click(preview, label="Change")
    assert filled_in(shown) == {"question": PARKING, "answer": "Behind the oven.", "phrasings": ""}
    await send(community.moderator, shown, answer="In front.")
    assert f"### {PARKING}\nIn front." in seen(preview).text
    await community.moderator.click(preview, label="Publish")
    assert [one.draft.answer for one in await bot.store.entries.all(community.guild.id)] == ["In front."]
