"""`/faq import` and `/faq export`: what is shown of a file before anything is done, and a file that comes back."""

from pathlib import Path

import pytest

from bot.front import faq_exchange, faq_progress, import_steps
from bot.front import reply as reply_module
from bot.front.client import WaymarkBot
from bot.knowledge.exchange.writing import write_entries
from bot.knowledge.loading import load_community
from bot.store.drafts import Draft
from tests.front.conftest import Community
from tests.front.exchanging import CHANGES, PARKING, click, drafts, export, fill, import_now, send, text_of
from tests.front.reading import answered, seen
from tests.front.stock import RULES, add, answer, remove, rest


async def test_a_file_is_shown_privately_before_anything_is_imported(community: Community, bot: WaymarkBot) -> None:
    message = await send(community, PARKING)
    shown = seen(message)
    assert message.ephemeral
    assert "### Import of faq.md\nNothing is changed yet. **1** new, **0** changed, **0** lost; 0 stay" in shown.text
    assert "**New**\n`+` Where may I park my bike?" in shown.text
    assert shown.buttons == ("Import", "Cancel")
    assert await drafts(community, bot) == {}


async def test_what_is_new_changed_and_lost_is_named(community: Community, bot: WaymarkBot) -> None:
    await fill(community, bot)
    text = seen(await send(community, CHANGES)).text
    assert "**1** new, **1** changed, **2** lost; 0 stay as they are." in text
    assert "**Changed**\n`~` What are the rules of this server?: answer, phrasings" in text
    assert "**Lost**\n`-` When do we meet?\n`-` Do bakers work at night?" in text


async def test_all_changes_stand_in_a_file_with_their_texts(community: Community, bot: WaymarkBot) -> None:
    await fill(community, bot)
    assert await text_of(await send(community, CHANGES)) == (
        "1 new, 1 changed, 2 lost\n\n"
        "+ where-may-i-park-my-bike: Where may I park my bike?\n"
        "~ rules: What are the rules of this server?\n"
        "    answer was: Be kind.\n    answer is then: Be kinder.\n"
        "    phrasings were: house rules | what may I do here\n    phrasings are then: house rules\n"
        "- meeting: When do we meet?\n- night: Do bakers work at night?\n"
    )


async def test_with_keep_an_import_takes_nothing_away(community: Community, bot: WaymarkBot) -> None:
    before = await fill(community, bot)
    message = await send(community, PARKING, keep=True)
    assert "**0** lost; 3 stay as they are." in seen(message).text
    await click(community, message, "Import")
    after = await drafts(community, bot)
    assert {entry_id: after[entry_id] for entry_id in before} == before
    assert len(after) == 4


async def test_a_file_without_a_difference_has_nothing_to_import(community: Community, bot: WaymarkBot) -> None:
    await fill(community, bot)
    shown = seen(await send(community, await text_of(await export(community)), "faq.yaml"))
    assert "All entries of faq.yaml stand here word for word already" in shown.text
    assert shown.buttons == ()


async def test_a_wrong_file_is_told_with_its_lines_and_changes_nothing(community: Community, bot: WaymarkBot) -> None:
    before = await fill(community, bot)
    message = await send(community, "entries:\n- question: Why?\n- answer: So.\n  questoin: Why?\n", "faq.yaml")
    shown = seen(message)
    assert message.ephemeral
    assert shown.text == (
        "### Nothing was imported\nfaq.yaml has 3 faults, so all is as it was. Mend the file and send it again.\n"
        "- line 2: item 1 of “entries” lacks the key “answer”.\n"
        "- line 3: item 2 of “entries” lacks the key “question”.\n"
        "- line 4: unknown key “questoin” (did you mean “question”?)."
    )
    assert (shown.buttons, message.attachments) == ((), [])
    assert await drafts(community, bot) == before


async def test_many_faults_stand_whole_in_a_file(community: Community) -> None:
    text = "entries:\n" + "- question: Why?\n" * 30
    message = await send(community, text, "faq.yaml")
    assert seen(message).text.count("- line ") == 8
    assert "has 30 faults" in seen(message).text
    lines = (await text_of(message)).splitlines()
    assert len(lines) == 30
    assert lines[29] == "line 31: item 30 of `entries` lacks the key `answer`."


@pytest.mark.parametrize(
    "text",
    [
        "", "🥐" * 50, "entries: &a [*a]", "!!python/object/apply:os.system ['true']", "## Why?\n" + "x" * 4_000,
        "## @everyone?\n", "'; DROP TABLE community_entries; --", "| ".join("x" * 500),
    ],
)  # fmt: skip
async def test_odd_files_get_a_clear_private_answer_and_change_nothing(
    community: Community, bot: WaymarkBot, text: str
) -> None:
    for name in ("faq.yaml", "faq.md", "faq.json", "faq"):
        message = await send(community, text, name)
        assert message.ephemeral
        assert "Nothing was imported" in seen(message).text
    assert await drafts(community, bot) == {}


