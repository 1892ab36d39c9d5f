"""What a moderator does about a file that was read: the changes and their effects shown, imported, cancelled, undone.

The file waits in the database under a key, which the buttons hold; so they work after a restart.
"""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from functools import partial

import discord

from bot.errors import WaymarkError
from bot.front.asked_before import tell_moderator
from bot.front.client import Interaction, WaymarkBot
from bot.front.faq_changes import changes_text
from bot.front.import_plan import planned
from bot.front.import_steps import Steps, steps_of
from bot.front.import_views import Message, confirm_message, done_message, offer_message
from bot.front.items import Button, Persistent
from bot.front.layout import Item, notice
from bot.front.permissions import require_moderator
from bot.front.reply import in_time, replace
from bot.front.text import quoted
from bot.knowledge.exchange.difference import Difference
from bot.matching.consequences import consequences
from bot.store.database import StoreUnavailableError
from bot.store.imports import Done, Import, StaleImportError
from bot.store.snapshots import Snapshot

#: Most changes that are tried out before they are shown, and most questions that are asked for it: it takes its time.
TRIED, ASKED = 200, 300

_KEY = r"(?P<key>[0-9a-f]{16})"
#: The fingerprint of the entries that the changes were shown of.
_SEEN = r"(?P<seen>[0-9a-f]{16})"


async def offered(  # noqa: PLR0913 - what an offer is made of
    client: WaymarkBot,
    found: Import,
    standing: Snapshot,
    changes: Difference,
    steps: Steps,
    *,
    notes: Sequence[str] = (),
    stale: bool = False,
) -> Message:
    """What an import would change of the entries that stand, and what becomes of members' questions."""
    effects, sure = await _effects(client, found.server, changes, steps)
    seen = await asyncio.to_thread(standing.fingerprint)
    buttons = [ImportButton("go" if sure else "ask", found.key, seen), CancelImportButton(found.key)]
    return offer_message(found, changes, effects, notes, buttons, stale=stale)


async def _effects(client: WaymarkBot, server: int, changes: Difference, steps: Steps) -> tuple[str, bool]:
    """What becomes of members' questions, in words; and whether every entry is found by its own question then."""
    changed = [*changes.new, *(one.after for one in changes.changed)]
    lost = [entry.id for entry in changes.lost]
    if len(changed) + len(lost) > TRIED:
        return f"These are more than {TRIED} changes, so I did not try out what becomes of members' questions.", True
    steps.begin("Trying out what becomes of members' questions …")
    before = await client.coaches.of(server)
    after = await client.coaches.trial(server, changed, lost)
    asked = await client.store.questions.recent(server)
    ids = [*(entry.id for entry in changed), *lost]
    effects = await client.coaches.work(
        partial(consequences, before, after, ids, asked, progress=steps.reached, most=ASKED)
    )
    return changes_text(effects), not effects.needs_confirmation


class ImportButton(Persistent[Button], template=rf"wm:import:(?P<step>ask|go):{_KEY}:{_SEEN}"):
    """Imports a file that waits; with the step `ask` it asks first, as entries would lose their own questions."""

    def __init__(self, step: str, key: str, seen: str, text: str = "Import") -> None:
        self.step, self.key, self.seen = step, key, seen
        primary = discord.ButtonStyle.primary
        super().__init__(Button(custom_id=f"wm:import:{step}:{key}:{seen}", label=text, style=primary))

    async def used(self, interaction: Interaction) -> None:
        """Imports all or nothing; when the entries were changed meanwhile, it shows what would change now instead."""
        server = await require_moderator(interaction)
        if self.step == "ask":
            anyway = ImportButton("go", self.key, self.seen, "Import anyway")
            view = confirm_message([anyway, CancelImportButton(self.key)]).view
            await interaction.response.send_message(view=view, ephemeral=True)
            return
        async with steps_of(interaction, self._buttons) as steps:
            message = await _carried_out(interaction, server, self.key, self.seen, steps)
        await replace(interaction, message.view, files=message.files)
        await tell_moderator(interaction)

    def _buttons(self) -> list[Item]:
        return [ImportButton(self.step, self.key, self.seen), CancelImportButton(self.key)]


class CancelImportButton(Persistent[Button], template=rf"wm:import:no:{_KEY}"):
    """Lets a file go that waits to be imported."""

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(Button(custom_id=f"wm:import:no:{key}", label="Cancel"))

    async def used(self, interaction: Interaction) -> None:
        """Says that nothing was changed; or what was, when it was imported already."""
        server = await require_moderator(interaction)
        async with in_time(interaction, in_place=True):
            found = await interaction.client.store.imports.cancel(server, self.key)
        if found.done is None:
            await replace(interaction, notice(f"{quoted(found.title)}: cancelled. Nothing was changed."))
        else:
            await replace(interaction, _done(found.key, found.done).view)


class UndoImportButton(Persistent[Button], template=rf"wm:import:undo:{_KEY}:{_SEEN}"):
    """Brings back the entries as they were before an import; `seen` is the fingerprint of what it made of them."""

    def __init__(self, key: str, seen: str, text: str = "Undo this import") -> None:
        self.key, self.seen = key, seen
        super().__init__(Button(custom_id=f"wm:import:undo:{key}:{seen}", label=text))

    async def used(self, interaction: Interaction) -> None:
        """Undoes it at once; when the entries were changed since, it shows what that would change first."""
        server = await require_moderator(interaction)
        async with steps_of(interaction, lambda: [UndoImportButton(self.key, self.seen)]) as steps:
            undoing = await interaction.client.store.imports.undoing(server, self.key, interaction.user.id)
            message = await _carried_out(interaction, server, undoing.key, self.seen, steps)
        await replace(interaction, message.view, files=message.files)
        await tell_moderator(interaction)


async def _carried_out(interaction: Interaction, server: int, key: str, seen: str, steps: Steps) -> Message:
    """Imports a file that waits, and shows what that did; or what it would do by now."""
    client = interaction.client
    steps.begin("Saving the entries …")
    try:
        done = await client.store.imports.carry_out(server, key, interaction.user.id, seen=seen)
    except StaleImportError:
        return await _offered_again(client, server, key, steps)
    steps.begin("The entries are saved. Now I learn them …", lambda: [_undo(key, done)])
    # When they cannot be read just now, the server's next question reads them.
    with suppress(StoreUnavailableError):
        await client.coaches.refresh(server)
    return _done(key, done)


async def _offered_again(client: WaymarkBot, server: int, key: str, steps: Steps) -> Message:
    found = await client.store.imports.get(server, key)
    if found.done is not None:
        return _done(key, found.done)
    standing = Snapshot.of(await client.store.entries.all(server))
    changes = await asyncio.to_thread(partial(planned, found.file, standing, keep=found.keep))
    if changes.is_empty:
        await client.store.imports.cancel(server, key)
        raise WaymarkError("The entries are that way already, so there was nothing left to do.")
    return await offered(client, found, standing, changes, steps, stale=True)


def _done(key: str, done: Done) -> Message:
    return done_message(done, [_undo(key, done)])


def _undo(key: str, done: Done) -> Item:
    return UndoImportButton(key, done.after, "Bring the import back" if done.undid else "Undo this import")
