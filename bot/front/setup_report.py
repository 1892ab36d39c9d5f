"""What the check of a server's set-up comes to, as a message, and in a file when it is long."""

import io
import re
from collections.abc import Sequence

import discord
from discord import ui

from bot.front.client import Interaction
from bot.front.items import Button, Persistent
from bot.front.layout import ANSWER, MISS, OFFER, Block, heading, layout, small
from bot.front.permissions import require_admin
from bot.front.reply import in_time, replace, reply
from bot.front.server_facts import Facts
from bot.front.setup_check import Finding, Severity, checks, in_order
from bot.front.setup_facts import gathered, server_of

#: So much of the findings is shown in the message itself, in characters; all of them stand in the file then.
SHOWN = 3_000
FILE = "setup-check.txt"
_WORDS = {Severity.FAULT: "Does not work", Severity.WARNING: "Works in part", Severity.NOTE: "Good to know"}
_MARKS = {Severity.FAULT: "✗", Severity.WARNING: "▲", Severity.NOTE: "•"}
_TONES = {Severity.FAULT: MISS, Severity.WARNING: OFFER, Severity.NOTE: ANSWER}
_MENTION = re.compile(r"<(#|@&)(\d+)>")


async def show_check(interaction: Interaction, *, in_place: bool = False) -> None:
    """Checks the server and shows what came out, to the admin alone."""
    require_admin(interaction)
    async with in_time(interaction, private=True, in_place=in_place):
        facts = await gathered(interaction.client, server_of(interaction))
        view, files = report(facts)
    if in_place:
        await replace(interaction, view, files=files)
    else:
        await reply(interaction, view, private=True, files=files)


def report(facts: Facts) -> tuple[ui.LayoutView, list[discord.File]]:
    """The message with what was found, and the file that it shows when not all has room."""
    found = checks(facts)
    shown = _fitting(found)
    blocks: list[Block] = [_head(found)]
    blocks += [_text(finding) for finding in shown]
    files: list[discord.File] = []
    if len(shown) < len(found):
        blocks += [f"{len(found) - len(shown)} more stand in the file.", ui.File[ui.LayoutView](f"attachment://{FILE}")]
        files.append(discord.File(io.BytesIO(report_text(facts).encode()), FILE))
    blocks.append(small(_fine(facts)))
    blocks.append(CheckButton("here"))
    return layout(_TONES[found[0].severity] if found else ANSWER, *blocks), files


def report_text(facts: Facts) -> str:
    """All that was found as plain text, with names in the place of mentions."""
    found = checks(facts)
    parts = [f"{_WORDS[one.severity].upper()}: {one.what}\nWhat to do: {one.fix}" for one in found]

    def name(mention: re.Match[str]) -> str:
        known = facts.channels if mention[1] == "#" else facts.roles
        one = known.get(int(mention[2]))
        return f"{mention[1].rstrip('&')}{one.name}" if one else mention[2]

    return _MENTION.sub(name, "\n\n".join([*parts, _fine(facts)])) + "\n"


class CheckButton(Persistent[Button], template=r"wm:setup-check:(?P<where>here|below)"):
    """Checks the server's set-up: in the place of the message that it is on, or below it."""

    def __init__(self, where: str) -> None:
        self.where = where
        super().__init__(
            Button(custom_id=f"wm:setup-check:{where}", label="Check again" if where == "here" else "Check")
        )

    async def used(self, interaction: Interaction) -> None:
        """Shows what came out."""
        await show_check(interaction, in_place=self.where == "here")


def _head(found: Sequence[Finding]) -> str:
    if not found:
        return f"{heading('Everything is in order')}\nI found nothing to mend."
    counts = {word: sum(one.severity is severity for one in found) for severity, word in _WORDS.items()}
    told = ", ".join(f"{word.lower()}: {count}" for word, count in counts.items() if count)
    return f"{heading('What I found')}\n{told[0].upper()}{told[1:]}; the worst first."


def _text(finding: Finding) -> str:
    return f"{_MARKS[finding.severity]} **{_WORDS[finding.severity]}.** {finding.what}\n-# What to do: {finding.fix}"


def _fitting(found: Sequence[Finding]) -> Sequence[Finding]:
    """As many as have room in one message."""
    room = SHOWN
    for number, finding in enumerate(found):
        room -= len(_text(finding))
        if room < 0:
            return found[:number]
    return found


def _fine(facts: Facts) -> str:
    unseen = sum(bool(channel.lacks("view_channel")) for channel in facts.channels.values())
    told = f"In order: {', '.join(in_order(facts))}."
    if unseen:
        told += f" {unseen} of {len(facts.channels)} channels are closed to me, which is fine."
    return told
