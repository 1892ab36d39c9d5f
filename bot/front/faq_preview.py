"""From a form that was sent to an entry that is live, in one private message: what members will see and what changes,
a confirmation where one is due, both texts where somebody else was faster.
"""

import io
from collections.abc import Iterator

import discord
from discord import ButtonStyle, ui
from discord.utils import format_dt

from bot.errors import WaymarkError
from bot.front.asked_before import tell_moderator
from bot.front.client import Interaction
from bot.front.entry_card import entry_blocks
from bot.front.errors import explain
from bot.front.faq_changes import changes_text
from bot.front.faq_difference import differences
from bot.front.faq_form import EntryForm, sent
from bot.front.faq_progress import Progress
from bot.front.faq_publish import live_view, publish
from bot.front.faq_trial import Trial, confirming, tried
from bot.front.faq_waiting import PENDING, CancelButton, ChangeButton, CorrectButton, WholeButton
from bot.front.forms import Filled
from bot.front.items import Button, Persistent
from bot.front.layout import MISS, OFFER, TEXT_LIMIT, Block, Item, heading, layout, small
from bot.front.permissions import require_moderator
from bot.front.reply import in_time, replace, reply
from bot.front.text import quoted
from bot.knowledge.knowledge import Knowledge, key_of
from bot.matching.effects import Fate
from bot.store.database import StoreUnavailableError
from bot.store.drafts import Draft
from bot.store.pending import Pending
from bot.store.values import StaleEdit

#: Most entries that are offered to be corrected instead.
NEAREST = 3
#: Most entries that are named as losing their own question.
LOST = 5
#: Most characters of the phrasings where two texts stand beside each other.
PHRASINGS_SHOWN = 300


class SentEntryForm(EntryForm):
    """The form of an entry, as it comes back: kept, tried out, and shown to its author."""

    async def filled(self, interaction: Interaction, values: Filled) -> None:
        """Shows the preview, or why it is no entry; what was typed is never lost."""
        files: list[discord.File] = []
        typed = self.typed(values)
        # What waits already stands in the message; the inbox or an entry's card stays where it is.
        in_place = bool(self.key) and _is_private(interaction.message)
        async with in_time(interaction, private=True, in_place=in_place):
            try:
                view = await self._view(interaction, typed)
            except StoreUnavailableError as error:
                files.append(_file_of(typed))
                view = layout(MISS, f"{error}\n\nWhat you typed is in this file.", ui.File("attachment://entry.txt"))
        if in_place:
            await replace(interaction, view, files=files)
        else:
            await reply(interaction, view, private=True, files=files)

    async def _view(self, interaction: Interaction, typed: Draft) -> ui.LayoutView:
        server = await require_moderator(interaction)
        try:
            draft = await sent(interaction.client, server, self, typed)
        except StoreUnavailableError:
            raise
        except WaymarkError as refusal:
            pending = await self._keep(interaction, server, typed, as_typed=True)
            return _refused_view(pending, str(refusal))
        return await preview(interaction, await self._keep(interaction, server, draft))

    async def _keep(self, interaction: Interaction, server: int, draft: Draft, *, as_typed: bool = False) -> Pending:
        waiting = interaction.client.store.pending
        kept = await waiting.keep(
            server, draft, interaction.user.id,
            entry_id=self.entry_id, expected_version=self.version, as_typed=as_typed,
        )  # fmt: skip
        if self.key:
            await waiting.cancel(self.key)
        return kept


async def preview(interaction: Interaction, pending: Pending) -> ui.LayoutView:
    """What members will see of a text that waits, and what changes; long work is shown as it goes on.

    When it cannot be found out, that is told with a way to try again.
    """
    progress = Progress(interaction, lambda done, total: _trying_view(pending, done, total))
    try:
        return _preview_view(await tried(interaction.client, pending, progress))
    except Exception as error:  # noqa: BLE001 - the text waits, and its author needs the buttons for it
        told = explain(error, what="preview", guild=interaction.guild_id, channel=interaction.channel_id)
        return layout(MISS, f"{told}\n\nYour text waits for a day.", _waiting_row(pending))
    finally:
        await progress.end()


