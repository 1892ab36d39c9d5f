"""Publishing a text that waits: the entry saved, and the server's answers made from it at once."""

from contextlib import suppress

from discord import ui

from bot.errors import WaymarkError
from bot.front.client import Interaction, WaymarkBot
from bot.front.entry_card import KEY, entry_shown, known_entry
from bot.front.faq_trial import Trial, confirming, own_questions_tried
from bot.front.items import Button, Persistent
from bot.front.layout import ANSWER, heading, layout, small
from bot.front.permissions import require_moderator
from bot.front.reply import in_time, reply
from bot.front.text import quoted
from bot.knowledge.knowledge import key_of
from bot.store.database import StoreUnavailableError
from bot.store.pending import Pending
from bot.store.values import MissingEntryError, StoredEntry


async def publish(client: WaymarkBot, key: str, author: int, confirmed: str) -> StoredEntry | Trial:
    """The entry, live; or what it does when an entry would lose its own question and that was not `confirmed`.

    What it does is found out anew, whatever an older preview told. Raises `MissingEntryError` when the text or its
    entry is gone, and `StaleEdit` when the entry was changed meanwhile; nothing is changed then.
    """
    pending = await client.store.pending.get(key)
    trial = await own_questions_tried(client, pending)
    if confirming(trial.consequences) not in {"", confirmed}:
        return trial
    saved = await _saved(client, pending, author)
    # It is saved; when it cannot be read just now, the server's next question reads it.
    with suppress(StoreUnavailableError):
        await client.coaches.refresh(pending.server)
    return saved


async def _saved(client: WaymarkBot, pending: Pending, author: int) -> StoredEntry:
    guide_ids = [entry.id for entry in client.coaches.base.knowledge.entries]
    try:
        return await client.store.pending.publish(pending.key, author, guide_ids)
    except MissingEntryError:
        # Another click may have been faster, which its own sentence tells.
        await client.store.pending.get(pending.key)
        raise WaymarkError(
            f"`{pending.entry_id}` was removed while you wrote, so nothing was published. Your text waits for a day: "
            "bring the entry back with `/faq restore`, then publish again."
        ) from None


def live_view(saved: StoredEntry) -> ui.LayoutView:
    """What its author is told, and the way to show it to everyone."""
    back = "the guide's own text comes back with `/faq remove`" if saved.overrides else "`/faq remove` takes it out"
    return layout(
        ANSWER,
        f"{heading('It is live')}\nFrom the next question on, members get your answer to "
        f"“{quoted(saved.draft.question)}”.",
        small(f"Version {saved.version} of `{saved.id}`. `/faq history` shows all that was done; {back}."),
        ShowButton(key_of(saved.id)),
    )


class ShowButton(Persistent[Button], template=rf"wm:faq-show:(?P<key>{KEY})"):
    """Shows an entry to everyone in the channel."""

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(Button(custom_id=f"wm:faq-show:{key}", label="Show it to everyone"))

    async def used(self, interaction: Interaction) -> None:
        """Sends the entry as members get it."""
        await require_moderator(interaction)
        async with in_time(interaction):
            coach = await interaction.client.coach_of(interaction)
            shown = await entry_shown(interaction, coach, known_entry(coach, self.key))
        await reply(interaction, shown.view, files=shown.files())
