"""The commands of `/faq`: who has them, and what is offered while one types."""

import pytest

from bot.front.client import WaymarkBot
from tests.front.conftest import Community
from tests.front.reading import answered, seen
from tests.front.stock import KINDER, MEETING, RULES, remove
from tests.front.stock import add as stored

COMMANDS = {"add", "edit", "remove", "show", "list", "history", "restore", "try", "import", "export"}
#: Each with what it cannot do without.
CALLS: dict[str, dict[str, object]] = {
    "add": {}, "edit": {"entry": "night"}, "remove": {"entry": "night"}, "show": {"entry": "night"}, "list": {},
    "history": {}, "restore": {"entry": "night"}, "try": {"question": "pay?"},
    "import": {"file": ("faq.yaml", b"entries: []")}, "export": {},
}  # fmt: skip


async def choices(community: Community, command: str, typed: str) -> list[tuple[str, str]]:
    """What is offered for `entry`: names with ids."""
    found = await community.moderator.autocomplete(community.channel, f"faq {command}", "entry", typed)
    return [(choice["name"], choice["value"]) for choice in found]


def test_moderators_have_all_commands_and_members_none(community: Community) -> None:
    names = set(community.moderator.available_commands(community.channel))
    assert {f"faq {name}" for name in COMMANDS} <= names
    assert not [name for name in community.newcomer.available_commands(community.channel) if name.startswith("faq")]


def test_in_direct_messages_there_are_none(community: Community) -> None:
    assert not [name for name in community.moderator.user.available_commands() if name.startswith("faq")]


async def test_every_command_is_tested_for_its_permission() -> None:
    assert set(CALLS) == COMMANDS


@pytest.mark.parametrize("name", sorted(COMMANDS))
async def test_a_member_who_is_let_see_the_commands_still_may_not(
    community: Community, bot: WaymarkBot, name: str
) -> None:
    role = community.guild.create_role("Curious")
    curious = community.guild.add_member(community.env.create_user("curious"), roles=[role])
    (command,) = [command for command in bot.synced if command.name == "faq"]
    community.guild.set_command_permissions(command, {role: True})
    result = await curious.slash(community.channel, f"faq {name}", **CALLS[name])
    assert answered(result).ephemeral
    assert "This is for moderators" in seen(result.response).text
    assert community.env.errors


@pytest.mark.parametrize("command", ["edit", "remove", "show", "history", "restore"])
async def test_entries_are_offered_by_their_questions(community: Community, command: str) -> None:
    assert ("How long does the apprenticeship take?", "training") in await choices(community, command, "appren")


async def test_to_restore_removed_entries_come_first(community: Community, bot: WaymarkBot) -> None:
    for draft, name in ((RULES, "rules"), (MEETING, "meeting")):
        await stored(community, bot, draft, name)
    await remove(community, bot, "rules")
    offered = await choices(community, "restore", "")
    assert offered[0] == ("Removed: What are the rules of this server?", "rules")
    assert ("When do we meet?", "meeting") in offered


async def test_removed_entries_are_offered_by_what_is_typed(community: Community, bot: WaymarkBot) -> None:
    for draft, name in ((RULES, "rules"), (MEETING, "meeting")):
        await stored(community, bot, draft, name)
        await remove(community, bot, name)
    assert (await choices(community, "restore", "WE  meet"))[0] == ("Removed: When do we meet?", "meeting")
    assert ("Removed: What are the rules of this server?", "rules") not in await choices(community, "restore", "meet")


async def test_no_more_is_offered_than_discord_takes(community: Community, bot: WaymarkBot) -> None:
    for number in range(30):
        await bot.store.entries.add(community.guild.id, KINDER, 1, entry_id=f"kinder-{number}")
        await bot.store.entries.remove(community.guild.id, f"kinder-{number}", 1)
    assert len(await choices(community, "restore", "")) == 25


async def test_members_are_not_offered_what_was_removed(community: Community, bot: WaymarkBot) -> None:
    await stored(community, bot, RULES, "rules")
    await remove(community, bot, "rules")
    role = community.guild.create_role("Curious")
    curious = community.guild.add_member(community.env.create_user("curious"), roles=[role])
    (command,) = [command for command in bot.synced if command.name == "faq"]
    community.guild.set_command_permissions(command, {role: True})
    found = await curious.autocomplete(community.channel, "faq restore", "entry", "rules")
    assert "rules" not in [choice["value"] for choice in found]