def _preview_view(trial: Trial) -> ui.LayoutView:
    pending = trial.pending
    kind = f"Your edit of `{pending.entry_id}`" if pending.entry_id else "Your new entry"
    told = f"**{kind}, as members will see it.** Nothing is published yet, and only you see this."
    entry = [str(block) for block in entry_blocks(trial.coach.knowledge, trial.entry)]
    changes = changes_text(trial.consequences)
    buttons: list[Item] = [PublishButton(pending.key), ChangeButton(pending.key), CancelButton(pending.key)]
    if sum(map(len, (told, *entry, changes))) > TEXT_LIMIT:
        buttons.append(WholeButton(pending.key))
    return layout(OFFER, told, ui.Separator(), *entry, ui.Separator(), changes, *_corrections(trial), buttons)


def _corrections(trial: Trial) -> Iterator[Item]:
    """A button for each of the nearest entries that answer a new wording already."""
    draft = trial.pending.draft
    wordings = (draft.question, *draft.phrasings)
    nearest = [near for near in trial.consequences.near_duplicates if near.text in wordings]
    for at, near in enumerate(nearest[:NEAREST]):
        text = f"Correct “{near.entry.title}”" if at else "Correct that one instead"
        yield CorrectButton(trial.pending.key, key_of(near.entry.id), wordings.index(near.text), text)


def _trying_view(pending: Pending, done: int, total: int) -> ui.LayoutView:
    told = f"Your text is being tried out: {done:,} of {total:,} questions asked."
    return layout(OFFER, told, _waiting_row(pending))


def _waiting_row(pending: Pending) -> list[Item]:
    return [PreviewButton(pending.key, "Show the preview"), ChangeButton(pending.key), CancelButton(pending.key)]


def _refused_view(pending: Pending, refusal: str) -> ui.LayoutView:
    return layout(
        MISS, f"{refusal}\n\nWhat you typed is kept for a day.",
        [ChangeButton(pending.key, "Open the form again"), CancelButton(pending.key)],
    )  # fmt: skip


def _confirm_view(trial: Trial) -> ui.LayoutView:
    key = trial.pending.key
    lost = list(_lost(trial))
    more = [f"- and {len(lost) - LOST} more"] if len(lost) > LOST else []
    told = "Nothing is published yet. Go back to change the wording, or publish if you mean it."
    text = "\n".join([heading("Publish all the same?"), *lost[:LOST], *more, "", told])
    anyway = PublishButton(key, confirming(trial.consequences), "Publish anyway")
    return layout(OFFER, text, [anyway, PreviewButton(key, "Back")])


def _lost(trial: Trial) -> Iterator[str]:
    """A line for each entry that would not be found by its own question; by their ids, as the questions may be one."""
    for one in trial.consequences.not_found_by_own_question:
        other = f"`{one.answered_by.id}` answers it" if one.answered_by else "nothing answers it"
        yield f"- Your entry would not be found by its own question: {other}."
    for taken in trial.consequences.of(Fate.MISDIRECTED):
        if taken.own_question and taken.right and taken.right.id != trial.entry.id:
            question = quoted(taken.right.title)
            yield f"- `{taken.right.id}` would lose its own question “{question}” to your entry."


def _stale_view(knowledge: Knowledge, pending: Pending, stale: StaleEdit) -> ui.LayoutView:
    now = stale.current
    author = f"<@{now.current.author}>" if now.current.author is not None else "somebody"
    told = (
        f"{heading('Somebody else was faster')}\n`{now.id}` was changed by {author} "
        f"{format_dt(now.current.at, 'R')}, so nothing of yours was published. Both texts are here; yours waits for a "
        "day."
    )
    differing = "\n".join(["**What differs** (`-` what stands now, `+` yours)", *differences(now.draft, pending.draft)])
    return layout(
        OFFER, told,
        ui.Separator(), "**Yours**", *_text_blocks(knowledge, now.id, pending.draft),
        ui.Separator(), f"**What stands now** (version {now.version})", *_text_blocks(knowledge, now.id, now.draft),
        ui.Separator(), differing,
        [OverwriteButton(pending.key, now.version), ChangeButton(pending.key), CancelButton(pending.key)],
    )  # fmt: skip


