"""Who may use what: every command, button, menu and form there is, tried by those who may and by those who may not.

All happens in one town: what a refused click leaves as it was need not be made anew, and what another changes is taken
back after the test.
"""

from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from typing import Any

import discord
import pytest
import pytest_asyncio
from discord import app_commands
from simcord.results import InteractionResult

from bot import app
from bot.errors import WaymarkError
from tests.front.access import ASKER, COMMANDS, FORMS, Audience, Command, SentForm
from tests.front.access_items import ITEMS, Item
from tests.front.reading import answered, seen
from tests.front.town import FORMER, PEOPLE, SECRET, Town, rest, sent_by_other, settled, told

pytestmark = pytest.mark.asyncio(loop_scope="module")

Row = Command | Item | SentForm
#: Members whom nothing of the owner's concerns: one has nothing, one has the same things of their own.
STRANGERS = ("newcomer", "neighbour")


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def standing_town(
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[tuple[Town, Callable[[], None], tuple[str, ...]]]:
    async with settled(tmp_path_factory.mktemp("town")) as town:
        yield town, town.restorer(), town.stored()


@pytest_asyncio.fixture(loop_scope="module")
async def town(standing_town: tuple[Town, Callable[[], None], tuple[str, ...]]) -> AsyncIterator[Town]:
    """The town as it was at first."""
    town, restore, before = standing_town
    yield town
    await rest(town, restore, before)


def trials(rows: Iterable[Row], names: Callable[[Audience], Iterable[str]]) -> list[Any]:
    """Each row with each of those names."""
    return [
        pytest.param(row, name, id=f"{row}-{name.replace(' ', '-')}") for row in rows for name in names(row.audience)
    ]


def those_who_may(audience: Audience) -> Iterable[str]:
    return audience.may


def those_who_may_not(audience: Audience) -> Iterable[str]:
    return audience.may_not


def strangers(audience: Audience) -> Iterable[str]:
    return () if audience.may_not else STRANGERS


async def run(town: Town, command: Command, name: str) -> InteractionResult:
    """Somebody of that kind uses the command, in the menu of what the owner wrote or of the owner where it is one."""
    who, channel = town.arriving(name), town.community.channel
    if name.startswith(FORMER):
        await town.take(who, name.removeprefix(FORMER))
    found = town.bot.tree.get_command(command.name, type=discord.AppCommandType.message)
    if found is not None:
        return await who.context_menu(channel, command.name, town.messages["asked"])
    if town.bot.tree.get_command(command.name, type=discord.AppCommandType.user):
        return await who.context_menu(channel, command.name, town.people["owner"])
    return await who.slash(channel, command.name, **command.options(town))


async def send(town: Town, form: SentForm, name: str) -> InteractionResult:
    """Somebody of that kind opens the form and sends it; who may not has lost the role for it meanwhile."""
    item = form.opened_by(town)
    if form.audience is ASKER and name not in form.audience.may:
        return await sent_by_other(town, town.people[name], form.kind, str(town.number["claimed"]))
    lost = name.removeprefix(FORMER) if name.startswith(FORMER) else ""
    if name in form.audience.may_not and not lost and PEOPLE[name] != form.audience.role:
        lost = form.audience.role
    who = town.arriving(name, *([lost] if lost else []))
    shown = await town.used(who, await town.put_up(item), item)
    assert shown.modal is not None, "no form was opened"
    assert form.kind.template.fullmatch(shown.modal["custom_id"]), "another form was opened"
    if lost:
        await town.take(who, lost)
    return await who.submit_modal(shown, dict(form.values))


async def use(town: Town, row: Row, name: str) -> InteractionResult:
    """Somebody of that kind uses it."""
    match row:
        case Command():
            return await run(town, row, name)
        case SentForm():
            return await send(town, row, name)
        case Item():
            return await town.press(name, row.made(town), row.picks(town) if row.picks else None)


async def test_the_table_has_every_command_and_no_other(town: Town) -> None:
    tree = town.bot.tree
    menus = [
        *tree.get_commands(type=discord.AppCommandType.message),
        *tree.get_commands(type=discord.AppCommandType.user),
    ]
    commands = [one for one in tree.walk_commands() if isinstance(one, app_commands.Command)]
    names = [*(one.qualified_name for one in commands), *(one.name for one in menus)]
    assert {row.name for row in COMMANDS} == set(names)


async def test_the_table_has_every_button_and_menu_once_and_no_other() -> None:
    assert _names(row.kind for row in ITEMS) == _names(app.ITEMS)


async def test_the_table_has_every_form_once_and_no_other() -> None:
    assert _names(row.kind for row in FORMS) == _names(app.FORMS)


def _names(kinds: Iterable[type]) -> Sequence[str]:
    return sorted(kind.__qualname__ for kind in kinds)


@pytest.mark.parametrize("row", COMMANDS, ids=str)
async def test_discord_hides_a_command_by_default_from_whom_the_table_says(town: Town, row: Command) -> None:
    (command,) = [one for one in town.bot.synced if one.name in (row.name, row.name.split()[0])]
    wanted = discord.Permissions(**{row.default: True}) if row.default else None
    assert command.default_member_permissions == wanted


@pytest.mark.parametrize(("row", "name"), trials((*COMMANDS, *ITEMS, *FORMS), those_who_may_not))
async def test_who_may_not_is_told_privately_for_whom_it_is_and_changes_nothing(
    town: Town, row: Row, name: str
) -> None:
    before = (town.stored(), town.posts())
    result = await use(town, row, name)
    message = answered(result)
    assert row.audience.may_not[name] in seen(message).text
    assert message.ephemeral
    assert result.followups == []
    assert (town.stored(), town.posts()) == before


@pytest.mark.parametrize(("row", "name"), trials((*COMMANDS, *ITEMS, *FORMS), those_who_may))
async def test_who_may_is_let_in(town: Town, row: Row, name: str) -> None:
    result = await use(town, row, name)
    assert result.acknowledged
    assert town.faults == []


@pytest.mark.parametrize(("row", "name"), trials((*COMMANDS, *ITEMS, *FORMS), strangers))
async def test_a_stranger_neither_sees_nor_changes_what_is_of_the_owner(town: Town, row: Row, name: str) -> None:
    before = await town.held()
    result = await use(town, row, name)
    assert result.acknowledged
    assert SECRET not in await told(result)
    assert await town.held() == before
    assert all(isinstance(fault, WaymarkError) for fault in town.faults)


async def test_the_owner_sees_what_strangers_must_not(town: Town) -> None:
    """Else the tests above would find no secret where there is none to be found."""
    (export,) = [row for row in COMMANDS if row.name == "privacy export"]
    held = await told(await run(town, export, "owner"))
    assert all(f"{SECRET} {what}" in held for what in ("county", "note", "person"))
