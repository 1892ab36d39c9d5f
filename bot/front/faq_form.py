"""The form of an entry: its question, its answer and other ways to ask for it; empty, or filled in to be edited.

Not here: what becomes of it once it is sent (`faq_preview`).
"""

import asyncio
import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from bot.errors import WaymarkError
from bot.front.client import Interaction, WaymarkBot
from bot.front.faq_entries import named_entry
from bot.front.forms import Filled, Form, label, text_input
from bot.front.permissions import require_moderator
from bot.front.text import quoted
from bot.knowledge.exchange.rows import with_line_breaks
from bot.knowledge.knowledge import Knowledge
from bot.knowledge.models import ANSWER_LIMIT, FIGURE_MARK, QUESTION_LIMIT, Entry
from bot.matching.coach import Coach
from bot.matching.normalise import plain
from bot.store.drafts import Draft
from bot.store.pending import Pending
from bot.store.values import MissingEntryError

#: Most characters of an input of a form, which Discord gives 4,000; the phrasings are typed into one, one a line.
PHRASINGS_ROOM = 4_000
#: Discord waits three seconds for a form; so long it may take to find out what stands in it.
PATIENCE = 2.0

_EMPTY = Draft("", "")


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a form shows when it is opened: the text that it is filled in with, whether the guide has the entry too,
    and what stands below the question.
    """

    draft: Draft = _EMPTY
    in_guide: bool = False
    hint: str = "As members would ask it"


class EntryForm(Form):
    """The form of an entry, as it is opened. Its custom id holds which text it was opened from.

    `entry`: the entry's id, empty for a new one. `version`: that of the server's entry, empty where the server has
    none. `left`: how many of the last phrasings had no room and stay as they are. `key`: of the text that waits whose
    place it takes.
    """

    template = re.compile(r"wm:faq:(?P<entry>[a-z0-9-]{0,60}):(?P<version>\d*):(?P<left>\d*):(?P<key>[0-9a-f]*)")

    def __init__(
        self, entry: str = "", version: str = "", left: str = "", key: str = "", beginning: Beginning = Beginning()
    ) -> None:
        self.entry_id = entry or None
        self.version = int(version) if version else None
        self.left = int(left or 0)
        self.key = key
        super().__init__(
            title="Edit an entry" if entry else "Add an entry", custom_id=f"wm:faq:{entry}:{version}:{left}:{key}"
        )
        self.add_item(_question(beginning))
        self.add_item(_answer(beginning))
        self.add_item(_phrasings(beginning, self.left))

    @classmethod
    def showing(
        cls, beginning: Beginning, *, entry_id: str | None = None, version: int | None = None, key: str = ""
    ) -> "EntryForm":
        """The form filled in with a text."""
        phrasings = beginning.draft.phrasings
        left = len(phrasings) - _fitting(phrasings)
        return cls(entry_id or "", str(version or ""), str(left or ""), key, beginning)

    def typed(self, values: Filled) -> Draft:
        """What was typed, as it was typed."""
        phrasings = values.text("phrasings").splitlines()
        return Draft(values.text("question"), values.text("answer"), tuple(phrasings))


def _question(beginning: Beginning) -> Any:
    item = text_input("question", default=beginning.draft.question[:QUESTION_LIMIT], most=QUESTION_LIMIT)
    return label("Question", item, beginning.hint)


def _answer(beginning: Beginning) -> Any:
    text = beginning.draft.answer
    figure = ". A name in braces stands for a figure of the guide" if FIGURE_MARK.search(text) else ""
    told = f"Markdown works{figure}"
    return label("Answer", text_input("answer", long=True, default=text[:ANSWER_LIMIT], most=ANSWER_LIMIT), told)


def _phrasings(beginning: Beginning, left: int) -> Any:
    phrasings = beginning.draft.phrasings
    shown = "\n".join(phrasings[: len(phrasings) - left])
    told = "Besides those of the guide" if beginning.in_guide else "They lead to this answer, too"
    more = f"; {left} more stay as they are" if left else ""
    item = text_input("phrasings", long=True, default=shown, required=False, most=PHRASINGS_ROOM)
    return label("Other ways to ask, one a line", item, told + more)


def _fitting(phrasings: tuple[str, ...]) -> int:
    """How many of them the form has room for, from the first."""
    room, count = PHRASINGS_ROOM + 1, 0
    for text in phrasings:
        room -= len(text) + 1
        if room < 0:
            break
        count += 1
    return count


async def open_new(interaction: Interaction, beginning: Beginning = Beginning()) -> None:
    """Opens the form of a new entry, for a moderator."""
    await require_moderator(interaction)
    await interaction.response.send_modal(EntryForm.showing(beginning))


async def open_edit(interaction: Interaction, name: str) -> None:
    """Opens the form of the entry of that id or question, filled in, for a moderator."""
    server = await require_moderator(interaction)
    entry = named_entry(await ready_coach(interaction), name)
    await interaction.response.send_modal(await edit_form(interaction.client, server, entry.id))


async def edit_form(
    client: WaymarkBot, server: int, entry_id: str, *, wording: str | None = None, key: str = ""
) -> EntryForm:
    """The form of an entry as it stands, with one more `wording` before its phrasings if one is given.

    Raises `MissingEntryError` when it is gone.
    """
    draft, version = await as_it_stands(client, server, entry_id)
    if wording is not None:
        draft = Draft(draft.question, draft.answer, (wording, *draft.phrasings)).cleaned()
    in_guide = client.coaches.base.knowledge.entry(entry_id) is not None
    return EntryForm.showing(Beginning(draft, in_guide), entry_id=entry_id, version=version, key=key)


async def as_it_stands(client: WaymarkBot, server: int, entry_id: str) -> tuple[Draft, int | None]:
    """The text of an entry from which an edit begins, and its version, None where the server has none of its own.

    Raises `MissingEntryError` when it is gone.
    """
    stored = await client.store.entries.get(server, entry_id)
    if stored is not None:
        return stored.draft, stored.version
    guide = client.coaches.base.knowledge.entry(entry_id)
    if guide is None:
        raise MissingEntryError(f"There is no entry `{entry_id}` any more, so there is nothing to edit.")
    return guide_draft(guide), None


async def ready_coach(interaction: Interaction) -> Coach:
    """The server's coach; raises `WaymarkError` when it is not there in time for a form."""
    try:
        async with asyncio.timeout(PATIENCE):
            return await interaction.client.coach_of(interaction)
    except TimeoutError:
        raise WaymarkError(
            "I am still reading this server's entries, which takes a moment after a start. Try again in a few seconds."
        ) from None


