"""`/faq restore`: out of the bin, or back to an earlier text; and the buttons that undo what was done to an entry.

Each saves one version more and loses none, so each can be undone in turn.
"""

import datetime as dt
from contextlib import suppress
from functools import partial

from discord import ui
from discord.utils import format_dt

from bot.errors import WaymarkError
from bot.front.asked_before import tell_moderator
from bot.front.client import Interaction, WaymarkBot
from bot.front.entry_card import entry_blocks
from bot.front.faq_standing import ID, Standing, done_by, gone, known_text, named_standing, standing
from bot.front.items import Button, Persistent
from bot.front.layout import ANSWER, MISS, heading, layout, small
from bot.front.permissions import require_moderator
from bot.front.reply import in_time, reply
from bot.front.text import quoted
from bot.knowledge.models import Entry
from bot.matching.answer import Kind
from bot.store.database import StoreUnavailableError
from bot.store.values import BIN_DAYS, StoredEntry, Version

#: A version's number in a custom id.
NUMBER = r"[0-9]{1,9}"


async def restore_entry(interaction: Interaction, name: str, version: int | None) -> None:
    """Takes the entry out of the bin, or back to that version; by default to its last text, or to the one before.

    Raises `WaymarkError` when there is no such version, or nothing to go back to.
    """
    server = await require_moderator(interaction)
    async with in_time(interaction, private=True):
        found = await named_standing(interaction.client, server, name)
        number = _default_version(found) if version is None else version
        view = await _restoring(interaction, server, found, number)
    await reply(interaction, view, private=True)
    await tell_moderator(interaction, [found.id])


class RestoreButton(
    Persistent[Button], template=rf"wm:faq-restore:(?P<entry_id>{ID}):(?P<version>{NUMBER}):(?P<expected>{NUMBER})"
):
    """Brings a version of an entry back, if the entry is still at the `expected` one, which its moderator has seen."""

    def __init__(self, entry_id: str, version: int | str, expected: int | str, text: str = "Restore") -> None:
        self.entry_id = entry_id
        self.version, self.expected = int(version), int(expected)
        super().__init__(Button(custom_id=f"wm:faq-restore:{entry_id}:{version}:{expected}", label=text))

    async def used(self, interaction: Interaction) -> None:
        """Restores it, or tells what was changed meanwhile."""
        server = await require_moderator(interaction)
        async with in_time(interaction, private=True):
            found = await standing(interaction.client, server, self.entry_id)
            view = await _restoring(interaction, server, found, self.version, expected=self.expected)
        await reply(interaction, view, private=True)
        await tell_moderator(interaction, [self.entry_id])


class BinButton(Persistent[Button], template=rf"wm:faq-bin:(?P<entry_id>{ID}):(?P<expected>{NUMBER})"):
    """Puts an entry into the bin at once, if it is still at the `expected` version; where it stood in the place of the
    guide's, the guide's own is shown again.
    """

    def __init__(self, entry_id: str, expected: int | str, text: str = "Take back") -> None:
        self.entry_id, self.expected = entry_id, int(expected)
        super().__init__(Button(custom_id=f"wm:faq-bin:{entry_id}:{expected}", label=text))

    async def used(self, interaction: Interaction) -> None:
        """Puts it there, or tells what was changed meanwhile."""
        server = await require_moderator(interaction)
        async with in_time(interaction, private=True):
            found = await standing(interaction.client, server, self.entry_id)
            if found.living is not None and found.living.version != self.expected:
                word = "Take back" if found.guide else "Remove"
                again = BinButton(found.id, found.living.version, f"{word} all the same")
                view = layout(MISS, _changed_meanwhile(found, found.living.current), again)
            else:
                view = await removed_view(interaction, server, found, None)
        await reply(interaction, view, private=True)


async def removed_view(interaction: Interaction, server: int, found: Standing, reason: str | None) -> ui.LayoutView:
    """Puts a living entry into the bin and tells what stands, with the way back; tells why when it does not live."""
    client = interaction.client
    if found.living is None:
        return not_living_view(found)
    stored = await client.store.entries.remove(server, found.id, interaction.user.id, reason=reason)
    await _refresh(client, server)
    until = stored.current.at + dt.timedelta(days=BIN_DAYS)
    lies = f"`{stored.id}` lies in the bin until {format_dt(until, 'f')} ({format_dt(until, 'R')})."
    notes = small("\n".join([lies, *_overtaken(found.living, stored)]))
    undo = RestoreButton(stored.id, stored.version, stored.version, "Undo")
    if found.guide is not None:
        said = small("Taken back. Members get the guide's own again:")
        return layout(ANSWER, said, *entry_blocks(client.coaches.base.knowledge, found.guide), notes, undo)
    said = f"{heading('Removed')}\n**{quoted(stored.draft.question, 200)}** is not answered with this any more."
    return layout(ANSWER, said, notes, undo)


def _overtaken(seen: StoredEntry, saved: StoredEntry) -> list[str]:
    """A sentence when somebody else saved the entry after it was looked at, and before this was saved."""
    if saved.version == seen.version + 1:
        return []
    return ["Somebody else saved it at the same moment. `/faq history` shows their text; it is not lost."]


