"""`/insights`: counts for moderators in words and one picture, for three spans, and nobody named."""

import datetime as dt
import sqlite3
from contextlib import closing
from typing import Any

import discord
import pytest
from simcord.results import InteractionResult

from bot.front.client import WaymarkBot
from bot.store.drafts import Draft
from bot.store.questions import Outcome
from bot.store.server_settings import ServerSettings
from tests.front.conftest import Community
from tests.front.reading import answered, menus, seen
from tests.front.stock import add
from tests.store.clocks import Clock

MEMBER = 777_777_777_777_777_777


@pytest.fixture
def clock() -> Clock:
    return Clock()


async def ask(
    bot: WaymarkBot, community: Community, entry_id: str | None = None, outcome: Outcome | None = None, kind: str = ""
) -> None:
    number = await bot.store.questions.record(
        server=community.guild.id, channel=1, member=MEMBER, text="marzipan?",
        kind=kind or ("answer" if entry_id else "none"), entry_id=entry_id,
    )  # fmt: skip
    if outcome:
        await bot.store.questions.tell(number, outcome)


async def insights(community: Community, **options: str) -> InteractionResult:
    return await community.moderator.slash(community.channel, "insights", **options)


def picture_of(result: InteractionResult) -> dict[str, Any]:
    """The picture as it was sent."""
    (container,) = answered(result).components
    (gallery,) = [part for part in container["components"] if part["type"] == 12]
    (item,) = gallery["items"]
    found: dict[str, Any] = item
    return found


async def test_nothing_asked_is_told_as_such_and_drawn_as_nothing(community: Community) -> None:
    shown = await insights(community)
    assert answered(shown).ephemeral
    assert "### Questions of the last 7 days" in seen(shown.response).text
    assert "Nobody asked anything. In the 7 days before: 0." in seen(shown.response).text
    assert "helped" not in seen(shown.response).text
    assert answered(shown).attachments == []


async def test_a_week_tells_all_that_came_of_it(community: Community, bot: WaymarkBot, clock: Clock) -> None:
    await ask(bot, community, "night")
    clock.forward(days=7)
    await ask(bot, community, "median-pay", "helped")
    await ask(bot, community, "median-pay", "missed")
    await ask(bot, community, "training", kind="suggestions")
    await ask(bot, community)
    clock.forward(hours=1)
    text = seen((await insights(community)).response).text
    assert "**4** asked, 3 more than in the 7 days before" in text
    assert "**2** answered at once, **1** offered several entries, **1** not known" in text
    assert "**1** said that it helped (0 in the 7 days before)" in text
    assert "**2** missed: not known, or not the right one. Moderators find them in `/faq inbox`." in text
    assert "- What does a baker earn? · shown 2, helped 1, not the right one 1" in text
    assert "-# Day by day: 0 0 0 0 0 0 4" in text


async def test_the_picture_says_the_same_in_its_alt_text(community: Community, bot: WaymarkBot) -> None:
    await ask(bot, community, "median-pay", "helped")
    await ask(bot, community, "night", "missed")
    await ask(bot, community)
    item = picture_of(await insights(community))
    assert "insights.png" in item["media"]["url"]
    alt = item["description"]
    assert "Pay: 1 helped, 0 nothing said, 0 not the right one" in alt
    assert "The work: 0 helped, 0 nothing said, 1 not the right one" in alt
    assert "No entry known: 0 helped, 0 nothing said, 1 not the right one" in alt


async def test_without_leave_to_attach_files_the_words_come_alone(community: Community, bot: WaymarkBot) -> None:
    await ask(bot, community, "median-pay")
    me = community.env.bot.user
    assert me is not None
    bare = community.guild.create_text_channel("bare", overwrites={me: discord.PermissionOverwrite(attach_files=False)})
    shown = await community.moderator.slash(bare, "insights")
    assert "**1** asked" in seen(shown.response).text
    assert "**By theme**\nPay 1 (0 helped, 0 not)" in seen(shown.response).text
    assert answered(shown).attachments == []


async def test_what_is_asked_and_never_helps_is_told(community: Community, bot: WaymarkBot) -> None:
    for _ in range(3):
        await ask(bot, community, "night")
    text = seen((await insights(community)).response).text
    assert "**Asked for again and again, and never helped**\n- Do bakers work at night?" in text


async def test_figures_that_grow_old_are_told_with_the_entries_that_tell_them(
    community: Community, bot: WaymarkBot, clock: Clock
) -> None:
    figures = bot.coaches.base.knowledge.guides[0].figures
    (about, last) = next((one.about, one.valid_until) for one in figures.values())
    assert "Figures that grow old" not in seen((await insights(community)).response).text
    year, month, day = (int(part) for part in f"{last}-12-31".split("-")[:3])
    clock.now = dt.datetime(year, month, day, tzinfo=dt.UTC) - dt.timedelta(days=60)
    await bot.store.settings.put(community.guild.id, ServerSettings(dates="de"))
    text = seen((await insights(community)).response).text
    assert f"- Current until {day:02}.{month:02}.{year}: {about}; told in “What does a baker earn?”" in text
    clock.forward(days=-1)
    assert "Figures that grow old" not in seen((await insights(community)).response).text


