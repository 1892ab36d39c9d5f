"""The messages of an import: what is wrong with a file, what would change, what was done.

A list that is too long for a message is cut there and stands whole in a text file beside it.
"""

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import discord
from discord import ui

from bot.front.layout import ANSWER, MISS, OFFER, Item, Tone, heading, layout, small
from bot.front.text import quoted
from bot.knowledge.exchange.difference import Change, Difference
from bot.knowledge.faults import Fault
from bot.knowledge.models import Entry
from bot.store.imports import Done, Import
from bot.store.values import BIN_DAYS

#: Most faults that a message names, and most entries of each kind.
FAULTS, NAMED = 8, 5
#: Most characters of a fault, of a question and of a file's name, before special ones are escaped.
FAULT_LIMIT, QUESTION_LIMIT, NAME_LIMIT = 160, 80, 80
EXPORTED = "waymark-faq.yaml"
_TICKED = re.compile(r"`([^`\n]*)`")
#: Most characters of a text in the file of changes, and most entries whose texts stand there.
WAS_LIMIT, TEXTS = 500, 2_000


@dataclass(frozen=True, slots=True)
class Message:
    """A layout with the files that it shows."""

    view: ui.LayoutView
    files: tuple[discord.File, ...] = ()

    @classmethod
    def of(cls, tone: Tone, texts: Iterable[str], file: discord.File | None = None, *items: Item) -> "Message":
        """Texts from top to bottom, a file if there is one, and a row of buttons."""
        shown = [ui.File[ui.LayoutView](f"attachment://{file.filename}")] if file else []
        return cls(layout(tone, *texts, *shown, items), (file,) if file else ())


def text_file(name: str, text: str) -> discord.File:
    """A file of that text to send along."""
    return discord.File(io.BytesIO(text.encode(errors="replace")), name)


def faults_message(name: str, faults: Sequence[Fault]) -> Message:
    """What is wrong with a file and in which lines."""
    count = "1 fault" if len(faults) == 1 else f"{len(faults):,} faults"
    told = (
        f"{heading('Nothing was imported')}\n{quoted(name, NAME_LIMIT)} has {count}, so all is as it was. Mend the "
        "file and send it again."
    )
    lines = [f"- line {fault.line}: {_told(fault.message)}" for fault in faults[:FAULTS]]
    file = None
    if len(faults) > FAULTS or any(len(fault.message) > FAULT_LIMIT for fault in faults):
        whole = "\n".join(f"line {fault.line}: {_visible(fault.message)}" for fault in faults)
        file = text_file("faults.txt", whole + "\n")
        lines.append("All of them stand whole in this file:")
    return Message.of(MISS, [told, "\n".join(lines)], file)


def _told(fault: str) -> str:
    """A fault with quotation marks around the words that stand between backticks, which have no effect here."""
    return quoted(_TICKED.sub(r"“\1”", fault), FAULT_LIMIT)


def offer_message(  # noqa: PLR0913 - what an offer is made of
    found: Import, changes: Difference, effects: str, notes: Sequence[str], buttons: Sequence[Item], *, stale: bool
) -> Message:
    """What would change, and the buttons to agree or not.

    `effects`: what that does to members' questions. `stale`: it was shown before, and the entries changed since.
    """
    head = [heading(quoted(found.title, NAME_LIMIT))]
    if stale:
        head.append("**Somebody changed the entries since you looked**, so nothing was done. This is what it does now:")
    head.append(f"Nothing is changed yet. {_counts(changes)}")
    names = "\n".join(_named(changes, keep=found.keep))
    file = text_file("changes.txt", changes_text(changes)) if _is_cut(changes) else None
    return Message.of(OFFER, ["\n".join(head), names, small("\n".join(notes)), effects], file, *buttons)


def confirm_message(buttons: Sequence[Item]) -> Message:
    """Asks once more before an import after which entries are not found by their own questions."""
    told = (
        f"{heading('Import all the same?')}\nSome entries would no longer be found by their own questions: the list of "
        "what changes for members tells which. Nothing is changed yet."
    )
    return Message.of(OFFER, [told], None, *buttons)