async def _refresh(client: WaymarkBot, server: int) -> None:
    """Lets the next question know what was saved; should the database be away by now, that question reads it."""
    with suppress(StoreUnavailableError):
        await client.coaches.refresh(server)


def not_living_view(found: Standing) -> ui.LayoutView:
    """What to say to a removal of what the server does not have (any more); raises `WaymarkError` for the guide's."""
    if found.binned is not None and found.until is not None:
        said = f"`{found.id}` lies in the bin already ({found.made_by(found.binned.current)}). Nothing was changed."
        return layout(
            MISS, said, small(f"It lies there until {format_dt(found.until, 'f')} ({format_dt(found.until, 'R')})."),
            RestoreButton(found.id, found.binned.version, found.binned.version),
        )  # fmt: skip
    if found.guide is None:
        raise gone(found.id)
    raise WaymarkError(
        f"`{found.id}` is part of the guide, whose files all servers share, so it cannot be removed here. Nothing was "
        "changed; with `/faq edit` it says what is right for this server."
    )


def _default_version(found: Standing) -> int:
    """The last text of what lies in the bin, else the last one that was another than now."""
    if found.binned is not None:
        return found.binned.version
    if found.living is None:
        raise _nothing_stored(found)
    earlier = [version for version in found.versions if version.draft != found.living.draft]
    if not earlier:
        raise WaymarkError(
            f"`{found.id}` has only ever said what it says now, so there is nothing to go back to. Nothing was changed."
        )
    return earlier[0].number


def _nothing_stored(found: Standing) -> WaymarkError:
    if found.guide is None:
        return gone(found.id)
    return WaymarkError(
        f"`{found.id}` is as the guide has it, so there is nothing to restore. Nothing was changed; `/faq edit` "
        "changes it for this server."
    )


async def _restoring(
    interaction: Interaction, server: int, found: Standing, number: int, *, expected: int | None = None
) -> ui.LayoutView:
    """Restores the version and tells what stands, or tells why not, with the way on."""
    current = found.stored
    if current is None:
        raise _nothing_stored(found)
    wanted = found.version(number)
    if wanted is None:
        raise WaymarkError(
            f"`{found.id}` has no version {number}; its latest is version {found.versions[0].number}. Nothing was "
            "changed; `/faq history` shows what each of them says."
        )
    if found.living is not None and wanted.draft == found.living.draft:
        said = f"`{found.id}` says just that already ({done_by(current.current)}). Nothing had to be changed."
        return layout(
            MISS, said, *entry_blocks(interaction.client.coaches.base.knowledge, wanted.draft.entry(found.id))
        )
    if expected not in {None, current.version}:
        again = RestoreButton(found.id, number, current.version, f"Restore version {number} all the same")
        return layout(MISS, _changed_meanwhile(found, current.current), again)
    if found.binned is not None and found.guide is not None and not found.binned.overrides:
        raise WaymarkError(
            f"The guide has an entry `{found.id}` of its own by now, which this one would hide. Nothing was changed; "
            "`/faq list` still shows its text in the bin, and `/faq add` takes it under another id."
        )
    stored = await interaction.client.store.entries.restore(server, found.id, number, interaction.user.id)
    await _refresh(interaction.client, server)
    return await _restored_view(interaction.client, server, found, current, stored)


def _changed_meanwhile(found: Standing, current: Version) -> str:
    where = "" if found.living else " and lies in the bin"
    return (
        f"`{found.id}` is at version {current.number} by now ({found.made_by(current)}){where}. Your click changed "
        "nothing; `/faq history` shows every text, and none gets lost."
    )


async def _restored_view(
    client: WaymarkBot, server: int, found: Standing, before: StoredEntry, stored: StoredEntry
) -> ui.LayoutView:
    """The entry as members get it from now on, with the way back to how it stood `before`."""
    entry = await known_text(client, server, stored)
    notes = [f"`{stored.id}` · version {stored.version}", *_overtaken(before, stored)]
    notes += await _not_found(client, server, entry)
    undo: RestoreButton | BinButton
    if found.living is not None:
        said, undo = "Back at an earlier text", RestoreButton(stored.id, before.version, stored.version, "Undo")
    else:
        said, undo = "Out of the bin", BinButton(stored.id, stored.version, "Undo")
    return layout(
        ANSWER, small(f"{said}. Members get it like this from now on:"),
        *entry_blocks(client.coaches.base.knowledge, entry), small("\n".join(notes)), undo,
    )  # fmt: skip


async def _not_found(client: WaymarkBot, server: int, entry: Entry) -> list[str]:
    """A sentence when members who ask the entry's own question get another one's answer."""
    coach = await client.coaches.of(server)
    answer = await client.coaches.work(partial(coach.ask, entry.question))
    if answer.kind is not Kind.ANSWER or entry.id in {match.entry.id for match in answer.matches}:
        return []
    other = answer.matches[0].entry
    title = quoted(other.question, 100)
    return [f"Asked just so, members get `{other.id}` (**{title}**). `/faq edit` gives one of the two another wording."]
