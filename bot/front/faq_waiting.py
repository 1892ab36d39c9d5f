"""What can be done with a text that waits to be published, besides publishing it: change it, see it whole, let it go.

The text waits in the database under a key, which the buttons hold.
"""

from bot.front.client import Interaction
from bot.front.entry_card import KEY, entry_blocks, known_entry
from bot.front.faq_form import edit_form, pending_form, ready_coach
from bot.front.items import Button, Persistent
from bot.front.layout import ANSWER, label, layout, notice
from bot.front.permissions import require_moderator
from bot.front.reply import in_time, replace, reply

#: The key of a text that waits, in a custom id.
PENDING = r"(?P<key>[0-9a-f]{16})"


class ChangeButton(Persistent[Button], template=rf"wm:faq-change:{PENDING}"):
    """Opens the form again with the text that waits."""

    def __init__(self, key: str, text: str = "Change") -> None:
        self.key = key
        super().__init__(Button(custom_id=f"wm:faq-change:{key}", label=text))

    async def used(self, interaction: Interaction) -> None:
        """Opens the form."""
        await require_moderator(interaction)
        pending = await interaction.client.store.pending.get(self.key)
        await interaction.response.send_modal(await pending_form(interaction.client, pending))


class CorrectButton(Persistent[Button], template=rf"wm:faq-correct:{PENDING}:(?P<entry>{KEY}):(?P<wording>[0-9]+)"):
    """Opens the form of another entry, which answers one of the new wordings already, with that wording added.

    `entry`: the other entry's key. `wording`: which it is of the text that waits, its question being 0.
    """

    def __init__(self, key: str, entry: str, wording: int | str, text: str = "") -> None:
        self.key = key
        self.entry = entry
        self.wording = int(wording)
        super().__init__(Button(custom_id=f"wm:faq-correct:{key}:{entry}:{wording}", label=label(text) or None))

    async def used(self, interaction: Interaction) -> None:
        """Opens the form; once it is sent, it takes the place of the text that waits."""
        server = await require_moderator(interaction)
        draft = (await interaction.client.store.pending.get(self.key)).draft
        entry = known_entry(await ready_coach(interaction), self.entry)
        wording = (draft.question, *draft.phrasings)[self.wording]
        form = await edit_form(interaction.client, server, entry.id, wording=wording, key=self.key)
        await interaction.response.send_modal(form)


class WholeButton(Persistent[Button], template=rf"wm:faq-whole:{PENDING}"):
    """Shows an entry whole that its preview had no room for."""

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(Button(custom_id=f"wm:faq-whole:{key}", label="See it whole"))

    async def used(self, interaction: Interaction) -> None:
        """Shows it in a private message of its own."""
        await require_moderator(interaction)
        async with in_time(interaction, private=True):
            pending = await interaction.client.store.pending.get(self.key)
            entry = pending.draft.entry(pending.entry_id or "a-new-entry")
            knowledge = (await interaction.client.coach_of(interaction)).knowledge.with_community([entry])
            view = layout(ANSWER, *entry_blocks(knowledge, knowledge.entry(entry.id) or entry))
        await reply(interaction, view, private=True)


class CancelButton(Persistent[Button], template=rf"wm:faq-cancel:{PENDING}"):
    """Lets the text go."""

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(Button(custom_id=f"wm:faq-cancel:{key}", label="Cancel"))

    async def used(self, interaction: Interaction) -> None:
        """Forgets the text, and says so."""
        await require_moderator(interaction)
        async with in_time(interaction, in_place=True):
            waiting = interaction.client.store.pending
            await waiting.cancel((await waiting.get(self.key)).key)
        await replace(interaction, notice("Nothing was published, and your text is gone."))
