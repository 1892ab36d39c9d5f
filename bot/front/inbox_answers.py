"""What moderators make of a question in the inbox: a new entry, or one more phrasing of an entry that there is.

Both end in the usual preview. Publishing it answers all that was asked in these words, and tells who waits for it.
"""

import re
from collections.abc import Collection, Mapping

import discord
from discord import ButtonStyle, ui

from bot.errors import WaymarkError
from bot.front.asked_before import answer, told_view
from bot.front.client import Interaction, WaymarkBot
from bot.front.entry_card import known_entry
from bot.front.faq_form import Beginning, as_it_stands, checked, open_new
from bot.front.faq_preview import preview
from bot.front.forms import Filled, Form, label, text_input
from bot.front.items import Button, Persistent, Select
from bot.front.layout import CHOICE_LIMIT, OFFER, OPTIONS_LIMIT, heading, layout
from bot.front.missed import Missed, one_missed, soon_missed, wordings_of
from bot.front.nearest import confidences, percent
from bot.front.permissions import require_moderator
from bot.front.reply import in_time, reply
from bot.front.text import shorten
from bot.knowledge.knowledge import key_of
from bot.knowledge.models import QUESTION_LIMIT, Entry
from bot.matching.coach import Coach
from bot.matching.grouping import Group, Proposal
from bot.matching.normalise import plain
from bot.store.drafts import PHRASING_LIMIT, PHRASINGS_LIMIT, Draft
from bot.store.inbox import InboxQuestion

#: Most wordings that can be ticked: Discord's limit of a group of boxes.
BOXES = 10
#: Most characters of what is looked for.
SEARCH_LIMIT = 300

_NUMBER = r"(?P<number>[0-9]{1,19})"


class WriteEntryButton(Persistent[Button], template=rf"wm:inbox-write:{_NUMBER}"):
    """Opens the form of a new entry, filled in with members' words."""

    def __init__(self, number: int | str) -> None:
        self.number = int(number)
        item: Button = Button(custom_id=f"wm:inbox-write:{number}", label="Write this entry", style=ButtonStyle.success)
        super().__init__(item)

    async def used(self, interaction: Interaction) -> None:
        """Opens it."""
        server = await require_moderator(interaction)
        _, one = await soon_missed(interaction.client, server, self.number)
        await open_new(interaction, Beginning(_draft_of(one), hint="In a member's words; make it clear to everyone"))


def _draft_of(one: Missed) -> Draft:
    """The clearest wording that has room as the question, and all as phrasings: so whoever puts the question more
    clearly keeps the words that members used.
    """
    texts = list(wordings_of(one).values())
    question = next((text for text in texts if len(text) <= QUESTION_LIMIT), shorten(texts[0], QUESTION_LIMIT))
    phrasings = [text for text in texts if len(text) <= PHRASING_LIMIT]
    return Draft(question, "", tuple(phrasings[:PHRASINGS_LIMIT]))


class EntryIsButton(Persistent[Button], template=rf"wm:inbox-is:{_NUMBER}"):
    """Opens the form in which a moderator says which entry is meant."""

    def __init__(self, number: int | str) -> None:
        self.number = int(number)
        super().__init__(Button(custom_id=f"wm:inbox-is:{number}", label="It is that entry"))

    async def used(self, interaction: Interaction) -> None:
        """Opens it."""
        server = await require_moderator(interaction)
        coach, one = await soon_missed(interaction.client, server, self.number)
        if isinstance(one, Proposal):
            raise WaymarkError("Its askers have found an entry for it meanwhile. `/faq inbox` shows which one.")
        await interaction.response.send_modal(EntryIsForm(self.number).showing(coach, one))


class EntryIsForm(Form):
    """Asks which entry is meant, one of the nearest or one that is looked for, and which wordings to add to it."""

    template = re.compile(rf"wm:inbox-is-form:{_NUMBER}")

    def __init__(self, number: int | str) -> None:
        self.number = int(number)
        super().__init__(title="It is that entry", custom_id=f"wm:inbox-is-form:{number}")

    def showing(self, coach: Coach, group: Group[InboxQuestion]) -> "EntryIsForm":
        """The form with what can be chosen."""
        near = confidences(coach, group)
        if near:
            self.add_item(label("One of the nearest", _entries(near)))
        search = text_input("search", required=False, most=SEARCH_LIMIT, placeholder="Words of its question, or its id")
        self.add_item(label("Or look for another", search))
        wordings = list(_addable(group).items())[:BOXES]
        if wordings:
            boxes = [
                discord.CheckboxGroupOption(label=shorten(text, CHOICE_LIMIT), value=str(number), default=True)
                for number, text in wordings
            ]
            group_of_boxes: ui.CheckboxGroup[ui.LayoutView] = ui.CheckboxGroup(
                custom_id="wordings", options=boxes, required=False
            )
            self.add_item(label("Add as phrasings", group_of_boxes, "You see what that changes before it is published"))
        return self

    async def filled(self, interaction: Interaction, values: Filled) -> None:
        """Goes on to the preview, or shows the entries that were found."""
        server = await require_moderator(interaction)
        search, numbers = values.text("search").strip(), {int(one) for one in values.choices("wordings")}
        async with in_time(interaction, private=True):
            coach, one = await one_missed(interaction.client, server, self.number)
            if not search and not values.text("entry"):
                raise WaymarkError(
                    "No entry was named, so nothing was done. Press the button again, and pick one of the nearest or "
                    "look for one."
                )
            entry = _looked_for(coach, search) if search else known_entry(coach, values.text("entry"))
            view = (
                await _taken(interaction, server, one, entry, numbers)
                if entry
                else _found_view(coach, self.number, search)
            )
        await reply(interaction, view, private=True)