def _text_blocks(knowledge: Knowledge, entry_id: str, draft: Draft) -> list[Block]:
    others = quoted(", ".join(draft.phrasings), PHRASINGS_SHOWN)
    return [*entry_blocks(knowledge, draft.entry(entry_id)), small(f"Also asked: {others}") if others else ""]


def _is_private(message: discord.Message | None) -> bool:
    return message is not None and message.flags.ephemeral


def _file_of(typed: Draft) -> discord.File:
    text = "\n\n".join([typed.question, typed.answer, "\n".join(typed.phrasings)])
    return discord.File(io.BytesIO(text.encode(errors="replace")), "entry.txt")


async def _publish(interaction: Interaction, key: str, confirmed: str = "", over: int | None = None) -> None:
    """Publishes, and shows that it is live, with what it answers; or what has to be decided first.

    `over`: the version of somebody else's that it may take the place of.
    """
    async with in_time(interaction, in_place=True):
        if over is not None:
            await interaction.client.store.pending.rebase(key, over)
        view, entry_id = await _published(interaction, key, confirmed)
    await replace(interaction, view)
    if entry_id is not None:
        await tell_moderator(interaction, [entry_id])


async def _published(interaction: Interaction, key: str, confirmed: str) -> tuple[ui.LayoutView, str | None]:
    """What is shown then, and the id of the entry if it is live."""
    client = interaction.client
    try:
        done = await publish(client, key, interaction.user.id, confirmed)
    except StaleEdit as stale:
        coach = await client.coach_of(interaction)
        return _stale_view(coach.knowledge, await client.store.pending.get(key), stale), None
    return (_confirm_view(done), None) if isinstance(done, Trial) else (live_view(done), done.id)


class PublishButton(Persistent[Button], template=rf"wm:faq-publish:{PENDING}:(?P<confirmed>[0-9a-f]*)"):
    """Makes the text live. `confirmed`: which entries may lose their own question by it, as `confirming` tells."""

    def __init__(self, key: str, confirmed: str = "", text: str = "Publish") -> None:
        self.key = key
        self.confirmed = confirmed
        style = ButtonStyle.danger if confirmed else ButtonStyle.success
        super().__init__(Button(custom_id=f"wm:faq-publish:{key}:{confirmed}", label=text, style=style))

    async def used(self, interaction: Interaction) -> None:
        """Publishes, or asks first."""
        await require_moderator(interaction)
        await _publish(interaction, self.key, self.confirmed)


class OverwriteButton(Persistent[Button], template=rf"wm:faq-overwrite:{PENDING}:(?P<version>[0-9]+)"):
    """Publishes over a version that somebody else saved meanwhile, and that the author has seen."""

    def __init__(self, key: str, version: int | str) -> None:
        self.key = key
        self.version = int(version)
        super().__init__(Button(custom_id=f"wm:faq-overwrite:{key}:{version}", label="Publish mine all the same"))

    async def used(self, interaction: Interaction) -> None:
        """Publishes, or asks first; a version that came after the one that was seen is shown again."""
        await require_moderator(interaction)
        await _publish(interaction, self.key, over=self.version)


class PreviewButton(Persistent[Button], template=rf"wm:faq-preview:{PENDING}"):
    """Shows the preview (again), made anew."""

    def __init__(self, key: str, text: str = "") -> None:
        self.key = key
        super().__init__(Button(custom_id=f"wm:faq-preview:{key}", label=text or None))

    async def used(self, interaction: Interaction) -> None:
        """Shows it in the same message."""
        await require_moderator(interaction)
        async with in_time(interaction, in_place=True):
            view = await preview(interaction, await interaction.client.store.pending.get(self.key))
        await replace(interaction, view)
