"""`/faq history`: what was done to the server's entries, and every text that an entry ever had."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

import discord
from discord import ui
from discord.utils import format_dt

from bot.front.client import Interaction, WaymarkBot
from bot.front.faq_difference import differences
from bot.front.faq_restore import RestoreButton
from bot.front.faq_standing import (
    ID,
    REASON_SHOWN,
    Standing,
    because,
    done,
    gone,
    named_standing,
    standing,
    who,
)
from bot.front.items import Button, Persistent, Select
from bot.front.layout import ANSWER, MISS, OPTIONS_LIMIT, heading, layout, notice, small
from bot.front.pages import Page, beside
from bot.front.permissions import require_moderator
from bot.front.reply import in_time, replace, reply
from bot.front.text import quoted
from bot.store.values import BIN_DAYS, Change, Version

#: Lines of the log a page; versions a page, each of which has a button in the one row.
LINES, VERSIONS = 10, 5
#: How many changes are read at first; ten times as many each further time, until a page is full.
READ = 100
#: Most ids that a line about many entries names.
NAMED = 3
#: What was done to many entries at once, if no more than this lies between two of them, is one line of the log.
TOGETHER = timedelta(minutes=1)
#: What is done to many at once: imports, with what they put into the bin, and the end of what lay there.
_AT_ONCE = frozenset({"import", "remove", "purge"})


async def show_history(interaction: Interaction, name: str | None) -> None:
    """Shows all versions of the entry, or without one what was done to all entries of the server, newest first."""
    server = await require_moderator(interaction)
    async with in_time(interaction, private=True):
        if name is None:
            view = await log_view(interaction.client, server, 0)
        else:
            view = versions_view(await named_standing(interaction.client, server, name), 0)
    await reply(interaction, view, private=True)


class HistoryButton(Persistent[Button], template=rf"wm:faq-history:(?P<entry_id>{ID})"):
    """Opens the versions of an entry."""

    def __init__(self, entry_id: str) -> None:
        self.entry_id = entry_id
        super().__init__(Button(custom_id=f"wm:faq-history:{entry_id}", label="History"))

    async def used(self, interaction: Interaction) -> None:
        """Shows them privately."""
        await _open(interaction, self.entry_id)


class HistoryMenu(Persistent[Select], template=r"wm:faq-history-of"):
    """Opens the versions of the entry that was picked from the log."""

    def __init__(self, entry_ids: Iterable[str] = ()) -> None:
        options = [discord.SelectOption(label=entry_id) for entry_id in entry_ids]
        super().__init__(
            Select(custom_id="wm:faq-history-of", placeholder="See the texts of an entry", options=options)
        )

    async def used(self, interaction: Interaction) -> None:
        """Shows them privately."""
        await _open(interaction, self.item.values[0])


class VersionsPageButton(Persistent[Button], template=rf"wm:faq-versions:(?P<entry_id>{ID}):(?P<page>[0-9]{{1,6}})"):
    """Turns to another page of an entry's versions."""

    def __init__(self, entry_id: str, page: int | str, text: str = "") -> None:
        self.entry_id, self.page = entry_id, int(page)
        super().__init__(Button(custom_id=f"wm:faq-versions:{entry_id}:{page}", label=text or None))

    async def used(self, interaction: Interaction) -> None:
        """Shows it in the place of this one."""
        server = await require_moderator(interaction)
        async with in_time(interaction, private=True, in_place=True):
            view = versions_view(await standing(interaction.client, server, self.entry_id), self.page)
        await replace(interaction, view)


class LogPageButton(Persistent[Button], template=r"wm:faq-log:(?P<page>[0-9]{1,6})"):
    """Turns to another page of the log."""

    def __init__(self, page: int | str, text: str = "") -> None:
        self.page = int(page)
        super().__init__(Button(custom_id=f"wm:faq-log:{page}", label=text or None))

    async def used(self, interaction: Interaction) -> None:
        """Shows it in the place of this one."""
        server = await require_moderator(interaction)
        async with in_time(interaction, private=True, in_place=True):
            view = await log_view(interaction.client, server, self.page)
        await replace(interaction, view)


async def _open(interaction: Interaction, entry_id: str) -> None:
    server = await require_moderator(interaction)
    async with in_time(interaction, private=True):
        view = versions_view(await standing(interaction.client, server, entry_id), 0)
    await reply(interaction, view, private=True)