async def test_mentors_are_counted_and_not_named(community: Community, bot: WaymarkBot) -> None:
    number = await bot.store.points.point(community.guild.id, MEMBER, "night")
    await bot.store.points.tell(number, "helped")
    text = seen((await insights(community)).response).text
    assert "**Mentors**\nPointed to something once, which helped once." in text
    for _ in range(2):
        await bot.store.points.point(community.guild.id, MEMBER, "night")
    text = seen((await insights(community)).response).text
    assert "Pointed to something 3 times, which helped once." in text


@pytest.mark.parametrize(("period", "days"), [("week", 7), ("month", 30), ("year", 365)])
async def test_each_span_can_be_asked_for(community: Community, period: str, days: int) -> None:
    shown = await insights(community, period=period)
    assert f"### Questions of the last {days} days" in seen(shown.response).text
    (options,) = menus(shown.response)
    assert [one["value"] for one in options if one.get("default")] == [period]


async def test_the_menu_changes_the_span_in_place(community: Community, bot: WaymarkBot, clock: Clock) -> None:
    await ask(bot, community, "median-pay", "helped")
    clock.forward(days=20)
    shown = answered(await insights(community))
    assert shown.attachments == []
    await community.moderator.select(shown, ["month"], custom_id="wm:insights")
    assert "### Questions of the last 30 days" in seen(shown).text
    assert "**1** asked" in seen(shown).text
    assert len(shown.attachments) == 1
    await community.moderator.select(shown, ["week"], custom_id="wm:insights")
    assert shown.attachments == []


async def test_the_menu_works_after_a_restart(community: Community, next_bot: WaymarkBot) -> None:
    shown = answered(await insights(community))
    await community.env.restart_bot(next_bot)
    await community.moderator.select(shown, ["year"], custom_id="wm:insights")
    assert "### Questions of the last 365 days" in seen(shown).text


async def test_members_and_mentors_may_not_even_by_a_menu_they_once_had(community: Community, bot: WaymarkBot) -> None:
    role = community.guild.create_role("Team")
    member = community.guild.add_member(community.env.create_user("team"), roles=[role])
    await bot.store.settings.put(community.guild.id, ServerSettings(moderator_role=role.id))
    bot.tree.get_command("insights").default_permissions = None  # type: ignore[union-attr]
    await bot.tree.sync()
    shown = answered(await member.slash(community.channel, "insights"))
    assert "### Questions" in seen(shown).text
    await bot.store.settings.put(community.guild.id, ServerSettings(mentor_role=role.id))
    refused = await member.select(shown, ["year"], custom_id="wm:insights")
    assert "This is for moderators" in seen(answered(refused)).text
    for who in (member, community.newcomer):
        refused = await who.slash(community.channel, "insights")
        assert answered(refused).ephemeral
        assert "This is for moderators" in seen(refused.response).text
    assert len(community.env.errors) == 2


async def test_discord_hides_it_from_members(community: Community) -> None:
    assert "insights" not in community.newcomer.available_commands(community.channel)
    assert "insights" in community.moderator.available_commands(community.channel)


async def test_an_entry_that_is_gone_is_told_by_its_id(community: Community, bot: WaymarkBot) -> None:
    for _ in range(3):
        await ask(bot, community, "gone-entry")
    text = seen((await insights(community)).response).text
    assert "- `gone-entry`, which is gone · shown 3, helped 0" in text


async def test_marks_and_mentions_in_an_entry_have_no_effect(community: Community, bot: WaymarkBot) -> None:
    await add(community, bot, Draft("@everyone **$x^{2}$** <@1> [me](https://example.com)?", "No."), "hostile")
    for _ in range(3):
        await ask(bot, community, "hostile")
    shown = await insights(community)
    text = seen(shown.response).text
    assert "@everyone" not in text
    assert text.count("\\*\\*$x^{2}$\\*\\* \\<@1> \\[me](https://example.com)?") == 2
    assert "From this community: 0 helped, 3 nothing said" in picture_of(shown)["description"]


async def test_many_long_entries_stay_within_discords_limits(community: Community, bot: WaymarkBot) -> None:
    for number in range(12):
        await add(community, bot, Draft(f"{number} {'*' * 90}?", "No."), f"long-{number}")
        for _ in range(3):
            await ask(bot, community, f"long-{number}")
    text = seen((await insights(community)).response).text
    assert text.count("and 7 more") == 2
    assert len(text) <= 4_000


async def test_while_the_database_is_away_the_moderator_is_told(community: Community, bot: WaymarkBot) -> None:
    with closing(sqlite3.connect(bot.store.database.file or "")) as connection:
        connection.execute("ALTER TABLE questions RENAME TO away")
    shown = await insights(community)
    assert answered(shown).ephemeral
    assert "database" in seen(shown.response).text
    assert len(community.env.errors) == 1


async def test_other_servers_are_not_counted(community: Community, bot: WaymarkBot) -> None:
    await bot.store.questions.record(server=1, channel=2, member=3, text="?", kind="none", entry_id=None)
    assert "Nobody asked anything" in seen((await insights(community)).response).text


async def test_nothing_that_is_sent_names_a_member_or_has_their_words(community: Community, bot: WaymarkBot) -> None:
    await ask(bot, community, "median-pay", "helped")
    await ask(bot, community, "median-pay", "missed")
    await ask(bot, community)
    await bot.store.points.point(community.guild.id, MEMBER, "night")
    shown = answered(await insights(community))
    assert str(MEMBER) not in str(shown.components)
    assert "marzipan" not in str(shown.components)
    assert "<@" not in str(shown.components)