async def pending_form(client: WaymarkBot, pending: Pending) -> EntryForm:
    """The form filled in with a text that waits, whose place it will take."""
    in_guide = pending.entry_id is not None and client.coaches.base.knowledge.entry(pending.entry_id) is not None
    return EntryForm.showing(
        Beginning(pending.draft, in_guide),
        entry_id=pending.entry_id, version=pending.expected_version, key=pending.key,
    )  # fmt: skip


async def sent(client: WaymarkBot, server: int, form: EntryForm, typed: Draft) -> Draft:
    """What is to be saved of a form: what was typed, with the phrasings that had no room in it.

    Raises `WaymarkError` when that is no entry, or nothing else than before.
    """
    before = await _opened_from(client, server, form)
    if form.left:
        rest = (await _left_from(client, form, before)).phrasings[-form.left :]
        typed = Draft(typed.question, typed.answer, (*typed.phrasings, *rest))
    draft = checked(typed)
    if before is not None and draft == _with_breaks(before).cleaned():
        raise WaymarkError("That is the text as it stands, so there is nothing to publish.")
    return draft


async def _opened_from(client: WaymarkBot, server: int, form: EntryForm) -> Draft | None:
    """The text of the entry that the form was opened from; None for a new one, and for one that is gone."""
    if form.entry_id is None:
        return None
    if form.version is None:
        guide = client.coaches.base.knowledge.entry(form.entry_id)
        return guide_draft(guide) if guide else None
    versions = await client.store.entries.history(server, form.entry_id)
    return next((version.draft for version in versions if version.number == form.version), None)


async def _left_from(client: WaymarkBot, form: EntryForm, before: Draft | None) -> Draft:
    """The text that the form was filled in with."""
    pending = await client.store.pending.get(form.key) if form.key else None
    if pending is not None and pending.entry_id == form.entry_id:
        return pending.draft
    if before is None:
        raise MissingEntryError(f"`{form.entry_id}` is gone, and with it the phrasings that had no room in the form.")
    return before


def guide_draft(entry: Entry) -> Draft:
    """A guide's entry as somebody would type it into the form; its phrasings stay the guide's, so there are none."""
    # Knowledge without figures joins wrapped lines and leaves the names of figures.
    return Draft(entry.question, Knowledge().text_of(entry, dt.date.min)).cleaned()


def checked(typed: Draft) -> Draft:
    """What was typed as it is saved: in the answer each line break is meant, and each wording stands once.

    Raises `WaymarkError` for what is no entry, or has a wording that no question could be met with.
    """
    draft = _with_breaks(typed).checked()
    wordings: dict[str, str] = {}
    for text in (draft.question, *draft.phrasings):
        if not plain(text):
            raise WaymarkError(
                f"“{quoted(text, 60)}” has no word in Latin letters, so no question could be met with it. Nothing was "
                "changed; put it in words and send it again."
            )
        wordings.setdefault(plain(text), text)
    return Draft(draft.question, draft.answer, tuple(wordings.values())[1:])


def _with_breaks(draft: Draft) -> Draft:
    return Draft(draft.question, with_line_breaks(draft.answer.strip()), draft.phrasings)