async def test_a_files_words_are_shown_as_text_only(community: Community) -> None:
    message = await send(community, "## **@everyone** <@1>?\n\n</ask:1> `x`\n", "a`b*.md")
    assert "`+` \\*\\*@\u200beveryone\\*\\* \\<@1>?" in seen(message).text
    assert "### Import of a\\`b\\*.md" in seen(message).text
    assert not message.message.mention_everyone


async def test_a_file_that_is_too_large_is_not_even_read(community: Community, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(faq_exchange, "FILE_LIMIT", 100)
    message = await send(community, "x" * 101)
    assert message.ephemeral
    assert "The file has 101 bytes, and 100 is the most. Nothing was changed" in seen(message).text
    assert community.env.errors


async def test_a_newcomer_who_was_let_in_by_mistake_neither_imports_nor_exports(
    community: Community, bot: WaymarkBot
) -> None:
    role = community.guild.create_role("Curious")
    curious = community.guild.add_member(community.env.create_user("curious"), roles=[role])
    (command,) = [command for command in bot.synced if command.name == "faq"]
    community.guild.set_command_permissions(command, {role: True})
    await fill(community, bot)
    sent = await curious.slash(community.channel, "faq import", file=("faq.md", PARKING.encode()))
    asked = await curious.slash(community.channel, "faq export")
    for result in (sent, asked):
        assert answered(result).ephemeral
        assert "This is for moderators" in seen(result.response).text
        assert answered(result).attachments == []
    assert community.env.errors


async def test_an_export_is_a_private_file_that_the_terminal_reads(
    community: Community, bot: WaymarkBot, tmp_path: Path
) -> None:
    before = await fill(community, bot)
    message = await export(community)
    assert message.ephemeral
    assert "### 3 entries of this server" in seen(message).text
    assert message.attachments[0].filename == "waymark-faq.yaml"
    file = tmp_path / "faq.yaml"
    file.write_text(await text_of(message), encoding="utf-8", newline="\n")
    assert list(load_community(file)) == [draft.entry(entry_id) for entry_id, draft in before.items()]


async def test_an_export_is_the_same_bytes_each_time(community: Community, bot: WaymarkBot) -> None:
    before = await fill(community, bot)
    first, second = [await text_of(await export(community)) for _ in range(2)]
    assert first == second == write_entries(draft.entry(entry_id) for entry_id, draft in before.items())


async def test_an_export_comes_back_identical_to_a_server_without_entries(
    community: Community, bot: WaymarkBot
) -> None:
    before = await fill(community, bot)
    text = await text_of(await export(community))
    for entry_id in before:
        await remove(community, bot, entry_id)
    await import_now(community, text, "waymark-faq.yaml")
    assert await drafts(community, bot) == before
    assert [entry.id for entry in await bot.store.entries.all(community.guild.id) if entry.overrides] == ["night"]
    assert await text_of(await export(community)) == text


async def test_phrasings_that_say_the_same_are_exported_once_and_make_no_difference(
    community: Community, bot: WaymarkBot
) -> None:
    await add(community, bot, Draft("What now?", "Rest.", ("WHAT now", "and then", "And then?")), "now")
    text = await text_of(await export(community))
    assert "phrasings:\n      - and then\n    answer" in text
    assert "word for word already" in seen(await send(community, text, "faq.yaml")).text


async def test_an_export_that_could_not_be_imported_says_why(community: Community, bot: WaymarkBot) -> None:
    await add(community, bot, RULES, "rules")
    await add(community, bot, Draft("What?", "So.", ("House rules!",)), "what")
    assert (
        "**An import would refuse it** until this is mended:\n- “House rules!” is asked already"
        in seen(await export(community)).text
    )


async def test_a_server_without_entries_has_nothing_to_export_and_is_told_how_to_begin(community: Community) -> None:
    message = await export(community)
    assert message.ephemeral
    assert "This server has no entries of its own yet" in seen(message).text
    assert message.attachments == []


async def test_how_far_the_reading_is_is_shown(community: Community, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reply_module, "ACKNOWLEDGE_SECONDS", 0.0)
    monkeypatch.setattr(faq_progress, "EVERY_SECONDS", 0.0)
    monkeypatch.setattr(import_steps, "LOOK_SECONDS", 0.0)
    message = await send(community, "".join(f"## Question {number} of many?\n\nAnswer.\n\n" for number in range(2_000)))
    told = "".join(str(request.json) for request in community.env.http_requests if request.method == "PATCH")
    assert "Reading faq.md …" in told
    assert "Comparing it with the entries that are here …" in told
    assert "**2,000** new" in seen(message).text


async def test_the_way_of_a_moderator_from_file_to_file(community: Community, bot: WaymarkBot) -> None:
    """Export, mend the file, import, try, undo."""
    await fill(community, bot)
    text = (await text_of(await export(community))).replace("Be kind.", "Be kind, and knead.")
    await rest(community)
    message = await send(community, text, "faq.yaml")
    assert "**0** new, **1** changed, **0** lost; 2 stay as they are." in seen(message).text
    await click(community, message, "Import")
    assert await answer(bot, community, "house rules") == "Be kind, and knead."
    await click(community, message, "Undo this import")
    assert await answer(bot, community, "house rules") == "Be kind."
