"""How an entry stands in a server, by what was done to it."""

import datetime as dt

import pytest

from bot.errors import WaymarkError
from bot.front.client import WaymarkBot
from bot.front.faq_standing import named_standing, standing
from bot.store.drafts import Draft
from bot.store.values import BIN_DAYS
from tests.front.conftest import Community
from tests.front.stock import KINDER, NIGHT, RULES, add, edit, remove


async def test_an_entry_of_the_guides_alone_has_no_versions(community: Community, bot: WaymarkBot) -> None:
    found = await standing(bot, community.guild.id, "night")
    assert (found.versions, found.stored) == ((), None)
    assert found.entry is found.guide is bot.coaches.base.knowledge.entry("night")


async def test_a_servers_own_entry_lives_with_all_its_versions(community: Community, bot: WaymarkBot) -> None:
    await add(community, bot, RULES, "rules")
    edited = await edit(community, bot, KINDER, "rules")
    found = await standing(bot, community.guild.id, "rules")
    assert (found.living, found.binned, found.guide) == (edited, None, None)
    assert [version.number for version in found.versions] == [2, 1]
    assert found.entry is not None
    assert found.entry.answer == "Be kinder."


async def test_an_edit_of_the_guides_stands_over_what_the_guide_has(community: Community, bot: WaymarkBot) -> None:
    await add(community, bot, NIGHT, "night")
    found = await standing(bot, community.guild.id, "night")
    assert found.guide is not None
    assert found.entry is not None
    assert (found.entry.answer, found.guide.answer) == ("Ask in #nights.", "Most start at three in the morning.")


async def test_what_lies_in_the_bin_is_not_what_members_get(community: Community, bot: WaymarkBot) -> None:
    await add(community, bot, NIGHT, "night")
    removed = await remove(community, bot, "night")
    found = await standing(bot, community.guild.id, "night")
    assert (found.living, found.binned) == (None, removed)
    assert found.until == removed.current.at + dt.timedelta(days=BIN_DAYS)
    assert found.entry is found.guide


async def test_an_entry_is_as_it_was_stored_where_the_coach_is_not_as_far(
    community: Community, bot: WaymarkBot
) -> None:
    await add(community, bot, RULES, "rules")
    await bot.store.entries.edit(community.guild.id, "rules", KINDER, 5, expected_version=1)
    found = await standing(bot, community.guild.id, "rules")
    assert found.entry is not None
    assert found.entry.answer == "Be kinder."


async def test_what_lived_and_what_lies_in_the_bin_are_both_found_by_name(
    community: Community, bot: WaymarkBot
) -> None:
    await add(community, bot, RULES, "rules")
    await add(community, bot, Draft("Where is the oven?", "In the cellar."), "where")
    await remove(community, bot, "where")
    names = ("rules", "WHAT are the rules of this server?", "where", " where is  the oven? ")
    found = [(await named_standing(bot, community.guild.id, name)).id for name in names]
    assert found == ["rules", "rules", "where", "where"]


async def test_what_lies_in_the_bin_of_another_server_is_not_found(community: Community, bot: WaymarkBot) -> None:
    await bot.store.entries.add(1, RULES, 2, entry_id="rules")
    await bot.store.entries.remove(1, "rules", 2)
    with pytest.raises(WaymarkError, match="There is no entry `rules`"):
        await named_standing(bot, community.guild.id, "rules")