def _entries(near: Collection[tuple[Entry, float]]) -> ui.Select[ui.LayoutView]:
    # None is chosen beforehand: the nearest may be far off.
    options = [
        discord.SelectOption(
            label=shorten(entry.question, CHOICE_LIMIT), value=key_of(entry.id), description=percent(sure)
        )
        for entry, sure in near
    ]
    return ui.Select(custom_id="entry", options=options, required=False)


def _addable(one: Missed) -> dict[int, str]:
    """The wordings that can become a phrasing, by the number of a question that has it."""
    return wordings_of(one, lambda text: len(text) <= PHRASING_LIMIT and bool(plain(text)))


def _looked_for(coach: Coach, search: str) -> Entry | None:
    """The entry of that id or question; None when only something like it can be offered."""
    wanted = " ".join(search.split()).casefold()
    found = coach.knowledge.entry(wanted)
    return found or next((one for one in coach.knowledge.entries if one.question.casefold() == wanted), None)


def _found_view(coach: Coach, number: int, search: str) -> ui.LayoutView:
    text = f"{heading('Which one is it?')}\nThe wordings are added to the one that you pick; you see a preview first."
    return layout(OFFER, text, EntryIsMenu(number, coach.complete(search, OPTIONS_LIMIT)))


class EntryIsMenu(Persistent[Select], template=rf"wm:inbox-pick:{_NUMBER}"):
    """Takes the entry that is picked among those that were found, with all wordings that can be added."""

    def __init__(self, number: int | str, entries: Collection[Entry] = ()) -> None:
        self.number = int(number)
        options = [
            discord.SelectOption(label=shorten(entry.question, CHOICE_LIMIT), value=key_of(entry.id))
            for entry in entries
        ]
        super().__init__(Select(custom_id=f"wm:inbox-pick:{number}", placeholder="Pick an entry", options=options))

    async def used(self, interaction: Interaction) -> None:
        """Goes on to the preview."""
        server = await require_moderator(interaction)
        async with in_time(interaction, private=True):
            coach, one = await one_missed(interaction.client, server, self.number)
            entry = known_entry(coach, self.item.values[0])
            view = await _taken(interaction, server, one, entry, _addable(one))
        await reply(interaction, view, private=True)


class AddPhrasingButton(Persistent[Button], template=rf"wm:inbox-phrase:{_NUMBER}"):
    """Makes a wording a phrasing of the entry that its askers chose themselves."""

    def __init__(self, number: int | str) -> None:
        self.number = int(number)
        item: Button = Button(custom_id=f"wm:inbox-phrase:{number}", label="Add as phrasing", style=ButtonStyle.success)
        super().__init__(item)

    async def used(self, interaction: Interaction) -> None:
        """Goes on to the preview."""
        server = await require_moderator(interaction)
        async with in_time(interaction, private=True):
            coach, one = await one_missed(interaction.client, server, self.number)
            entry = coach.knowledge.entry(one.entry_id) if isinstance(one, Proposal) else None
            if entry is None:
                raise WaymarkError("The entry that was chosen is gone. Nothing was changed; open `/faq inbox` again.")
            view = await _taken(interaction, server, one, entry, _addable(one))
        await reply(interaction, view, private=True)


async def _taken(
    interaction: Interaction, server: int, one: Missed, entry: Entry, numbers: Collection[int] | Mapping[int, str]
) -> ui.LayoutView:
    """The preview of the entry with the wordings of these questions; without a new one, all are answered at once."""
    client = interaction.client
    texts = [text for number, text in _addable(one).items() if number in numbers]
    known = {plain(text) for text in (entry.question, *entry.phrasings)}
    new = [text for text in texts if plain(text) not in known]
    if not new:
        return await _answered(client, server, one, entry)
    draft, version = await as_it_stands(client, server, entry.id)
    draft = checked(Draft(draft.question, draft.answer, (*draft.phrasings, *new)))
    author = interaction.user.id
    kept = await client.store.pending.keep(server, draft, author, entry_id=entry.id, expected_version=version)
    return await preview(interaction, kept)


async def _answered(client: WaymarkBot, server: int, one: Missed, entry: Entry) -> ui.LayoutView:
    told = await answer(client, server, entry, [asked.number for asked in one.questions])
    return told_view(entry, len(one.questions), told)