def versions_view(found: Standing, number: int) -> ui.LayoutView:
    """A page of an entry's versions, the newest first, each with what it changed and a button that brings it back.

    Raises `WaymarkError` for an entry that is gone for good.
    """
    if not found.versions:
        if found.guide is None:
            raise gone(found.id)
        return notice(
            f"`{found.id}` is as the guide has it: this server has never edited it, so it has no history here. "
            "`/faq edit` makes its first version."
        )
    page = Page.at(list(zip(found.versions, [*found.versions[1:], None], strict=True)), number, VERSIONS)
    texts = [
        block
        for version, before in page.items
        for block in (ui.Separator[ui.LayoutView](), _version_text(found, version, before))
    ]
    buttons = [button for version, _ in page.items if (button := _restore_button(found, version))]
    turning = [VersionsPageButton(found.id, other, text) for other, text in page.beside()]
    title = heading(f"History of “{quoted(found.versions[0].draft.question)}”")
    return layout(ANSWER, title, small(_where(found)), *texts, small(str(page)), buttons, turning)


def _where(found: Standing) -> str:
    edit = " · an edit of the guide's entry" if found.guide is not None else ""
    if found.stored is None:
        return f"`{found.id}`{edit} · gone: it was in the bin for more than {BIN_DAYS} days"
    return f"`{found.id}`{edit}" + (f" · in the bin until {format_dt(found.until, 'f')}" if found.until else "")


def _version_text(found: Standing, version: Version, before: Version | None) -> str:
    mark = " · **current**" if found.stored is not None and version.number == found.stored.version else ""
    title = f"**Version {version.number}**{mark} · {found.made_by(version)}{because(version.reason)}"
    return "\n".join([title, *differences(before.draft if before else None, version.draft)])


def _restore_button(found: Standing, version: Version) -> RestoreButton | None:
    """None where it would change nothing, or the entry is gone."""
    if found.stored is None or (found.living is not None and version.draft == found.living.draft):
        return None
    return RestoreButton(found.id, version.number, found.stored.version, f"Restore version {version.number}")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the log: one change, or several entries to which the same was done at once, newest first.

    `overrides`: whether all of them are edits of the guide's entries.
    """

    changes: tuple[Change, ...]
    overrides: bool

    def __str__(self) -> str:
        last = self.changes[0]
        named = ", ".join(f"`{change.entry_id}`" for change in self.changes[:NAMED])
        more = len(self.changes) - NAMED
        what = f"{len(self.changes):,} entries: {named}" if len(self.changes) > 1 else named
        what += f" and {more:,} more" if more > 0 else ""
        details = [format_dt(last.at, "f")]
        if last.action == "purge":
            return f"Gone for good: {what}\n{small(' · '.join([*details, f'after {BIN_DAYS} days in the bin']))}"
        if len(self.changes) == 1:
            details.append(f"version {last.version}")
        details += [quoted(last.reason, REASON_SHOWN)] if last.reason else []
        return f"{who(last.author)} {done(last.action, overrides=self.overrides)} {what}\n{small(' · '.join(details))}"


async def log_view(client: WaymarkBot, server: int, number: int) -> ui.LayoutView:
    """A page of the log, the newest first, with a menu of the entries that it names."""
    lines, more = await _lines(client, server, number)
    if not lines:
        return layout(
            MISS,
            heading("Nothing was done yet"),
            "Whatever is added, edited, removed, restored or imported in this server will stand here, with who did it, "
            "when and why. Begin with `/faq add`, or with `/faq edit` for an entry of the guide's.",
        )
    ids = dict.fromkeys(change.entry_id for line in lines for change in line.changes[:NAMED])
    turning = [LogPageButton(page, text) for page, text in beside(number, more=more)]
    return layout(
        ANSWER,
        heading("What was done in this server, newest first"),
        ui.Separator(),
        *map(str, lines),
        small(f"Page {number + 1}") if turning else "",
        HistoryMenu(list(ids)[:OPTIONS_LIMIT]),
        turning,
    )


async def _lines(client: WaymarkBot, server: int, number: int) -> tuple[list[Line], bool]:
    """The lines of a page of the log, and whether there are more behind it."""
    end, limit = (number + 1) * LINES, READ
    guide = client.coaches.base.knowledge
    while True:
        changes = await client.store.entries.audit(server, limit)
        lines = [
            Line(one, all(guide.entry(change.entry_id) is not None for change in one)) for one in _together(changes)
        ]
        # The last line may go on in what was not read.
        if len(lines) > end or len(changes) < limit:
            return lines[number * LINES : end], len(lines) > end
        limit *= 10


def _together(changes: Sequence[Change]) -> Iterator[tuple[Change, ...]]:
    """These changes in their order, those together that one line tells of."""
    first = 0
    for at, (newer, older) in enumerate(pairwise(changes), start=1):
        same = (newer.action, newer.author, newer.reason) == (older.action, older.author, older.reason)
        if not (same and newer.action in _AT_ONCE and newer.at - older.at <= TOGETHER):
            yield tuple(changes[first:at])
            first = at
    if changes:
        yield tuple(changes[first:])