def done_message(done: Done, buttons: Sequence[Item]) -> Message:
    """What an import has done, and the button to undo it."""
    total, them = ("1 entry", "it") if done.total == 1 else (f"{done.total:,} entries", "them")
    told = (
        f"{heading(f'{quoted(done.title, NAME_LIMIT)}: done')}\n{done.new:,} new, {done.changed:,} changed, "
        f"{done.lost:,} lost. This server has {total} of its own now, and members get {them} from the next question on."
    )
    kept = small(f"It can be undone for {BIN_DAYS} days. `/faq history` shows each change.")
    return Message.of(ANSWER, [told, kept], None, *buttons)


def export_message(content: bytes, count: int, faults: Sequence[str]) -> Message:
    """The file of a server's entries; `faults`: what an import of it would not take."""
    entries = "1 entry" if count == 1 else f"{count:,} entries"
    told = (
        f"{heading(f'{entries} of this server')}\nAll of its own, with their phrasings. `/faq import` takes the file, "
        "here or in another server."
    )
    lines = [f"- {_told(fault)}" for fault in faults[:NAMED]]
    more = [f"- and {len(faults) - NAMED:,} more"] if len(faults) > NAMED else []
    warning = "\n".join(["**An import would refuse it** until this is mended:", *lines, *more]) if faults else ""
    return Message.of(ANSWER, [told, warning], discord.File(io.BytesIO(content), EXPORTED))


def _counts(changes: Difference) -> str:
    stay = "1 stays as it is" if len(changes.same) == 1 else f"{len(changes.same):,} stay as they are"
    return (
        f"**{len(changes.new):,}** new, **{len(changes.changed):,}** changed, **{len(changes.lost):,}** lost; {stay}."
    )


def _named(changes: Difference, *, keep: bool) -> Iterator[str]:
    """The first entries of each kind."""
    yield from _of_kind("New", "+", [(entry, "") for entry in changes.new])
    yield from _of_kind("Changed", "~", [(one.after, f": {', '.join(_parts(one))}") for one in changes.changed])
    yield from _of_kind("Lost", "-", [(entry, "") for entry in changes.lost])
    if changes.lost and not keep:
        yield small(f"Lost entries lie in the bin for {BIN_DAYS} days. With `keep` set to true they would stay.")


def _of_kind(kind: str, sign: str, entries: Sequence[tuple[Entry, str]]) -> Iterator[str]:
    if entries:
        yield f"**{kind}**"
    for entry, told in entries[:NAMED]:
        yield f"`{sign}` {quoted(entry.question, QUESTION_LIMIT)}{told}"
    if len(entries) > NAMED:
        yield f"`{sign}` and {len(entries) - NAMED:,} more"


def _parts(change: Change) -> list[str]:
    before, after = change.before, change.after
    return [part for part in ("question", "answer", "phrasings") if _part(before, part) != _part(after, part)]


def _part(entry: Entry, part: str) -> str:
    return "\n".join(entry.phrasings) if part == "phrasings" else str(getattr(entry, part))


def _is_cut(changes: Difference) -> bool:
    return bool(changes.changed) or len(changes.new) > NAMED or len(changes.lost) > NAMED


def changes_text(changes: Difference) -> str:
    """All that changes, for a file: a line for each entry, below a changed one its texts as they were and will be."""
    lines = [f"{len(changes.new)} new, {len(changes.changed)} changed, {len(changes.lost)} lost", ""]
    lines += [f"+ {entry.id}: {_line(entry.question)}" for entry in changes.new]
    for number, change in enumerate(changes.changed):
        lines.append(f"~ {change.after.id}: {_line(change.after.question)}")
        for part in _parts(change) if number < TEXTS else ():
            was, will_be = ("were", "are then") if part == "phrasings" else ("was", "is then")
            lines.append(f"    {part} {was}: {_line(_part(change.before, part))}")
            lines.append(f"    {part} {will_be}: {_line(_part(change.after, part))}")
    lines += [f"- {entry.id}: {_line(entry.question)}" for entry in changes.lost]
    return "\n".join(lines) + "\n"


def _line(text: str) -> str:
    """The text on one line."""
    line = _visible(" | ".join(part.strip() for part in text.splitlines() if part.strip()))
    return line if len(line) <= WAS_LIMIT else f"{line[: WAS_LIMIT - 1]}…"


def _visible(text: str) -> str:
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text)
